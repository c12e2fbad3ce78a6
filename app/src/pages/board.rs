//! The board of a unit.

use domain::index::{Figure, Index};
use domain::questionnaire::{Lang, Rule};
use domain::unit::Kind;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::shell::{Assets, document, html_with_nonce};

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
    /// Further questionnaire versions in the period with their responses: they are never mixed.
    pub other_versions: &'a [(String, u64)],
    /// Units and points below, sorted.
    pub parts: &'a [PartRow],
    /// `name`, `responses`, `score` or the code of a component; with a `-` before it, descending.
    pub sort: &'a str,
    /// Thirty days of the group that is asked at counters.
    pub trend: &'a [TrendDay],
}

/// A unit or a point below.
#[derive(Clone, Debug, PartialEq)]
pub struct PartRow {
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
}

/// The document.
pub fn board(page: &BoardPage<'_>) -> String {
    html_with_nonce(page.nonce, || {
        let body = view! { <main><h1>{page.unit.to_owned()}</h1></main> };
        let css = page.assets.main_css.clone();
        document(page.lang, page.unit.to_owned(), css, "board", None, body.into_any())
    })
}
