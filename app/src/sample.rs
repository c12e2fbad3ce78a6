//! What the tests of several pages need: the questionnaire, the assets, and a look at the markup.

pub(crate) mod report;

use std::sync::{Arc, LazyLock};

use domain::instrument::{Instrument, Instruments};

use crate::catalogue;
use crate::official::Desk;
use crate::shell::Assets;

static INSTRUMENTS: LazyLock<Instruments> = LazyLock::new(|| {
    let versions = catalogue::questionnaires().unwrap();
    let all = versions.into_iter().zip(1..).map(|(q, key)| Instrument::new(key, q)).collect();
    Instruments::new(all, catalogue::fields().unwrap())
});

static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets {
    citizen_css: "/assets/0f/citizen.css".to_owned(),
    main_css: "/assets/0f/main.css".to_owned(),
    islands_root: None,
});

/// Somebody who may do everything.
pub(crate) const DESK: Desk =
    Desk { administers: true, everything: true, manages: true, reports: true, unfinished: false };

/// All questionnaires and fields that the program brings along.
pub(crate) fn instruments() -> &'static Instruments {
    &INSTRUMENTS
}

/// The questionnaire of today.
pub(crate) fn instrument() -> &'static Arc<Instrument> {
    instruments().get("sipas-2023").unwrap()
}

/// Of a build without islands.
pub(crate) fn assets() -> &'static Assets {
    &ASSETS
}

/// What lies between two pieces of the markup, the first included: a fragment for a snapshot, one
/// element a line.
pub(crate) fn between(html: &str, from: &str, to: &str) -> String {
    let start = html.find(from).unwrap_or_else(|| panic!("{from} is not there"));
    let rest = &html[start..];
    let end = rest[from.len()..].find(to).unwrap_or_else(|| panic!("no {to} after {from}"));
    rest[..from.len() + end].replace("><", ">\n<")
}

/// All values of an attribute.
pub(crate) fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What holds on every page, whatever it shows.
pub(crate) fn check_document(html: &str) {
    assert!(html.starts_with("<!DOCTYPE html><html lang=\""));
    assert!(html.ends_with("</body></html>"));
    assert!(!html.contains("style=\""), "no style attributes");
    assert!(!html.contains("maximum-scale"));
    assert_eq!(html.matches("<h1").count(), 1, "one heading of the first level");
    assert_eq!(html.matches("<main").count(), 1);
    let ids = values(html, "id");
    let mut known: Vec<_> = ids.clone();
    known.sort_unstable();
    known.dedup();
    assert_eq!(known.len(), ids.len(), "an id stands twice");
    for attribute in ["for", "aria-describedby", "aria-labelledby"] {
        for id in values(html, attribute).iter().flat_map(|ids| ids.split(' ')) {
            assert!(known.binary_search(&id).is_ok(), "{attribute}={id} points nowhere");
        }
    }
    for anchor in values(html, "href").iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(known.binary_search(&anchor).is_ok(), "#{anchor} points nowhere");
    }
    for label in html.split("<label").skip(1) {
        let label = label.split("</label>").next().unwrap();
        assert!(
            label.starts_with(" for=\"") || label.contains("<input ") || label.contains("<select "),
            "a label without a field"
        );
    }
    for word in html.split(['>', '<', ' ', '"']) {
        assert!(!is_key(word), "a key without words: {word}");
    }
}

/// Looks like a key of the dictionary: `thanks-heading`. Ids and classes do not look so.
fn is_key(word: &str) -> bool {
    let known = [
        "respond-",
        "board-",
        "thanks-",
        "notice-",
        "problem-",
        "stage-",
        "more-",
        "period-",
        "targets-",
        "verdict-",
        "finding-",
        "change-",
        "instrument-",
        "population-",
        "method-",
        "report-",
        "reports-",
        "compare-",
        "channel-",
        "scale-",
        "audit-",
        "signin-",
        "account-",
        "password-",
        "people-",
        "displays-",
        "import-",
        "entry-",
        "column-",
        "answers-",
        "delivery-",
    ];
    known.iter().any(|start| word.starts_with(start))
}
