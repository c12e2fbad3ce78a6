//! What stands beside the figures of a month: answers and dossiers that came in after the seal, and the
//! same month under other borders.

use domain::document::Document;
use domain::questionnaire::Lang;
use domain::report::{Borders, CorrectedPart, Correction, Edition, Month};
use leptos::prelude::*;

use super::ReportPage;
use super::read::{ends, figure_of, groups};
use crate::figure::cell;
use crate::text::{count, day, decimal, interval, percent, t, t_args};

/// Both, where there are any.
pub(super) fn section(page: &ReportPage<'_>) -> AnyView {
    let later = dossiers_later(page.edition, page.lang).map(|says| {
        view! {
            <section class="correction" id="dossiers-later">
                <h2>{t(page.lang, "report-dossiers-heading")}</h2>
                <p>{says}</p>
            </section>
        }
    });
    view! { {responses(page)}{later} }.into_any()
}

/// What became of the number of dossiers after the seal, in words.
pub fn dossiers_later(edition: &Edition, lang: Lang) -> Option<String> {
    let now = edition.dossiers.as_ref()?;
    let sealed = edition.report.population.as_ref();
    let missing = match now.missing {
        0 => t(lang, "report-dossiers-enough"),
        n => t_args(lang, "report-dossiers-missing", &[("n", count(lang, n))]),
    };
    let says = t_args(
        lang,
        if sealed.is_some() { "report-dossiers-changed" } else { "report-dossiers-added" },
        &[
            ("sealed", sealed.map_or_else(String::new, |of| count(lang, of.dossiers))),
            ("dossiers", count(lang, now.dossiers)),
            ("percent", decimal(lang, now.rate, 1)),
            ("error", decimal(lang, 100.0 * now.error, 0)),
            ("needed", count(lang, now.needed)),
        ],
    );
    Some(format!("{says} {missing}"))
}

/// That an earlier month is compared with answers that its own sealed report did not have yet.
pub fn late_says(lang: Lang, month: Month, late: u64) -> Option<String> {
    let values = [("n", count(lang, late)), ("month", super::month(month))];
    (late > 0).then(|| t_args(lang, "report-late", &values))
}

fn responses(page: &ReportPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let correction: &Correction = page.edition.correction.as_ref()?;
    let parts = correction.parts.iter().map(|part| one(page, part));
    let more = t_args(lang, "report-correction-more", &[("n", count(lang, correction.more))]);
    let view = view! {
        <section class="correction" id="correction">
            <h2>{t(lang, "report-correction-heading")}</h2>
            <p>{more}</p>
            {parts.collect_view()}
        </section>
    };
    Some(view.into_any())
}

fn one(page: &ReportPage<'_>, part: &CorrectedPart) -> AnyView {
    let lang = page.lang;
    let texts = page.report().parts.iter().find(|p| p.questionnaire == part.questionnaire);
    let score = |score: Option<f64>| score.map_or("–".to_owned(), |score| percent(lang, score));
    let rows = part.rows.iter().map(|row| {
        let name = texts.map_or("", |texts| texts.text(&row.code, lang));
        let name = if name.is_empty() { row.name.clone() } else { name.to_owned() };
        let class = if row.code.contains('.') { "measured" } else { "measured group" };
        view! {
            <tr class=class>
                <th scope="row"><span class="no">{row.code.clone()}</span>" "{name}</th>
                <td class="number">{score(row.sealed)}</td>
                <td class="number">{score(row.now)}</td>
            </tr>
        }
    });
    let counts = [
        ("code", part.questionnaire.clone()),
        ("low", count(lang, part.sealed)),
        ("high", count(lang, part.now)),
    ];
    let counts = t_args(lang, "report-correction-responses", &counts);
    if part.rows.is_empty() {
        return view! { <p>{counts}" "{t(lang, "report-correction-few")}</p> }.into_any();
    }
    let some = part.rows.iter().any(|row| row.now.is_none() && row.sealed.is_some());
    view! {
        <p>{counts}</p>
        {some.then(|| view! { <p class="fine">{t(lang, "report-correction-some")}</p> })}
        <table>
            <thead>
                <tr>
                    <th scope="col">{t(lang, "components-column")}</th>
                    <th scope="col" class="number">{t(lang, "report-as-sealed")}</th>
                    <th scope="col" class="number">{t(lang, "report-as-now")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// The month of a merger: each unit as it was, and what is the unit's today.
pub(super) fn borders(page: &ReportPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let borders: &Borders = page.report().borders.as_ref()?;
    let before = borders.predecessors.iter().flat_map(|before| {
        let name = match before.to {
            Some(to) => {
                let values = [("unit", before.unit.name.clone()), ("day", day(to))];
                t_args(lang, "report-borders-before", &values)
            }
            None => before.unit.name.clone(),
        };
        before.figures.iter().map(move |figures| row(page, name.clone(), figures))
    });
    let unit = &page.report().unit.name;
    let own = page.report().parts.iter().filter(|part| part.figures.responses > 0).map(|part| {
        row(page, t_args(lang, "report-borders-own", &[("unit", unit.clone())]), &part.figures)
    });
    let now = borders.now.iter().map(|figures| {
        row(page, t_args(lang, "report-borders-now", &[("unit", unit.clone())]), figures)
    });
    let view = view! {
        <section class="borders">
            <h2>{t(lang, "report-borders-heading")}</h2>
            <p class="fine">{t(lang, "report-borders-why")}</p>
            <div class="wide" role="region" tabindex="0" aria-label=t(lang, "report-borders-heading")>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t(lang, "report-borders-column")}</th>
                            <th scope="col">{t(lang, "report-questionnaire")}</th>
                            <th scope="col" class="number">{t(lang, "responses-column")}</th>
                            <th scope="col" class="number">{t(lang, "index-column")}</th>
                        </tr>
                    </thead>
                    <tbody>{before.collect_view()}{own.collect_view()}{now.collect_view()}</tbody>
                </table>
            </div>
        </section>
    };
    Some(view.into_any())
}

fn row(page: &ReportPage<'_>, name: String, figures: &Document) -> AnyView {
    let lang = page.lang;
    let group = groups(figures).next();
    let figure = group.map(|group| {
        let interval =
            ends(&group.estimate).map(|ends| view! { <small>{interval(lang, ends)}</small> });
        view! { {cell(lang, figure_of(figures, &group.code, &group.estimate))}{interval} }
    });
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{figures.questionnaire.clone()}</td>
            <td class="number">{count(lang, figures.responses)}</td>
            <td class="number">{figure}</td>
        </tr>
    }
    .into_any()
}
