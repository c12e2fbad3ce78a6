//! Figures that are entered by hand: targets with what came of them, and numbers of dossiers; and the
//! history of both, from the trail.

mod answers;
mod dossiers;
mod targets;

use domain::questionnaire::Lang;
use domain::unit::{Channel, Kind};
use leptos::prelude::*;

pub use answers::{AnswersPage, Said, Wrong as WrongField, answers};
pub use dossiers::{DossiersPage, MonthRow, dossiers};
pub use targets::{EntryRow, EntryTable, TargetsEntry, Typed, targets};

use super::audit::{Who, who};
use super::people::office;
use crate::official::{Desk, Section, tail};
use crate::shell::Assets;
use crate::text::{comma, count, day, t, t_args};

/// A column whose value is another one, as files have it; nothing where it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub column: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// An entry of the history of some rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Moment in Viet Nam, as written there.
    pub at: String,
    pub who: Who,
    /// The row in words.
    pub about: String,
    /// It was there before.
    pub known: bool,
    pub changes: Vec<Change>,
}

/// What is wrong with a field, in the words of the reader: row, column and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub row: String,
    pub column: &'static str,
    pub why: String,
}

/// How it went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    #[default]
    Nothing,
    Saved,
    /// Fields are wrong; nothing was written.
    Refused,
    /// Somebody else changed it first; nothing was written.
    Moved,
}

impl Outcome {
    fn view(self, lang: Lang) -> AnyView {
        let (key, class, role) = match self {
            Self::Nothing => return ().into_any(),
            Self::Saved => ("entry-saved", "done", "status"),
            Self::Refused => ("entry-refused", "wrong", "alert"),
            Self::Moved => ("entry-moved", "wrong", "alert"),
        };
        view! { <p class=class role=role>{t(lang, key)}</p> }.into_any()
    }
}

/// Units whose figures the visitor may enter.
#[derive(Clone, Debug)]
pub struct UnitsPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    /// Of targets, or of dossiers.
    pub targets: bool,
    /// Address and name of each.
    pub units: &'a [(String, String)],
}

/// The list of units.
pub fn units(page: &UnitsPage<'_>) -> String {
    let lang = page.lang;
    let (section, path, key) = match page.targets {
        true => (Section::Targets, "/admin/targets", "entry-targets-title"),
        false => (Section::Dossiers, "/admin/dossiers", "entry-dossiers-title"),
    };
    let links = page.units.iter().map(|(path, name)| {
        let link = format!("{path}{}", tail(lang, '?'));
        view! { <li><a href=link lang="vi">{name.clone()}</a></li> }
    });
    let body = view! {
        <h1>{t(lang, key)}</h1>
        <section>
            <h2>{t(lang, "entry-units-heading")}</h2>
            <ul class="boards">{links.collect_view()}</ul>
        </section>
    };
    office((lang, page.assets, page.desk), (section, t(lang, key)), path, body.into_any())
}

/// Columns with what was there before, and what is there after.
pub(super) fn change_list(lang: Lang, changes: &[Change], known: bool) -> AnyView {
    let lines = changes.iter().map(|change| {
        let value = |value: &Option<String>| match value {
            Some(value) => shown(lang, &change.column, value),
            None => t(lang, "entry-empty"),
        };
        let after = value(&change.after);
        let text = match known {
            true => t_args(
                lang,
                "entry-before-after",
                &[("before", value(&change.before)), ("after", after)],
            ),
            false => after,
        };
        view! {
            <div>
                <dt>{column(lang, &change.column)}</dt>
                <dd>{text}</dd>
            </div>
        }
    });
    view! { <dl class="diff">{lines.collect_view()}</dl> }.into_any()
}

fn column(lang: Lang, column: &str) -> String {
    t(lang, &format!("column-{}", column.replace('_', "-")))
}

/// A value as the reader writes it.
fn shown(lang: Lang, column: &str, value: &str) -> String {
    match column {
        "valid_from" | "valid_to" | "open_from" | "open_to" | "actual_date" => {
            domain::day::parse(value).map_or_else(|| value.to_owned(), day)
        }
        "max" | "baseline" | "target" | "actual" | "goal" => comma(lang, value.to_owned()),
        "handled" => value.parse().map_or_else(|_| value.to_owned(), |n| count(lang, n)),
        "public" => t(lang, if value == "true" { "entry-yes" } else { "entry-no" }),
        "kind" if Kind::parse(value).is_some() => t(lang, &format!("kind-{value}")),
        "channel" if Channel::parse(value).is_some() => t(lang, &format!("channel-{value}")),
        "index" => value.to_uppercase(),
        _ => value.to_owned(),
    }
}

/// What became of the rows of the page, the newest first.
fn history(lang: Lang, entries: &[Past]) -> AnyView {
    let rows = entries.iter().map(|past| {
        view! {
            <tr>
                <th scope="row">{past.at.clone()}</th>
                <td data-label=t(lang, "audit-who")>{who(lang, &past.who)}</td>
                <td data-label=t(lang, "entry-row")>{past.about.clone()}</td>
                <td data-label=t(lang, "audit-change")>
                    {change_list(lang, &past.changes, past.known)}
                </td>
            </tr>
        }
    });
    let list = match entries.is_empty() {
        true => view! { <p>{t(lang, "entry-history-none")}</p> }.into_any(),
        false => view! {
            <table class="cards changes">
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "audit-at")}</th>
                        <th scope="col">{t(lang, "audit-who")}</th>
                        <th scope="col">{t(lang, "entry-row")}</th>
                        <th scope="col">{t(lang, "audit-change")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any(),
    };
    view! {
        <section>
            <h2>{t(lang, "entry-history-heading")}</h2>
            {list}
        </section>
    }
    .into_any()
}

/// A field of a table: its words stand in the head of the column, so it is named for who does not see.
struct Cell<'a> {
    id: String,
    name: String,
    kind: &'static str,
    label: String,
    value: &'a str,
    /// What is wrong, and what stands there now.
    wrong: Option<String>,
    now: Option<String>,
}

impl Cell<'_> {
    fn view(self) -> AnyView {
        let note = format!("{}-note", self.id);
        let described = (self.wrong.is_some() || self.now.is_some()).then(|| note.clone());
        let invalid = self.wrong.is_some().then_some("true");
        let mode = match self.kind {
            "decimal" | "numeric" => Some(self.kind),
            _ => None,
        };
        let kind = if mode.is_some() { "text" } else { self.kind };
        let class = if self.wrong.is_some() { "wrong" } else { "fine" };
        let text = self.wrong.or(self.now);
        view! {
            <div class="field">
                <input
                    id=self.id
                    name=self.name
                    type=kind
                    inputmode=mode
                    class=mode.map(|_| "number")
                    value=self.value.to_owned()
                    autocomplete="off"
                    aria-label=self.label
                    aria-describedby=described
                    aria-invalid=invalid
                />
                {text.map(|text| view! { <p id=note class=class>{text}</p> })}
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests;
