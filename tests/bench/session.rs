//! What it costs to know who asks: the same board without a sign-in, with a key and with a session, which
//! are looked up in the database with each request.

use std::time::Instant;

use domain::access::Role;
use server::clock::Clock;
use server::run::Base;
use server::service::access::make_key;
use server::service::people::{Invitation, add_account};
use server::service::sign_in::Browser;
use server::store::By;

use crate::Bench;
use crate::http;
use crate::program::Program;
use crate::sample::{Sample, TOP};
use crate::table::{median, number};
use crate::timed::Timed;

const NAME: &str = "bench";
const PASSWORD: &str = "ruộng lúa ven sông Côn";

/// The headers that say who asks.
struct Shown {
    key: String,
    session: String,
}

pub(crate) async fn session(bench: &mut Bench) -> anyhow::Result<()> {
    let size = bench.sizes.few;
    let open = Sample::sqlite(bench.folder(), "open", &size).await?;
    let closed = Sample::sqlite(bench.folder(), "closed", &size).await?;
    open.fill(&size).await?;
    closed.fill(&size).await?;
    let shown = people(&closed.url).await?;
    let open = Program::serve(&bench.binary, &open.url).await?;
    let closed = Program::serve(&bench.binary, &closed.url).await?;
    let path = format!("/boards/{TOP}");
    let mut all = vec![
        Timed::open(&open, http::get(&path)).await?,
        Timed::open(&closed, with(&path, &shown.key)).await?,
        Timed::open(&closed, with(&path, &shown.session)).await?,
    ];
    let end = Instant::now() + 2 * bench.sizes.load;
    while Instant::now() < end || all[0].waits.len() < 20 {
        for asked in &mut all {
            asked.ask().await?;
        }
    }
    let [nobody, key, session] = &all[..] else { unreachable!("three ways to ask") };
    for (name, other) in [("without a sign-in", nobody), ("with a key", key)] {
        // In turns, so that what else the machine does meets all alike.
        let ratio = median(session.waits.iter().zip(&other.waits).map(|(a, b)| a / b));
        let beside = format!("{} ms of {} ms", number(session.median()), number(other.median()));
        let title = format!("session: a board with it, of the same {name}");
        bench.table.show(&title, ratio, "times", &beside);
    }
    open.stop().await?;
    closed.stop().await
}

/// A person who has signed in, and a key.
async fn people(url: &str) -> anyhow::Result<Shown> {
    let base = Base::open(url, Clock::system()?).await?;
    let by = By::command(base.clock.now());
    let (service, writer) = base.start().await?;
    let invited = Invitation { name: NAME, display_name: "", role: Role::Viewer.name(), unit: TOP };
    let (_, link) = add_account(&base.store, &invited, Role::Viewer, &by)
        .await
        .map_err(|refused| anyhow::anyhow!("no account: {refused:?}"))?;
    service.use_link(&link, PASSWORD, PASSWORD).await?;
    let entered = service.sign_in(NAME, PASSWORD, Browser::default()).await?;
    let key = make_key(&base.store, NAME, (Role::Viewer, TOP), None, &by).await?;
    drop(service);
    writer.finish().await;
    base.store.close().await;
    Ok(Shown {
        key: format!("authorization: Bearer {key}"),
        session: format!("cookie: hailong={}", entered.token),
    })
}

/// A request with one more header.
fn with(path: &str, header: &str) -> Vec<u8> {
    let mut request = http::get(path);
    request.truncate(request.len() - 2);
    request.extend_from_slice(format!("{header}\r\n\r\n").as_bytes());
    request
}
