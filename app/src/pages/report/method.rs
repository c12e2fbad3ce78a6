//! How the figures were computed, on what legal ground, by which program, and under which seal.

use domain::report::{ClosedBy, Part};
use leptos::prelude::*;

use super::ReportPage;
use crate::shell::vietnamese;
use crate::text::{t, t_args};

/// Paragraphs that every report carries.
const PARAGRAPHS: [&str; 6] = [
    "method-score-decimals",
    "method-interval-how",
    "method-estimand",
    "targets-method-projection",
    "method-rank",
    "population-why",
];

pub(super) fn section(page: &ReportPage<'_>) -> AnyView {
    let (lang, report) = (page.lang, page.report());
    let versions = report.parts.iter().map(|part| version(page, part));
    let rule = format!("rule-{}-means", report.rule.name());
    let paragraphs = PARAGRAPHS.map(|key| view! { <p>{t(lang, key)}</p> });
    view! {
        <section class="made" id="method">
            <h2>{t(lang, "report-method-heading")}</h2>
            {versions.collect_view()}
            <p>{t(lang, &rule)}" "{t(lang, "method-index")}</p>
            <p>{t(lang, "report-formula")}</p>
            {paragraphs.into_iter().collect_view()}
            <p>{t(lang, "method-legal-open")}</p>
            {seal(page)}
        </section>
    }
    .into_any()
}

fn version(page: &ReportPage<'_>, part: &Part) -> AnyView {
    let lang = page.lang;
    let code = t_args(lang, "method-source", &[("code", part.questionnaire.clone())]);
    let title = super::said(lang, &part.title);
    view! {
        <p>{code}" "{vietnamese(lang, &part.legal)}</p>
        <p class="fine">{title}" – "{t(lang, "report-source")}" "{part.source.get(lang).to_owned()}"; "{part.certainty.get(lang).to_owned()}</p>
    }
    .into_any()
}

/// The moment of a report or seal, `01/10/2026 01:00`; in the form in which it was given if not RFC 3339.
pub(crate) fn moment(text: &str) -> String {
    let parts = text.split_once('T').and_then(|(day, time)| {
        let day = domain::day::parse(day)?;
        Some(format!("{} {}", crate::text::day(day), time.get(..5)?))
    });
    parts.unwrap_or_else(|| text.to_owned())
}

fn seal(page: &ReportPage<'_>) -> AnyView {
    let lang = page.lang;
    let method = &page.report().method;
    let fact =
        |key: &str, value: AnyView| view! { <div><dt>{t(lang, key)}</dt><dd>{value}</dd></div> };
    let sealed = page.edition.seal.as_ref().map(|seal| {
        let by = match seal.by {
            ClosedBy::Schedule => "report-closed-by-schedule",
            ClosedBy::Late => "report-closed-by-late",
            ClosedBy::Person => "report-closed-by-person",
        };
        view! {
            {fact("report-sealed-at", moment(&seal.at).into_any())}
            {fact("report-sealed-by", t(lang, by).into_any())}
            {fact("report-hash", view! { <code>{seal.hash.clone()}</code> }.into_any())}
        }
    });
    let trail = method
        .trail
        .as_ref()
        .map(|head| fact("file-trail", view! { <code>{head.to_string()}</code> }.into_any()));
    view! {
        <dl class="facts seal">
            {fact("report-program", format!("Hài lòng {}", method.program).into_any())}
            {fact("report-made-at", moment(&method.made_at).into_any())}
            {sealed}
            {trail}
        </dl>
        {page.edition.seal.is_some().then(|| view! { <p class="fine">{t(lang, "report-seal-why")}</p> })}
    }
    .into_any()
}
