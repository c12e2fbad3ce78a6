//! The command line. stdout holds only what a script reads; words and counts go to stderr.

#[path = "main/accounts.rs"]
mod accounts;
#[path = "main/delivery.rs"]
mod delivery;
#[path = "main/report.rs"]
mod report;

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use domain::questionnaire::Lang;
use server::clock::Clock;
use server::config::{Audit, Cli, Command, Config, Export, Format, Table};
use server::export::csv;
use server::mail::Post;
use server::qr::sheet::Layout;
use server::run::{self, Base, Settings};
use server::service::import::{Error, Importer, Kind};
use server::service::start::note_sheet;
use server::service::{audit, reconcile};
use server::store::{self, By, Told};
use server::web::{Proxies, WaysIn, import as web_import, sheet};
use server::{demo, qr, telemetry};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(error) = telemetry::start(&cli.config.log) {
        eprintln!("hailong: --log: {error}");
        return ExitCode::from(2);
    }
    match command(cli).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("hailong: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn command(cli: Cli) -> anyhow::Result<ExitCode> {
    let Cli { config, command } = cli;
    let clock = Clock::system()?;
    match command {
        Command::Demo { citizens } => {
            serve_demo(&config, clock, citizens).await?;
            return Ok(ExitCode::SUCCESS);
        }
        Command::Serve => {
            serve(&config, clock).await?;
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let base = open(config.database(), clock).await?;
    let code = offline(&config, &base, command).await?;
    base.store.close().await;
    Ok(code)
}

/// Commands that do their work and end.
async fn offline(config: &Config, base: &Base, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve | Command::Demo { .. } => {}
        Command::Import { kind, file } => import(base, kind, &file).await?,
        Command::Export { what } => export(base, what).await?,
        Command::Qr { unit, point, layout, out } => {
            print_codes(config, base, unit.as_deref(), point.as_deref(), layout.as_deref(), &out)
                .await?;
        }
        Command::Report { unit, month, format, out, lang } => {
            return report::report(base, &unit, month, (format, lang), out.as_deref()).await;
        }
        Command::Reconcile => return reconcile_all(base).await,
        Command::Account { what } => accounts::run(config, base, what).await?,
        Command::Audit { what } => return audit_trail(base, what).await,
        Command::Delivery { what } => delivery::delivery(config, base, what).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn open(url: &str, clock: Clock) -> anyhow::Result<Base> {
    Base::open(url, clock).await.context("không mở được cơ sở dữ liệu (cannot open the database)")
}

async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    let address = config.listen;
    TcpListener::bind(address)
        .await
        .with_context(|| format!("không nghe được ở {address} (cannot listen there)"))
}

async fn serve(config: &Config, clock: Clock) -> anyhow::Result<()> {
    let base = open(config.database(), clock).await?;
    let listener = listen(config).await?;
    let address = config.public_url(listener.local_addr()?);
    let from = config.mail_from.as_deref();
    let post = config.smtp_url.as_ref().map(|url| Post::new(&url.0, from, &address));
    let ways_in = WaysIn::new(&config.oidc, &address)?;
    let settings = Settings { ways_in, ..settings(config, &address, post.transpose()?) };
    println!("{address}");
    run::serve(base, listener, settings, run::asked_to_stop()).await
}

fn settings<'a>(config: &Config, base_url: &'a str, post: Option<Post>) -> Settings<'a> {
    Settings {
        base_url,
        month_close_hour: config.month_close_hour,
        post,
        proxies: Proxies(config.trusted_proxies),
        point_limit: config.point_limit,
        ways_in: WaysIn::default(),
    }
}

async fn serve_demo(config: &Config, clock: Clock, citizens: u32) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let throw_away = format!("sqlite://{}", folder.path().join("demo.db").display());
    let url = config.database_url.as_deref().unwrap_or(&throw_away);
    let base = open(url, clock).await?;
    demo::load(&base).await?;
    let password = demo::administrator(&base).await?;
    let listener = listen(config).await?;
    let local = listener.local_addr()?;
    let address = config.public_url(local);
    let (_, organisation) = base.store.organisation().await?;
    let points: Vec<String> = organisation.points().map(|point| point.code.clone()).collect();
    let first = qr::address(&address, points.first().map_or("", String::as_str));
    println!("Dữ liệu mô phỏng (simulated data)");
    println!("Bảng điểm (board):    {address}/boards/{}", demo::UNIT);
    println!("Người dân (citizen):  {first}");
    println!("Đăng nhập (sign in):  {address}/sign-in  {} / {password}", demo::ADMINISTRATOR);
    println!("{}", qr::terminal(&first)?);
    let instrument = base.instruments.on(base.clock.today()).cloned();
    let visitors = tokio::spawn(async move {
        if let Some(instrument) = instrument {
            demo::citizens::come(local, &instrument, &points, citizens).await;
        }
    });
    // Simulated figures are sent to nobody.
    let settings = settings(config, &address, None);
    let served = run::serve(base, listener, settings, run::asked_to_stop()).await;
    visitors.abort();
    served
}

fn kind(table: Table) -> Kind {
    match table {
        Table::Units => Kind::Units,
        Table::Points => Kind::Points,
        Table::Dossiers => Kind::Dossiers,
        Table::Targets => Kind::Targets,
        Table::Responses => Kind::Responses,
    }
}

async fn import(base: &Base, table: Table, path: &Path) -> anyhow::Result<()> {
    let named = path.display();
    let file = File::open(path).with_context(|| format!("không mở được {named}"))?;
    let Base { store, instruments, clock } = base;
    let importer = Importer {
        store: store.clone(),
        instruments: instruments.clone(),
        clock: clock.clone(),
        by: By::command(clock.now()),
    };
    let done = importer.import(kind(table), file).await.map_err(|error| match error {
        Error::Bad(bad) => {
            let (line, column) = (bad.line, &bad.column);
            let words = web_import::sentence(Lang::Vi, &bad);
            anyhow::anyhow!("{words} (line {line}, column {column})")
        }
        Error::Store(error) => error.into(),
    });
    let done = done.with_context(|| named.to_string())?;
    match done.skipped {
        0 => eprintln!("{named}: {} dòng đã nhập (rows imported)", done.written),
        skipped => eprintln!(
            "{named}: {} dòng đã nhập, {skipped} dòng đã có sẵn (rows imported, rows already there)",
            done.written
        ),
    }
    Ok(())
}

async fn export(base: &Base, what: Export) -> anyhow::Result<()> {
    let (rows, named) = match what {
        Export::Units { file } => whole_table(base, Kind::Units, &file).await?,
        Export::Points { file } => whole_table(base, Kind::Points, &file).await?,
        Export::Dossiers { file } => whole_table(base, Kind::Dossiers, &file).await?,
        Export::Targets { file } => whole_table(base, Kind::Targets, &file).await?,
        Export::Responses { from, to, format, out } => {
            anyhow::ensure!(from <= to, "--from {from} sau --to {to} (is after)");
            let (format, called) = match format {
                Format::Csv => (csv::Format::Csv, "csv"),
                Format::Jsonl => (csv::Format::Jsonl, "jsonl"),
            };
            let (sink, named): (Box<dyn Write>, String) = match &out {
                Some(path) => (Box::new(create(path)?), path.display().to_string()),
                None => (Box::new(io::stdout().lock()), "stdout".to_owned()),
            };
            let Base { store, instruments, clock } = base;
            // Told before it begins, so that no export leaves without a trace.
            let after = serde_json::json!({"from": from, "to": to, "format": called});
            let (act, about) = ("responses.export", "responses".to_owned());
            let told = Told { act, about, before: None, after: Some(after.to_string()) };
            store.tell(&By::command(clock.now()), told).await?;
            (csv::responses(store, instruments, (from, to), format, sink).await?, named)
        }
    };
    if base.store.about("demo").await?.is_some() {
        eprintln!("{named}: dữ liệu mô phỏng (simulated data)");
    }
    eprintln!("{named}: {rows} dòng (rows)");
    Ok(())
}

async fn whole_table(base: &Base, kind: Kind, path: &Path) -> anyhow::Result<(u64, String)> {
    Ok((csv::table(&base.store, kind, create(path)?).await?, path.display().to_string()))
}

fn create(path: &Path) -> anyhow::Result<File> {
    File::create(path).with_context(|| format!("không ghi được {}", path.display()))
}

/// The labels of a unit or of one point, and the file that its ending asks for.
async fn print_codes(
    config: &Config,
    base: &Base,
    unit: Option<&str>,
    point: Option<&str>,
    layout: Option<&str>,
    out: &Path,
) -> anyhow::Result<()> {
    let (_, organisation) = base.store.organisation().await?;
    let base_url = config.public_url(config.listen);
    let labels = match (unit, point) {
        (Some(code), _) => {
            let unit = organisation.unit(code);
            let unit = unit.with_context(|| format!("không có đơn vị {code} (no such unit)"))?;
            sheet::labels(&organisation, unit.key, base.clock.today(), &base_url)
        }
        (None, typed) => {
            let typed = typed.unwrap_or_default();
            let code = domain::code::parse(typed);
            let point = code.and_then(|code| organisation.point(&code));
            let point = point.with_context(|| format!("không có điểm {typed} (no such point)"))?;
            vec![sheet::label(&organisation, point, &base_url)]
        }
    };
    anyhow::ensure!(!labels.is_empty(), "đơn vị chưa có điểm nào đang mở (no open points)");
    let html = match out.extension().and_then(|ending| ending.to_str()) {
        Some("html") => true,
        Some("svg") => false,
        _ => anyhow::bail!("--out: tệp .html hoặc .svg (must end in .html or .svg)"),
    };
    let shown = layout.and_then(Layout::parse).unwrap_or_default();
    let words = sheet::words(base.store.about("demo").await?.is_some());
    let text = match &labels[..] {
        [one] if point.is_some() && layout.is_none() && !html => qr::svg(&one.address)?,
        all if html => qr::sheet::html(all, shown, &words)?,
        all => qr::sheet::svg(all, shown, &words)?,
    };
    std::fs::write(out, text).with_context(|| format!("không ghi được {}", out.display()))?;
    note_sheet(&base.store, base.clock.today()).await?;
    if config.base_url.is_none() {
        eprintln!(
            "chưa đặt HAILONG_BASE_URL: mã chỉ dùng được trên mạng này \
             (HAILONG_BASE_URL is not set: the code works in this network alone)"
        );
    }
    for label in &labels {
        eprintln!("{}: {}", out.display(), label.address);
    }
    Ok(())
}

/// Checks the trail, or takes the rights that would let it be changed.
async fn audit_trail(base: &Base, what: Audit) -> anyhow::Result<ExitCode> {
    let Base { store, .. } = base;
    match what {
        Audit::Verify { head } => match audit::verify(store, &head).await? {
            Ok(trail) => {
                println!("{trail}");
                eprintln!("{} mục, chuỗi nguyên vẹn (entries, the chain holds)", trail.seq);
                Ok(ExitCode::SUCCESS)
            }
            Err(broken) => {
                println!("{broken}");
                Ok(ExitCode::FAILURE)
            }
        },
        Audit::Protect { role } => {
            let why = |error: &store::Error| match error {
                store::Error::Missing(_) => "không có vai trò này (no such role)",
                store::Error::Conflict(_) => "vẫn sửa được nhật ký, chưa bảo vệ gì (not protected)",
                _ => "chưa bảo vệ được (failed)",
            };
            let protected = store.protect_audit(&role).await;
            protected.map_err(|error| {
                let said = format!("vai trò {role}: {}", why(&error));
                anyhow::Error::new(error).context(said)
            })?;
            eprintln!("{role}: chỉ được ghi thêm nhật ký (may only append to the trail)");
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn reconcile_all(base: &Base) -> anyhow::Result<ExitCode> {
    let (_, organisation) = base.store.organisation().await?;
    let found = reconcile::reconcile(&base.store, &base.instruments, &organisation).await?;
    for difference in &found.differences {
        println!("{difference}");
    }
    eprintln!(
        "{} phiếu, {} dòng đếm, {} dòng biên; {} sai lệch (responses, count rows, marginals, differences)",
        found.responses,
        found.count_rows,
        found.marginal_rows,
        found.differences.len()
    );
    Ok(if found.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
