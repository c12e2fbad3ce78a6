//! `hailong delivery`: who is sent monthly reports, and what was sent.

use anyhow::Context;
use domain::report::Month;
use server::config::{Config, Delivery};
use server::run::Base;
use server::service::delivery::{NotAdded, add_recipient};
use server::store::{self, By};

pub(super) async fn delivery(config: &Config, base: &Base, what: Delivery) -> anyhow::Result<()> {
    let Base { store, clock, .. } = base;
    let by = By::command(clock.now());
    match what {
        Delivery::Add { unit, to, lang, files } => {
            let added = add_recipient(store, &unit, &to, lang, &files, &by).await;
            added.map_err(|not| match not {
                NotAdded::Address => {
                    anyhow::anyhow!("{to}: không phải địa chỉ thư (not an address)")
                }
                NotAdded::Store(store::Error::Missing(_)) => {
                    anyhow::anyhow!("không có đơn vị {unit} (no such unit)")
                }
                NotAdded::Store(error) => error.into(),
            })?;
            if config.smtp_url.is_none() {
                eprintln!(
                    "chưa đặt HAILONG_SMTP_URL: thư chỉ được gửi khi dịch vụ có máy chủ thư \
                     (HAILONG_SMTP_URL is not set: nothing is sent until the service has a mail server)"
                );
            }
        }
        Delivery::Remove { unit, to } => {
            let removed = store.remove_recipient(&unit, &to, &by).await;
            removed.with_context(|| format!("{unit} không gửi cho {to} (no such recipient)"))?;
        }
        Delivery::List => list(base).await?,
        Delivery::Log { unit } => log(base, unit.as_deref()).await?,
        Delivery::Retry { unit, month } => {
            let queued = store.retry_deliveries((&unit, month), None, &by).await?;
            anyhow::ensure!(
                queued > 0,
                "{unit} {month}: không có thư nào bị bỏ (nothing was given up)"
            );
            eprintln!("{unit} {month}: {queued} thư chờ gửi lại (mails queued again)");
        }
    }
    Ok(())
}

async fn list(base: &Base) -> anyhow::Result<()> {
    for one in base.store.recipients().await? {
        let files: Vec<_> = one.files.iter().map(|file| file.name()).collect();
        let added = base.clock.day_of(moment(one.added_at));
        let files = if files.is_empty() { "-".to_owned() } else { files.join(",") };
        println!("{}\t{}\t{}\t{files}\t{added}", one.unit, one.address, one.lang.tag());
    }
    Ok(())
}

async fn log(base: &Base, unit: Option<&str>) -> anyhow::Result<()> {
    for one in base.store.deliveries(unit).await? {
        let when = one.sent_at.unwrap_or(one.due_at);
        let when = base.clock.local(moment(when));
        let (unit, month): (&str, Month) = (&one.recipient.unit, one.month);
        let problem = one.problem.as_deref().unwrap_or("-");
        let (state, tries) = (one.state.name(), one.tries);
        println!("{unit}\t{month}\t{}\t{state}\t{tries}\t{when}\t{problem}", one.recipient.address);
    }
    Ok(())
}

fn moment(milliseconds: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}
