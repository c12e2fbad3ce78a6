//! `make bench`: one table of figures from one run, most of them ratios against a bare baseline that
//! is measured in turns with the program.
//!
//! The program that is measured is the real binary (`HAILONG_BIN`), as a process of its own. So are
//! the baseline, the load generator and the import: this binary again, under hidden commands. Nothing
//! here knows how the program works; the stages alone call its functions.

mod bare;
mod boards;
mod export;
mod http;
mod live;
mod load;
mod page;
mod program;
mod reading;
mod report;
mod sample;
mod session;
mod stages;
mod submissions;
mod table;
mod timed;
mod whole;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use sample::{Sample, Size};
use table::Table;
use tempfile::TempDir;

/// Measures the program against the bare baseline
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Options {
    /// Small sizes: shows that the bench works, not what the program can do
    #[arg(long)]
    quick: bool,
    /// Print the table as Markdown
    #[arg(long)]
    markdown: bool,
    /// Measure these parts alone
    #[arg(long, value_enum)]
    only: Vec<Part>,
    /// Folder for the databases; its disk is part of what is measured
    #[arg(long, default_value = "target")]
    folder: PathBuf,
    #[command(subcommand)]
    role: Option<Role>,
}

/// The parts, in the order in which they are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Submissions,
    Postgres,
    Stages,
    Page,
    Boards,
    Province,
    Session,
    Reading,
    Export,
    Report,
    Live,
    Start,
    Disk,
    Memory,
}

/// What this binary also is.
#[derive(Clone, Debug, Subcommand)]
enum Role {
    #[command(hide = true)]
    Load(load::Order),
    #[command(hide = true)]
    Bare(bare::Order),
    #[command(hide = true)]
    Fill(sample::Order),
    #[command(hide = true)]
    Read(reading::Order),
    #[command(hide = true)]
    Export(export::Order),
    #[command(hide = true)]
    Report(report::Order),
}

/// How much is measured.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    rounds: usize,
    warm_up: Duration,
    load: Duration,
    batches: usize,
    few: Size,
    many: Size,
    province: Size,
    stream: Size,
    /// Under a report: the same points and days, with few responses and with many.
    report_few: Size,
    report_many: Size,
    /// Responses under the boards that are watched.
    watched: u64,
}

/// As required.
const FULL: Sizes = Sizes {
    rounds: 5,
    warm_up: Duration::from_secs(1),
    load: Duration::from_secs(3),
    batches: 300,
    few: Size { communes: 5, points: 3, days: 395, responses: 10_000 },
    many: Size { communes: 5, points: 3, days: 395, responses: 1_000_000 },
    province: Size { communes: 90, points: 5, days: 365, responses: 492_750 },
    stream: Size { communes: 5, points: 3, days: 395, responses: 300_000 },
    report_few: Size { communes: 200, points: 1, days: 395, responses: 100_000 },
    report_many: Size { communes: 200, points: 1, days: 395, responses: 10_000_000 },
    watched: 20_000,
};

const QUICK: Sizes = Sizes {
    rounds: 1,
    warm_up: Duration::from_millis(200),
    load: Duration::from_millis(500),
    batches: 20,
    few: Size { communes: 5, points: 3, days: 40, responses: 1_000 },
    many: Size { communes: 5, points: 3, days: 40, responses: 20_000 },
    province: Size { communes: 9, points: 5, days: 30, responses: 4_050 },
    stream: Size { communes: 5, points: 3, days: 40, responses: 5_000 },
    report_few: Size { communes: 20, points: 1, days: 60, responses: 1_500 },
    report_many: Size { communes: 20, points: 1, days: 60, responses: 20_000 },
    watched: 1_000,
};

/// One run of the bench.
struct Bench {
    sizes: Sizes,
    binary: PathBuf,
    folder: TempDir,
    table: Table,
    /// The large database, made when it is first needed.
    many: Option<Sample>,
}

impl Bench {
    fn folder(&self) -> &Path {
        self.folder.path()
    }

    async fn many(&mut self) -> anyhow::Result<&Sample> {
        let sample = match self.many.take() {
            Some(sample) => sample,
            None => boards::import(self).await?,
        };
        Ok(self.many.insert(sample))
    }

    async fn measure(&mut self, part: Part) -> anyhow::Result<()> {
        match part {
            Part::Submissions => submissions::sqlite(self).await,
            Part::Postgres => submissions::postgres(self).await,
            Part::Stages => stages::stages(self).await,
            Part::Page => page::page(self).await,
            Part::Boards => boards::ratio(self).await,
            Part::Province => boards::province(self).await,
            Part::Session => session::session(self).await,
            Part::Reading => reading::reading(self).await,
            Part::Export => export::export(self).await,
            Part::Report => report::report(self).await,
            Part::Live => live::live(self).await,
            Part::Start => whole::start(self).await,
            Part::Disk => whole::disk(self).await,
            Part::Memory => whole::memory(self).await,
        }
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let options = Options::parse();
    let mut runtime = match options.role {
        // Beside the server that it loads, the load generator needs one thread.
        Some(Role::Load(_)) => tokio::runtime::Builder::new_current_thread(),
        _ => tokio::runtime::Builder::new_multi_thread(),
    };
    runtime.enable_all().build()?.block_on(async {
        match options.role.clone() {
            None => bench(options).await,
            Some(Role::Load(order)) => load::work(order).await.map(|()| ExitCode::SUCCESS),
            Some(Role::Bare(order)) => bare::serve(order).await.map(|()| ExitCode::SUCCESS),
            Some(Role::Fill(order)) => sample::fill(order).await.map(|()| ExitCode::SUCCESS),
            Some(Role::Read(order)) => reading::read(order).await.map(|()| ExitCode::SUCCESS),
            Some(Role::Export(order)) => export::read(order).await.map(|()| ExitCode::SUCCESS),
            Some(Role::Report(order)) => report::make(order).await.map(|()| ExitCode::SUCCESS),
        }
    })
}

async fn bench(options: Options) -> anyhow::Result<ExitCode> {
    std::fs::create_dir_all(&options.folder)?;
    let mut bench = Bench {
        sizes: if options.quick { QUICK } else { FULL },
        binary: program::binary()?,
        folder: tempfile::Builder::new().prefix("bench").tempdir_in(&options.folder)?,
        table: Table::default(),
        many: None,
    };
    for &part in Part::value_variants() {
        if options.only.is_empty() || options.only.contains(&part) {
            bench.measure(part).await?;
        }
    }
    print!("{}", bench.table.print(options.markdown));
    let failed = match options.quick {
        // Times mean nothing at these sizes, lost answers do.
        true => bench.table.wrong(),
        false => bench.table.missed(),
    };
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
