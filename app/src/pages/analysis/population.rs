//! Responses against dossiers: how many answered, how many would be needed, how many are missing.

use domain::analysis::PopulationDocument;
use domain::questionnaire::Lang;
use leptos::prelude::*;

use crate::text::{count, decimal, t, t_args};

/// The months that have a number of dossiers are said but for a page of one month, which names it itself.
pub(crate) fn section(lang: Lang, of: Option<&PopulationDocument>, one_month: bool) -> AnyView {
    let Some(of) = of else {
        return view! {
            <section class="population">
                <h2>{t(lang, "population-heading")}</h2>
                <p>{t(lang, "population-none")}</p>
            </section>
        }
        .into_any();
    };
    let month = |month: &String| {
        let (year, month) = month.split_once('-').unwrap_or(("", month));
        format!("{month}/{year}")
    };
    let months = (!one_month).then(|| {
        let months = match (of.months.first(), of.months.last()) {
            (Some(first), Some(last)) if first != last => {
                t_args(lang, "range", &[("low", month(first)), ("high", month(last))])
            }
            (Some(only), _) => month(only),
            _ => String::new(),
        };
        let text = t_args(lang, "population-months", &[("list", months)]);
        view! { <p class="dates">{text}</p> }
    });
    let line =
        |key: &str, value: String| view! { <div><dt>{t(lang, key)}</dt><dd>{value}</dd></div> };
    let needed = |needed: u64, missing: u64| match missing {
        0 => t_args(lang, "population-enough", &[("n", count(lang, needed))]),
        _ => t_args(
            lang,
            "population-missing",
            &[("n", count(lang, needed)), ("to", count(lang, missing))],
        ),
    };
    let by_width = of.needed_for_half_width.zip(of.missing_for_half_width).map(|(n, missing)| {
        let key = t_args(lang, "population-width", &[("n", decimal(lang, of.half_width, 0))]);
        view! { <div><dt>{key}</dt><dd>{needed(n, missing)}</dd></div> }
    });
    let corrected = of.corrected.map(|ends| {
        let [low, high] = [ends.low, ends.high].map(|end| decimal(lang, end, 2));
        line("population-corrected", t_args(lang, "range", &[("low", low), ("high", high)]))
    });
    let error =
        t_args(lang, "population-error", &[("percent", decimal(lang, 100.0 * of.error, 0))]);
    view! {
        <section class="population">
            <h2>{t(lang, "population-heading")}</h2>
            {months}
            <dl class="facts">
                {line("population-dossiers", count(lang, of.dossiers))}
                {line("board-responses", count(lang, of.responses))}
                {line("population-rate", format!("{} %", decimal(lang, of.rate, 1)))}
                <div><dt>{error}</dt><dd>{needed(of.needed, of.missing)}</dd></div>
                {by_width}
                {corrected}
            </dl>
            {(!of.whole).then(|| view! { <p>{t(lang, "population-part")}</p> })}
            <p class="fine">{t(lang, "population-why")}</p>
        </section>
    }
    .into_any()
}
