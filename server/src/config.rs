//! The whole configuration, and the command line around it. Nonsense is refused at start.

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::access::Role;
use jiff::civil::Date;

/// Hài lòng: citizen satisfaction at the one-stop desk.
#[derive(Debug, Parser)]
#[command(name = "hailong", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub config: Config,
    #[command(subcommand)]
    pub command: Command,
}

/// Settings, by flag or environment, the same names everywhere.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// <sqlite://FILE> or <postgres://USER:PASSWORD@HOST/DATABASE> [default: <sqlite://data/hailong.db>]
    #[arg(long, env = "HAILONG_DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Address and port to listen on
    #[arg(long, env = "HAILONG_LISTEN", global = true, default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// What the QR codes carry before /s/CODE, e.g. <https://hailong.example.gov.vn>
    #[arg(long, env = "HAILONG_BASE_URL", global = true, value_parser = base_url)]
    pub base_url: Option<String>,
    /// What is logged: error, warn, info, debug, or a filter
    #[arg(long, env = "HAILONG_LOG", global = true, default_value = "info")]
    pub log: String,
}

/// What the program does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the service
    Serve,
    /// Run the service with the Tây Sơn sample on a throw-away database
    Demo {
        /// Simulated citizens a minute that answer through the real door
        #[arg(long, default_value_t = 30)]
        citizens: u32,
    },
    /// Import a CSV file, all of it or nothing
    Import { kind: Table, file: PathBuf },
    /// Export data
    Export {
        #[command(subcommand)]
        what: Export,
    },
    /// Make a print sheet of a unit's points, or the QR code of one point
    #[command(group = clap::ArgGroup::new("of").required(true))]
    Qr {
        /// Code of the unit: its open points, and those of all units below it
        #[arg(long, group = "of")]
        unit: Option<String>,
        /// Code of one point
        #[arg(long, group = "of")]
        point: Option<String>,
        /// Labels and paper; of one point without it, the symbol alone
        #[arg(long, value_parser = ["a4-1", "a4-2", "a4-4", "a4-8", "a5", "a6", "sticker"])]
        layout: Option<String>,
        /// FILE.html or FILE.svg
        #[arg(long)]
        out: PathBuf,
    },
    /// Compare every count row with the responses, both ways
    Reconcile,
    /// Accounts and API keys
    Account {
        #[command(subcommand)]
        what: Account,
    },
}

/// What can be imported.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Table {
    Units,
    Points,
    Dossiers,
    Targets,
    Responses,
}

/// What can be exported.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Units, with the columns of the import
    Units { file: PathBuf },
    /// Points, with the columns of the import
    Points { file: PathBuf },
    /// Numbers of dossiers, with the columns of the import
    Dossiers { file: PathBuf },
    /// Targets, with the columns of the import
    Targets { file: PathBuf },
    /// Responses of some days, both inclusive, streamed
    Responses {
        #[arg(long, value_parser = date)]
        from: Date,
        #[arg(long, value_parser = date)]
        to: Date,
        #[arg(long, value_enum)]
        format: Format,
        /// File to write; stdout without it
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// How responses are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Csv,
    Jsonl,
}

/// What can be done about accounts.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// Make an API key; it is printed once and stored as a hash
    Key {
        #[arg(long)]
        name: String,
        #[arg(long, value_parser = role)]
        role: Role,
        /// Code of the unit; the key holds for it and all below
        #[arg(long)]
        unit: String,
    },
    /// Make a link that shows the board of one unit on a screen in a hall; it is printed once
    Display {
        /// Where the screen stands
        #[arg(long)]
        name: String,
        /// Code of the unit
        #[arg(long)]
        unit: String,
    },
    /// List the links of screens
    Displays,
    /// End the link of a screen, by its id in the list
    RevokeDisplay { id: String },
}

impl Config {
    /// The database of everything but the demo.
    pub fn database(&self) -> &str {
        self.database_url.as_deref().unwrap_or("sqlite://data/hailong.db")
    }

    /// What QR codes carry: as configured, or the address that the service listens on.
    pub fn public_url(&self, listen: SocketAddr) -> String {
        match &self.base_url {
            Some(url) => url.clone(),
            None => format!("http://{}", reachable(listen)),
        }
    }
}

/// The address under which others reach a service that listens on all addresses.
fn reachable(listen: SocketAddr) -> SocketAddr {
    if !listen.ip().is_unspecified() {
        return listen;
    }
    let loopback = IpAddr::from([127, 0, 0, 1]);
    // Connecting a datagram socket sends nothing; it only asks which own address would be used.
    let asked = UdpSocket::bind(("0.0.0.0", 0)).and_then(|socket| {
        socket.connect(("192.0.2.1", 9))?;
        socket.local_addr()
    });
    SocketAddr::new(asked.map_or(loopback, |address| address.ip()), listen.port())
}

fn base_url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(host) if !host.is_empty() && !host.contains(['?', '#', ' ', '"', '<']) => {
            Ok(text.to_owned())
        }
        _ => Err("must be http://HOST or https://HOST, without a query".to_owned()),
    }
}

fn date(text: &str) -> Result<Date, String> {
    domain::day::parse(text).ok_or_else(|| "must be a day, YYYY-MM-DD".to_owned())
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "must be viewer, manager, reporter or administrator".to_owned())
}
