//! Targets of the year: how far the year to date is from each, what is to be expected, and the verdict.

use domain::report::{Goal, Goals, Part};
use leptos::prelude::*;

use super::ReportPage;
use super::read::figure;
use crate::figure::cell;
use crate::official::dates;
use crate::pages::targets::table::verdict;
use crate::text::{chance, count, interval, percent, score, signed, t, t_args};

pub(super) fn section(page: &ReportPage<'_>, part: &Part) -> AnyView {
    let lang = page.lang;
    let body = match &part.goals {
        None => view! { <p>{t(lang, "targets-no-target")}</p> }.into_any(),
        Some(goals) => of_year(page, part, goals),
    };
    view! {
        <section class="published">
            <h2>{t(lang, "report-goals-heading")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn of_year(page: &ReportPage<'_>, part: &Part, goals: &Goals) -> AnyView {
    let lang = page.lang;
    let year = [("year", goals.year.to_string())];
    let of = [("list", dates(lang, goals.from, goals.to)), ("n", count(lang, goals.responses))];
    let projected = goals.rows.iter().any(|goal| goal.projection.is_some());
    let labels = Labels {
        baseline: t(lang, "report-baseline"),
        target: t_args(lang, "targets-target", &year),
        current: t(lang, "targets-current"),
        gap: t(lang, "targets-gap"),
        projection: projected.then(|| t(lang, "targets-projection")),
        verdict: t(lang, "targets-verdict"),
    };
    let number = |text: &String| {
        view! { <th scope="col" role="columnheader" class="number">{text.clone()}</th> }
    };
    let mut sources: Vec<&str> =
        goals.rows.iter().filter_map(|goal| goal.source.as_deref()).collect();
    sources.sort_unstable();
    sources.dedup();
    let source = (!sources.is_empty()).then(|| {
        let text = sources.join("; ");
        view! { <p class="fine">{t(lang, "targets-source")}" "<span lang="vi">{text}</span></p> }
    });
    view! {
        <p class="dates">{t_args(lang, "change-now", &of)}</p>
        <table class="cards" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{t(lang, "targets-row")}</th>
                    {number(&labels.baseline)}
                    {number(&labels.target)}
                    {number(&labels.current)}
                    {number(&labels.gap)}
                    {labels.projection.as_ref().map(number)}
                    <th scope="col" role="columnheader">{labels.verdict.clone()}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                {goals.rows.iter().map(|goal| line(page, part, goal, &labels)).collect_view()}
            </tbody>
        </table>
        {source}
        <p class="fine">{t(lang, "targets-method-verdict")}</p>
    }
    .into_any()
}

/// The headings of the columns; on a phone they stand before each figure.
struct Labels {
    baseline: String,
    target: String,
    current: String,
    gap: String,
    /// `None`: nothing is foreseen.
    projection: Option<String>,
    verdict: String,
}

fn line(page: &ReportPage<'_>, part: &Part, goal: &Goal, labels: &Labels) -> AnyView {
    let lang = page.lang;
    let td = |label: &str, content: AnyView| {
        let label = label.to_owned();
        view! { <td role="cell" class="number" data-label=label><div>{content}</div></td> }
    };
    let number = |number: Option<domain::score::Score>| {
        number.map_or_else(|| "–".to_owned(), |number| score(lang, number)).into_any()
    };
    let range = |low: f64, high: f64| view! { <small>{interval(lang, (low, high))}</small> };
    let current = cell(lang, figure(goal.state, goal.current));
    let ends = goal.low.zip(goal.high).map(|(low, high)| range(low, high));
    let projection = goal.projection.map(|foreseen| {
        let chance = foreseen.probability.map(|p| {
            let text = t_args(lang, "targets-chance", &[("percent", chance(lang, p))]);
            view! { <small>{text}</small> }
        });
        view! { {percent(lang, foreseen.score)}{range(foreseen.low, foreseen.high)}{chance} }
            .into_any()
    });
    let projection = projection.unwrap_or_else(|| "–".into_any());
    let gap = goal.gap.map_or("–".to_owned(), |gap| signed(lang, gap));
    let name = match part.text(&goal.code, lang) {
        "" => goal.name.clone(),
        name => name.to_owned(),
    };
    let class = if goal.code.contains('.') { "measured" } else { "measured group" };
    view! {
        <tr role="row" class=class>
            <th scope="row" role="rowheader"><span class="no">{goal.code.clone()}</span>" "{name}</th>
            {td(&labels.baseline, number(goal.baseline))}
            {td(&labels.target, number(goal.target))}
            {td(&labels.current, view! { {current}{ends} }.into_any())}
            {td(&labels.gap, gap.into_any())}
            {labels.projection.as_ref().map(|label| td(label, projection))}
            <td role="cell" data-label=labels.verdict.clone()><div>{verdict(lang, goal.verdict)}</div></td>
        </tr>
    }
    .into_any()
}
