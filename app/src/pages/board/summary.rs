//! The index itself, large, and the numbers of responses beside it.

use domain::index::{Figure, Index};
use domain::statistics::Interval;
use leptos::prelude::*;

use super::BoardPage;
use super::{parts, trend};
use crate::figure::{large, range};
use crate::official::dates;
use crate::text::{count, t, t_args};

/// The group that is asked at counters, and the positions of its components.
pub(super) fn counter_group(index: &Index) -> (usize, Vec<usize>) {
    let spans = &index.instrument.spans;
    let group = index.instrument.counter_group();
    let members = (0..spans.len()).filter(|&c| spans[c].group == group).collect();
    (group, members)
}

/// The figure of that group.
pub(super) fn group_figure(index: &Index) -> Figure {
    index.groups.get(index.instrument.counter_group()).copied().unwrap_or(Figure::None)
}

pub(super) fn index(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let figure = page.index.map_or(Figure::None, group_figure);
    // A unit that has ended has no answers today.
    let today = page.closed_on.is_none().then(|| {
        view! {
            <div>
                <dt>{t(lang, "board-today")}</dt>
                <dd>{count(lang, page.today_responses)}</dd>
            </div>
        }
    });
    let class = if page.index.is_some() { "summary" } else { "summary alone" };
    view! {
        <section class=class id="summary">
            <h2>{t(lang, "board-index-heading")}</h2>
            <p class="dates">{dates(lang, page.from, page.to)}</p>
            {large(lang, figure)}
            {page.sure.and_then(|_| range(lang, figure, interval(page)))}
            <dl class="numbers">
                <div>
                    <dt>{t(lang, "board-responses")}</dt>
                    <dd>{count(lang, page.responses)}</dd>
                </div>
                {today}
            </dl>
            {page.index.map(|index| notes(page, index))}
            <p class="fine">{t(lang, "board-not-sipas")}</p>
            {further(page)}
        </section>
    }
    .into_any()
}

/// Links to the parts of the page below.
fn further(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let items = page.index.map(|_| ("#items", t(lang, "items-heading")));
    let days = (!page.trend.is_empty()).then(|| ("#days", trend::heading(page)));
    let parts = (!page.parts.is_empty()).then(|| ("#parts", t(lang, parts::heading(page))));
    let today = (!page.hours.is_empty()).then(|| ("#today", t(lang, "today-heading")));
    let links = [today, days, parts, items].into_iter().flatten();
    let links = links.map(|(link, text)| view! { <li><a href=link>{text}</a></li> });
    view! {
        <nav class="further" aria-label=t(lang, "board-further")><ul>{links.collect_view()}</ul></nav>
    }
    .into_any()
}

/// Between what and what the figure of the group lies.
pub(super) fn interval(page: &BoardPage<'_>) -> Option<(f64, f64)> {
    let group = page.index?.instrument.counter_group();
    let interval = (*page.sure?.groups.get(group)?)?;
    Some((interval.low, interval.high))
}

/// The ends of an interval in whole numbers.
pub(super) fn ends(interval: Interval) -> [String; 2] {
    [interval.low, interval.high].map(|end| format!("{end:.0}"))
}

/// What the figure lacks, and what is not in it.
fn notes(page: &BoardPage<'_>, index: &Index) -> AnyView {
    let lang = page.lang;
    let components: Vec<_> = index.instrument.questionnaire.components().collect();
    let missing = index.missing.get(index.instrument.counter_group()).into_iter().flatten();
    // What is withheld may have been answered.
    let missing = missing.filter(|&&c| index.components[c] == Figure::None);
    let names: Vec<_> = missing.map(|&c| components[c].name.get(lang)).collect();
    let partial =
        (!names.is_empty()).then(|| t_args(lang, "board-partial", &[("names", names.join("; "))]));
    let others = page.other_versions.iter().map(|(code, n)| {
        let values = [("n", count(lang, *n)), ("code", code.clone())];
        t_args(lang, "board-other-versions", &values)
    });
    let unmeasured = (index.overall.score().is_none()).then(|| t(lang, "board-overall-unmeasured"));
    let lines = partial.into_iter().chain(others).chain(unmeasured);
    lines.map(|line| view! { <p class="fine">{line}</p> }).collect_view().into_any()
}
