//! The measured group, large: where it stands against its target, and what is to be expected.

use domain::review::Row;
use leptos::prelude::*;

use super::TargetsPage;
use super::table::{place, ranked, verdict};
use crate::figure::{large, range};
use crate::text::{chance, count, decimal, entered, signed, t, t_args};

/// The row of the group that counters measure.
fn group<'a>(page: &TargetsPage<'a>) -> Option<&'a Row> {
    page.review.rows.iter().find(|row| row.measured && !row.code.contains('.'))
}

pub(super) fn section(page: &TargetsPage<'_>) -> Option<AnyView> {
    let (lang, row) = (page.lang, group(page)?);
    let ends = row.interval.map(|ends| (ends.low, ends.high));
    let dash = || "–".to_owned();
    let year = [("year", page.review.year.to_string())];
    let number = |key: &str, text: String| {
        view! { <div><dt>{t_args(lang, key, &year)}</dt><dd>{text}</dd></div> }
    };
    let target = row.target.map_or_else(dash, |target| entered(lang, target));
    let gap = row.gap.map_or_else(dash, |gap| signed(lang, domain::document::number(gap)));
    let rank = row.rank.map(|rank| {
        let text = if rank.tied { ranked(lang, rank) } else { place(lang, rank) };
        number("targets-rank", text)
    });
    view! {
        <section class="summary stand">
            <h2>{page.review.measured_index.clone()}</h2>
            {large(lang, row.figure)}
            {range(lang, row.figure, ends)}
            <dl class="numbers four">
                {number("targets-target", target)}
                {number("targets-gap", gap)}
                {number("board-responses", count(lang, page.review.responses))}
                {rank}
            </dl>
            <p class="judged">{verdict(lang, row.judged)}" "{outlook(page, row)}</p>
            {row.projection.and(row.probability).map(|p| {
                let text = t_args(lang, "targets-true", &[("percent", chance(lang, p))]);
                view! { <p class="fine">{text}</p> }
            })}
            <p class="fine">{t(lang, "board-not-sipas")}</p>
        </section>
    }
    .into_any()
    .into()
}

/// What is to be expected, in a sentence.
fn outlook(page: &TargetsPage<'_>, row: &Row) -> Option<String> {
    let lang = page.lang;
    if row.target.is_none() {
        return Some(t(lang, "targets-no-target"));
    }
    let foreseen = row.projection?;
    let [about, low, high] =
        [foreseen.score, foreseen.low, foreseen.high].map(|number| decimal(lang, number, 1));
    let values = [
        ("about", about),
        ("low", low),
        ("high", high),
        ("percent", chance(lang, foreseen.probability?)),
    ];
    Some(t_args(lang, "targets-outlook", &values))
}
