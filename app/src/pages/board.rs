//! The board of a unit: its index, what it is made of, the days before and the units below.
//!
//! Everything is in the document. Where the running day is shown, one island sets newer values into it,
//! made by the same functions, and says how old they are. What may be shown has been decided before: a
//! figure that is withheld, one about few persons and one that does not exist are told apart everywhere,
//! and none of them is ever a zero.

mod components;
mod head;
mod items;
mod live;
mod parts;
mod period;
mod summary;
mod today;
mod trend;
mod tv;
mod usual;

pub use domain::report::Break;
pub use live::{Fragment, Snapshot, changes, snapshot};

use domain::index::{Figure, Index};
use domain::questionnaire::{Lang, Rule};
use domain::statistics::Uncertainty;
use domain::unit::Kind;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::official::{Tab, method_link, tabs};
use crate::shell::{
    Assets, document, html_with_nonce, island_scripts, simulated_banner, vietnamese,
};
use crate::text::{t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct BoardPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// The one in the page's `Content-Security-Policy`.
    pub nonce: &'a str,
    /// Name of the unit.
    pub unit: &'a str,
    /// Code of the unit.
    pub code: &'a str,
    pub kind: Kind,
    /// The unit's last day, where it has ended: its board is history.
    pub closed_on: Option<Date>,
    /// Code and name of each unit above, from the top down to the parent.
    pub path: &'a [(String, String)],
    /// Code and name of the units that this one continues.
    pub predecessors: &'a [(String, String)],
    /// Code and name of the units that continue this one.
    pub successors: &'a [(String, String)],
    /// First day of the period.
    pub from: Date,
    /// Last day of the period, included.
    pub to: Date,
    pub today: Date,
    pub rule: Rule,
    /// Moment of the figures, RFC 3339.
    pub as_of: String,
    /// Responses committed in the period.
    pub responses: u64,
    /// Responses committed today.
    pub today_responses: u64,
    /// Some of the responses are simulated.
    pub simulated: bool,
    /// `None`: no answer at all in the period.
    pub index: Option<&'a Index>,
    /// How sure its figures are.
    pub sure: Option<&'a Uncertainty>,
    /// Further questionnaire versions in the period with their responses: they are never mixed.
    pub other_versions: &'a [(String, u64)],
    /// Units and points below, sorted.
    pub parts: &'a [PartRow],
    /// `name`, `responses`, `score` or the code of a component; with a `-` before it, descending.
    pub sort: &'a str,
    /// Thirty days of the group that is asked at counters.
    pub trend: &'a [TrendDay],
    /// The last hours of the running day; empty where it is not shown.
    pub hours: &'a [HourRow],
    /// What lies below its own usual level; `None` where the unit has ended.
    pub usual: Option<&'a UsualPage>,
    /// The address of the events that keep the figures level; `None` where the days shown are over.
    pub stream: Option<&'a str>,
    /// For a screen in a hall.
    pub tv: bool,
}

/// A unit or a point below.
#[derive(Clone, Debug, PartialEq)]
pub struct PartRow {
    /// Code of the unit or point.
    pub code: String,
    pub name: String,
    /// Code of a unit, which has a board of its own; `None` for a point.
    pub link: Option<String>,
    pub responses: u64,
    /// The group that is asked at counters.
    pub group: Figure,
    /// Its components, in order.
    pub components: Vec<Figure>,
}

/// One day of the trend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendDay {
    pub day: Date,
    pub responses: u64,
    pub figure: Figure,
    /// Why the days from this one on cannot be compared with those before.
    pub breaks: Option<Break>,
}

/// One hour of the running day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourRow {
    /// 0 to 23.
    pub hour: usize,
    /// `None` where the service was not running for all of it.
    pub responses: Option<u64>,
}

/// What lies below its own usual level, and hardly by chance.
#[derive(Clone, Debug, PartialEq)]
pub struct UsualPage {
    /// The days that are looked at.
    pub recent: (Date, Date),
    /// The days that say what is usual.
    pub before: (Date, Date),
    /// How many parts and components could be compared.
    pub compared: usize,
    /// The largest fall first.
    pub fallen: Vec<FallenRow>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct FallenRow {
    pub name: String,
    /// Code of a unit, which has a board of its own.
    pub link: Option<String>,
    /// Scores from 0 to 100.
    pub usual: f64,
    pub recent: f64,
}

/// The document. It holds a script only where the build has islands.
pub fn board(page: &BoardPage<'_>) -> String {
    let lang = page.lang;
    html_with_nonce(page.nonce, || {
        let scripts = page.assets.islands_root.as_deref().map(island_scripts);
        let title = t_args(lang, "board-title", &[("unit", page.unit.to_owned())]);
        if page.tv {
            let css = page.assets.main_css.replace("main.css", "tv.css");
            return document(lang, title, css, "tv", scripts, tv::body(page)).into_any();
        }
        let body = view! {
            {crate::official::skip(lang)}
            {head::bar(page)}
            {simulated_banner(lang, page.simulated, "simulated-board")}
            <main id="content">
                {head::unit(page)}
                {tabs(lang, page.code, Tab::Board)}
                {period::controls(page)}
                {summary::index(page)}
                {page.index.map(|index| components::section(page, index))}
                {today::section(page)}
                {usual::section(page)}
                {trend::section(page)}
                {parts::section(page)}
                {page.index.map(|index| items::section(page, index))}
            </main>
            {method(page)}
        };
        let css = page.assets.main_css.clone();
        document(lang, title, css, "board", scripts, body.into_any()).into_any()
    })
}

/// How to read the figures, and what they rest on.
fn method(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let source = page.index.map(|index| {
        let questionnaire = &index.instrument.questionnaire;
        let words = t_args(lang, "method-source", &[("code", questionnaire.code.clone())]);
        view! { <p>{words}" "{vietnamese(lang, &questionnaire.legal)}</p> }
    });
    let rule = format!("rule-{}-means", page.rule.name());
    view! {
        <footer>
            <h2>{t(lang, "method-heading")}</h2>
            <p>{t(lang, &rule)}" "{t(lang, "method-index")}</p>
            <p>{t(lang, "method-release")}</p>
            {crate::figure::legend(lang)}
            {source}
            <p>{method_link(lang)}</p>
        </footer>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
