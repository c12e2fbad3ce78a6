//! What of a table does not follow from its own rows, in sentences.

use domain::review::Inconsistency;
use domain::score::Score;
use domain::target::IndexName;
use leptos::prelude::*;

use super::TargetsPage;
use crate::text::{entered, score, t, t_args};

pub(super) fn list(page: &TargetsPage<'_>, index: IndexName) -> Option<AnyView> {
    let (lang, review) = (page.lang, page.review);
    let found: Vec<&Inconsistency> =
        review.inconsistencies.iter().filter(|found| found.index == index.name()).collect();
    let mut lines: Vec<String> = found.iter().map(|found| sentence(page, found)).collect();
    if index == IndexName::Sipas && review.consistent_when_mended {
        lines.push(t(lang, "finding-mended"));
    }
    if index == IndexName::Dti && !review.without_weights.is_empty() {
        let names = review.without_weights.join(", ");
        lines.push(t_args(lang, "finding-no-weights", &[("names", names)]));
    }
    for holds in review.consistent.iter().filter(|holds| holds.index == index.name()) {
        lines.push(t_args(lang, "finding-holds", &[("list", column(page, holds.column))]));
    }
    if lines.is_empty() {
        return None;
    }
    let heading = if found.is_empty() { "finding-note" } else { "finding-heading" };
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
    let view = view! {
        <div class="findings">
            <h3>{t(lang, heading)}</h3>
            <ul>{lines.collect_view()}</ul>
            {(!found.is_empty()).then(|| view! { <p class="fine">{t(lang, "finding-kept")}</p> })}
        </div>
    };
    Some(view.into_any())
}

/// The heading of a column.
fn column(page: &TargetsPage<'_>, name: &str) -> String {
    let (key, year) = match name {
        "baseline" => ("targets-baseline", page.review.year - 1),
        _ => ("targets-target", page.review.year),
    };
    t_args(page.lang, key, &[("year", year.to_string())])
}

fn sentence(page: &TargetsPage<'_>, found: &Inconsistency) -> String {
    let lang = page.lang;
    let name = match found.code.as_str() {
        "total" => found.name.clone(),
        code => {
            t_args(lang, "finding-row", &[("code", code.to_owned()), ("names", found.name.clone())])
        }
    };
    let gain = |gain: Option<Score>| gain.map(|gain| score(lang, gain)).unwrap_or_default();
    let values = [
        ("list", column(page, found.column)),
        ("names", name),
        ("stated", entered(lang, found.stated)),
        ("computed", score(lang, found.computed)),
        ("low", gain(found.gain)),
        ("high", gain(found.usual_gain)),
    ];
    t_args(lang, &format!("finding-{}", found.basis), &values)
}
