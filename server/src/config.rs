//! The whole configuration, and the command line around it. Nonsense is refused at start.

mod oidc;

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::access::Role;
use domain::audit::Head;
use domain::delivery::Attachment;
use domain::identity::Claim;
use domain::questionnaire::Lang;
use domain::report::Month;
use domain::unit::Kind;
use jiff::civil::Date;

pub use oidc::Oidc;

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
    /// Mail server that reports are sent by: <smtps://USER:PASSWORD@HOST>, or smtp:// (STARTTLS); none are sent without
    #[arg(long, env = "HAILONG_SMTP_URL", global = true, hide_env_values = true, value_parser = secret)]
    pub smtp_url: Option<Secret>,
    /// Who writes these mails, e.g. "Hài lòng <bao-cao@example.gov.vn>"
    #[arg(long, env = "HAILONG_MAIL_FROM", global = true)]
    pub mail_from: Option<String>,
    /// Hour of the first day of a month, 0 to 23 in Viet Nam, from which the month before is closed
    #[arg(
        long, env = "HAILONG_MONTH_CLOSE_HOUR", global = true, default_value_t = 1,
        value_parser = clap::value_parser!(u8).range(0..24)
    )]
    pub month_close_hour: u8,
    /// Reverse proxies in front of the service, each of which adds to X-Forwarded-For; others are not believed
    #[arg(long, env = "HAILONG_TRUSTED_PROXIES", global = true, default_value_t = 0)]
    pub trusted_proxies: u8,
    /// Answers that one point takes in a minute: no hall has so many, but a program that brings them in may
    #[arg(
        long, env = "HAILONG_POINT_LIMIT", global = true, default_value_t = 600_000,
        value_parser = clap::value_parser!(u32).range(1..=60_000_000)
    )]
    pub point_limit: u32,
    /// What is logged: error, warn, info, debug, or a filter
    #[arg(long, env = "HAILONG_LOG", global = true, default_value = "info")]
    pub log: String,
    #[command(flatten)]
    pub oidc: Oidc,
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
    /// Import a CSV file or a workbook (XLSX), all of it or nothing
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
    /// Give out the report of a unit and month; of a closed month as it was sealed
    Report {
        /// Code of the unit
        #[arg(long)]
        unit: String,
        /// YYYY-MM
        #[arg(long, value_parser = month)]
        month: Month,
        #[arg(long, value_enum)]
        format: ReportFormat,
        /// File to write; stdout where it is - or missing (not for xlsx and docx)
        #[arg(long)]
        out: Option<PathBuf>,
        /// Language of the words: vi or en; json has its own
        #[arg(long, value_parser = lang, default_value = "vi")]
        lang: Lang,
    },
    /// Compare every count row with the responses, both ways
    Reconcile,
    /// The trail of changes and exports
    Audit {
        #[command(subcommand)]
        what: Audit,
    },
    /// Accounts, API keys and links of screens
    Account {
        #[command(subcommand)]
        what: Account,
    },
    /// Who is sent monthly reports by mail
    Delivery {
        #[command(subcommand)]
        what: Delivery,
    },
}

/// What is not to be seen in a log.
#[derive(Clone)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// What can be done about reports by mail.
#[derive(Debug, Subcommand)]
pub enum Delivery {
    /// Send the reports of a unit to an address from now on; again to change language or files
    Add {
        /// Code of the unit
        #[arg(long)]
        unit: String,
        /// Address of mail
        #[arg(long)]
        to: String,
        #[arg(long, default_value = "vi", value_parser = lang)]
        lang: Lang,
        /// Files that go along
        #[arg(long, value_delimiter = ',', default_value = "docx,xlsx", value_parser = attachment)]
        files: Vec<Attachment>,
    },
    /// Send it no more, also not what still waits
    Remove {
        #[arg(long)]
        unit: String,
        #[arg(long)]
        to: String,
    },
    /// List who is sent what: unit, address, language, files, day added
    List,
    /// List what was sent: unit, month, address, state, tries, when, and why not
    Log {
        /// Of one unit alone
        #[arg(long)]
        unit: Option<String>,
    },
    /// Try again what was given up of a unit and month
    Retry {
        #[arg(long)]
        unit: String,
        #[arg(long, value_parser = month)]
        month: Month,
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

/// What can be done about the trail.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Check the chain; prints its head, or the first bad entry
    Verify {
        /// A head noted earlier (on a sealed report), NUMBER:HASH: the chain must contain it
        #[arg(long)]
        head: Option<Head>,
    },
    /// PostgreSQL: give a role what the service needs, without the right to change the trail
    Protect {
        /// A role of the database that owns nothing
        #[arg(long)]
        role: String,
    },
}

/// As what a report is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Html,
    Xlsx,
    Docx,
    Csv,
    Json,
}

/// What can be done about accounts.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// Make an account; prints a link that sets its password, once and within three days
    Add {
        /// The name to sign in with
        #[arg(long)]
        name: String,
        /// viewer, manager, reporter or administrator
        #[arg(long, value_parser = role)]
        role: Role,
        /// Code of the unit; the role holds for it and all below
        #[arg(long)]
        unit: String,
        /// By what the provider of identities knows the person: an e-mail address, or as --oidc-claim says
        #[arg(long)]
        oidc: Option<String>,
        /// Name of the unit, where there is none yet at all: makes it, as the highest
        #[arg(long)]
        unit_name: Option<String>,
        /// Its kind: province, department, district, commune, vertical, centre, branch or reception
        #[arg(long, value_parser = kind, default_value = "province", requires = "unit_name")]
        unit_kind: Kind,
    },
    /// Take the password and all sessions away; prints a link that sets a new password
    Reset {
        #[arg(long)]
        name: String,
        /// Take the second factor away too
        #[arg(long)]
        second: bool,
    },
    /// Close an account to sign-in and end its sessions
    Disable {
        #[arg(long)]
        name: String,
    },
    /// List the accounts
    List,
    /// Make an API key; it is printed once and stored as a hash
    Key {
        #[arg(long)]
        name: String,
        #[arg(long, value_parser = role)]
        role: Role,
        /// Code of the unit; the key holds for it and all below
        #[arg(long)]
        unit: String,
        /// The last day in force; without it the key does not end by itself
        #[arg(long, value_parser = date)]
        until: Option<Date>,
    },
    /// List the keys
    Keys,
    /// End a key, by its id in the list
    RevokeKey { id: String },
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

fn month(text: &str) -> Result<Month, String> {
    Month::parse(text).ok_or_else(|| "must be a month, YYYY-MM".to_owned())
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "must be vi or en".to_owned())
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::parse(text).ok_or_else(|| "no such kind of unit".to_owned())
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "must be viewer, manager, reporter or administrator".to_owned())
}

fn claim(text: &str) -> Result<Claim, String> {
    Claim::parse(text).ok_or_else(|| "must be email or sub".to_owned())
}

fn attachment(text: &str) -> Result<Attachment, String> {
    Attachment::parse(text).ok_or_else(|| "must be docx, xlsx or csv".to_owned())
}

/// Whether it is an address is looked at later: a word of refusal here would repeat it.
fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret(text.to_owned()))
}
