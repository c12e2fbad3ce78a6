//! The index of the month, large, and in sentences what the report has to say.

use domain::analysis::Comparison;
use domain::document::NoteReason;
use domain::index::Figure;
use domain::report::Part;
use domain::statistics::compare::Direction;
use leptos::prelude::*;

use super::change::not_compared;
use super::read::{components, ends, figure_of, groups};
use super::{ReportPage, month};
use crate::figure::{large, range, words};
use crate::official::dates;
use crate::pages::targets::table::verdict_words;
use crate::text::{count, decimal, percent, score, signed, t, t_args};

pub(super) fn section(page: &ReportPage<'_>, at: usize, part: &Part) -> AnyView {
    let (lang, report) = (page.lang, page.report());
    let figures = &part.figures;
    let Some(group) = groups(figures).next() else { return ().into_any() };
    let figure = figure_of(figures, &group.code, &group.estimate);
    let points: Vec<String> = match figures.responses {
        0 => vec![],
        _ => [
            change(page, &part.since_month, "report-point-month"),
            change(page, &part.since_year, "report-point-year"),
            goal(page, part, &group.code),
            extremes(page, part),
            driver(page, part),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    let points = (!points.is_empty()).then(|| {
        let lines = points.into_iter().map(|line| view! { <li>{line}</li> });
        view! { <h3>{t(lang, "report-points")}</h3><ul class="points">{lines.collect_view()}</ul> }
    });
    let partial = figures
        .notes
        .iter()
        .any(|note| note.about == group.code && note.reason == NoteReason::Partial);
    let class = if figures.responses > 0 { "summary" } else { "summary alone" };
    view! {
        <section class=class id=super::section_id("summary", at)>
            <h2>{t(lang, "board-index-heading")}</h2>
            <p class="dates">{dates(lang, report.from, report.to)}</p>
            {large(lang, figure)}
            {range(lang, figure, ends(&group.estimate))}
            <dl class="numbers">
                <div><dt>{t(lang, "board-responses")}</dt><dd>{count(lang, figures.responses)}</dd></div>
                <div><dt>{t(lang, "report-clusters")}</dt><dd>{count(lang, figures.clusters)}</dd></div>
            </dl>
            {points}
            {partial.then(|| view! { <p class="fine">{t(lang, "report-partial")}</p> })}
            <p class="fine">{t(lang, "board-not-sipas")}" "{t(lang, "board-overall-unmeasured")}</p>
        </section>
    }
    .into_any()
}

/// What the group did since another month, and how sure that is.
fn change(page: &ReportPage<'_>, since: &Comparison, key: &'static str) -> Option<String> {
    let lang = page.lang;
    let than = ("month", month(domain::report::Month::of(since.from)));
    if let Some(reason) = since.reason {
        let why = not_compared(lang, since, reason);
        return Some(t_args(lang, &format!("{key}-none"), &[than, ("why", why)]));
    }
    let row = since.rows.iter().find(|row| !row.code.contains('.'))?;
    let (Some(by), Some(before), Some(low), Some(high)) =
        (row.estimate, row.before, row.low, row.high)
    else {
        return Some(t_args(
            lang,
            &format!("{key}-none"),
            &[than, ("why", t(lang, "direction-none"))],
        ));
    };
    let says = match row.direction {
        Some(Direction::Rising) => "report-says-rising",
        Some(Direction::Falling) => "report-says-falling",
        _ => "report-says-unclear",
    };
    let values = [
        than,
        ("score", percent(lang, before)),
        ("by", signed(lang, by)),
        ("low", signed(lang, low)),
        ("high", signed(lang, high)),
        ("says", t(lang, says)),
    ];
    Some(t_args(lang, key, &values))
}

/// Where the year stands against its target.
fn goal(page: &ReportPage<'_>, part: &Part, group: &str) -> Option<String> {
    let lang = page.lang;
    let goals = part.goals.as_ref()?;
    let goal = goals.rows.iter().find(|goal| goal.code == group)?;
    let target = goal.target?;
    let year = ("year", goals.year.to_string());
    let target = ("target", score(lang, target));
    let verdict = verdict_words(lang, goal.verdict).to_lowercase();
    let Some((current, gap)) = goal.current.zip(goal.gap) else {
        return Some(t_args(lang, "report-point-goal-none", &[year, target]));
    };
    let values = [
        year,
        target,
        ("score", percent(lang, current)),
        ("by", signed(lang, gap)),
        ("says", verdict),
    ];
    Some(t_args(lang, "report-point-goal", &values))
}

/// The highest and the lowest component.
fn extremes(page: &ReportPage<'_>, part: &Part) -> Option<String> {
    let lang = page.lang;
    let mut shown: Vec<_> = components(&part.figures)
        .filter_map(|one| {
            let figure = figure_of(&part.figures, &one.code, &one.estimate);
            matches!(figure, Figure::Shown { .. }).then_some((figure, one))
        })
        .collect();
    shown.sort_by_key(|(figure, _)| figure.score());
    let [(low, lowest), .., (high, highest)] = &shown[..] else { return None };
    let name = |code: &str| part.text(code, lang).to_owned();
    let values = [
        ("high", name(&highest.code)),
        ("highest", words(lang, *high)),
        ("low", name(&lowest.code)),
        ("lowest", words(lang, *low)),
    ];
    (low.score() < high.score()).then(|| t_args(lang, "report-point-extremes", &values))
}

/// The item with most to gain.
fn driver(page: &ReportPage<'_>, part: &Part) -> Option<String> {
    let lang = page.lang;
    let driver = part.drivers.first().filter(|driver| driver.gain > 0.0)?;
    let text = super::statement(part, &driver.code, lang);
    let text = text.trim_end_matches('.').to_owned();
    let values = [("text", text), ("by", decimal(lang, driver.gain, 2))];
    Some(t_args(lang, "report-point-driver", &values))
}
