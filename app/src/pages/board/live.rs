//! The parts of a board that take new values, each an element with an id: made by the functions that
//! make the page, so page and events cannot differ.

use serde::Serialize;

use super::{BoardPage, components, head, items, parts, summary, today, trend, tv, usual};
use crate::chart;
use crate::figure::words;
use crate::shell::html;
use crate::text::{count, t_args};

/// A board at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// What the page is built like. One that is built otherwise cannot take the fragments and has to
    /// be read anew: another day, another questionnaire, another version of the program.
    pub shape: String,
    /// The moment in words.
    pub text: String,
    /// The same in Unix milliseconds.
    pub moment: f64,
    /// The figures in one sentence, for those who hear the page.
    pub said: String,
    pub fragments: Vec<Fragment>,
}

/// An element with an id.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    id: String,
    html: String,
    /// The same without the inner ones.
    frame: String,
    /// Elements within that often change alone: id and html.
    inner: Vec<(String, String)>,
}

/// The event that brings a page up to a snapshot.
#[derive(Clone, Debug, Serialize)]
pub struct Changes<'a> {
    shape: &'a str,
    text: &'a str,
    moment: f64,
    said: &'a str,
    /// Id and html of each element that is to be set.
    parts: Vec<(&'a str, &'a str)>,
}

/// All that is on a board now.
pub fn snapshot(page: &BoardPage<'_>) -> Snapshot {
    let fragments = if page.tv { tv::fragments(page) } else { fragments(page) };
    let (text, moment) = head::moment(page).unwrap_or_default();
    let figure = page.index.map(summary::group_figure);
    let values = [
        ("score", figure.map_or_else(String::new, |figure| words(page.lang, figure))),
        ("n", count(page.lang, page.responses)),
    ];
    let said =
        if figure.is_some() { t_args(page.lang, "live-said", &values) } else { String::new() };
    Snapshot { shape: shape(page), text, moment, said, fragments }
}

/// See [`Snapshot::shape`].
pub(super) fn shape(page: &BoardPage<'_>) -> String {
    let questionnaire = page.index.map_or("", |index| index.instrument.code());
    let there = [
        page.hours.is_empty(),
        page.usual.is_none(),
        page.trend.iter().all(|one| one.responses == 0),
        page.parts.is_empty(),
    ];
    let there: String = there.map(|not| if not { '0' } else { '1' }).iter().collect();
    // A screen shows them on so many pictures.
    let pages = page.parts.len().div_ceil(tv::PARTS);
    format!("{} {questionnaire} {there} {pages} {}", page.today, page.assets.main_css)
}

fn fragments(page: &BoardPage<'_>) -> Vec<Fragment> {
    let inner = page.parts.iter().map(parts::id).collect::<Vec<_>>();
    let days = [chart::LAST, trend::LAST_ROW].map(str::to_owned);
    let index = page.index;
    let all = [
        ("summary", Some(html(|| summary::index(page))), &[][..]),
        ("components", index.map(|index| html(|| components::section(page, index))), &[]),
        ("today", today::section(page).map(|view| html(|| view)), &[]),
        ("usual", usual::section(page).map(|view| html(|| view)), &[]),
        ("days", trend::section(page).map(|view| html(|| view)), &days),
        ("parts", Some(html(|| parts::section(page))), &inner),
        ("items", index.map(|index| html(|| items::section(page, index))), &[]),
    ];
    all.into_iter().filter_map(|(id, html, inner)| Some(Fragment::new(id, html?, inner))).collect()
}

impl Fragment {
    pub(super) fn new(id: &str, html: String, inner: &[String]) -> Self {
        let mut frame = html.clone();
        let mut found = vec![];
        for id in inner {
            if let Some(part) = element(&frame, id).map(str::to_owned) {
                // What is left says where it stood.
                frame = frame.replacen(&part, &format!("<!--{id}-->"), 1);
                found.push((id.clone(), part));
            }
        }
        Self { id: id.to_owned(), html, frame, inner: found }
    }
}

/// The markup of the element with an id, from its first to its last sign.
fn element<'a>(html: &'a str, id: &str) -> Option<&'a str> {
    let at = html.find(&format!("id=\"{id}\""))?;
    let start = html[..at].rfind('<')?;
    let name = html[start + 1..].split([' ', '>']).next()?;
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut depth = 0;
    let mut here = start;
    loop {
        let end = html[here..].find(&close)?;
        let begun = |text: &str| {
            let next = text.as_bytes().get(open.len());
            text.starts_with(&open) && matches!(next, Some(b' ' | b'>'))
        };
        let span = &html[here..here + end];
        depth += span.match_indices('<').filter(|(at, _)| begun(&span[*at..])).count();
        here += end + close.len();
        depth -= 1;
        if depth == 0 {
            return Some(&html[start..here]);
        }
    }
}

/// What a page that shows `before` lacks of `now`; everything where it shows something built otherwise
/// or nothing yet.
pub fn changes<'a>(before: Option<&Snapshot>, now: &'a Snapshot) -> Changes<'a> {
    let before = before.filter(|before| before.shape == now.shape);
    let mut parts = vec![];
    for fragment in &now.fragments {
        let known = before.and_then(|all| all.fragments.iter().find(|one| one.id == fragment.id));
        match known {
            Some(known) if known.frame == fragment.frame => {
                let same = |id: &str| known.inner.iter().find(|(other, _)| other == id);
                let changed = fragment
                    .inner
                    .iter()
                    .filter(|(id, html)| same(id).is_none_or(|(_, before)| before != html));
                parts.extend(changed.map(|(id, html)| (id.as_str(), html.as_str())));
            }
            _ => parts.push((fragment.id.as_str(), fragment.html.as_str())),
        }
    }
    let Snapshot { shape, text, moment, said, .. } = now;
    Changes { shape, text, moment: *moment, said, parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(fragments: Vec<Fragment>) -> Snapshot {
        let text = String::new();
        Snapshot { shape: "a".into(), text: text.clone(), moment: 0.0, said: text, fragments }
    }

    fn table(rows: &[(&str, u32)]) -> Fragment {
        let html: String =
            rows.iter().map(|(id, n)| format!(r#"<tr id="{id}"><td>{n}</td></tr>"#)).collect();
        let inner: Vec<String> = rows.iter().map(|(id, _)| (*id).to_owned()).collect();
        Fragment::new("parts", format!(r#"<table id="parts">{html}</table>"#), &inner)
    }

    fn changed(before: &Snapshot, now: &Snapshot) -> Vec<(String, String)> {
        let owned = |(id, html): &(&str, &str)| ((*id).to_owned(), (*html).to_owned());
        changes(Some(before), now).parts.iter().map(owned).collect()
    }

    #[test]
    fn an_element_ends_where_its_own_end_is() {
        let html = r#"<g><g id="a"><rect/><g>x</g></g><g id="b"></g></g>"#;
        assert_eq!(element(html, "a"), Some(r#"<g id="a"><rect/><g>x</g></g>"#));
        assert_eq!(element(html, "b"), Some(r#"<g id="b"></g>"#));
        assert_eq!(element(html, "c"), None);
    }

    #[test]
    fn a_row_that_changed_is_sent_alone() {
        let before = snapshot(vec![table(&[("x", 1), ("y", 2)])]);
        let now = snapshot(vec![table(&[("x", 1), ("y", 3)])]);
        let row = r#"<tr id="y"><td>3</td></tr>"#;
        assert_eq!(changed(&before, &now), [("y".to_owned(), row.to_owned())]);
        assert!(changed(&now, &now).is_empty());
    }

    #[test]
    fn rows_that_came_went_or_moved_are_sent_with_their_table() {
        let before = snapshot(vec![table(&[("x", 1), ("y", 2)])]);
        for rows in [&[("y", 2), ("x", 1)][..], &[("x", 1)], &[("x", 1), ("y", 2), ("z", 0)]] {
            let now = snapshot(vec![table(rows)]);
            assert_eq!(
                changed(&before, &now),
                [("parts".to_owned(), now.fragments[0].html.clone())]
            );
        }
    }

    #[test]
    fn a_page_that_is_built_otherwise_gets_everything() {
        let now = snapshot(vec![table(&[("x", 1)])]);
        let other = Snapshot { shape: "b".into(), ..now.clone() };
        assert_eq!(changes(Some(&other), &now).parts.len(), 1);
        assert_eq!(changes(None, &now).parts.len(), 1);
    }
}
