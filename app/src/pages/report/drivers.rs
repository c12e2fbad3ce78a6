//! What pulls the index down most, and how well the questionnaire measures.

use domain::report::{Part, ReliabilityOf};
use leptos::prelude::*;

use super::ReportPage;
use crate::text::{count, decimal, percent, t, t_args};

/// The first items of those with most to gain.
const DRIVERS: usize = 5;

pub(super) fn section(page: &ReportPage<'_>, part: &Part) -> Option<AnyView> {
    let lang = page.lang;
    if part.drivers.is_empty() {
        return None;
    }
    let rows = part.drivers.iter().take(DRIVERS).map(|driver| {
        view! {
            <tr>
                <th scope="row"><span class="no">{driver.code.clone()}</span>" "{super::statement(part, &driver.code, lang)}</th>
                <td class="number">{percent(lang, driver.score)}</td>
                <td class="number strong">{decimal(lang, driver.gain, 2)}</td>
            </tr>
        }
    });
    let view = view! {
        <section class="drivers">
            <h2>{t(lang, "drivers-heading")}</h2>
            <p class="fine">{t(lang, "drivers-why")}</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "items-column")}</th>
                        <th scope="col" class="number">{t(lang, "score-column")}</th>
                        <th scope="col" class="number">{t(lang, "drivers-gain")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    };
    Some(view.into_any())
}

/// Cronbach's alpha, kept when the month was closed.
pub(super) fn reliability(page: &ReportPage<'_>, part: &Part) -> AnyView {
    let lang = page.lang;
    let Some(found) = &part.reliability else {
        return view! { <p>{t(lang, "report-reliability-none")}</p> }.into_any();
    };
    let rows = found.components.iter().map(|one| {
        let number = |number: Option<f64>| {
            number.map_or_else(|| t(lang, "instrument-few"), |number| decimal(lang, number, 2))
        };
        view! {
            <tr>
                <th scope="row"><span class="no">{one.code.clone()}</span>" "{part.text(&one.code, lang).to_owned()}</th>
                <td class="number">{number(one.alpha)}</td>
                <td class="number">{count(lang, one.pairs)}</td>
                <td class="number">{number(one.correlation)}</td>
            </tr>
        }
    });
    view! {
        <p>{between(page, found)}</p>
        <div class="wide" role="region" tabindex="0" aria-label=t(lang, "instrument-heading")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "components-column")}</th>
                        <th scope="col" class="number">{t(lang, "instrument-alpha")}</th>
                        <th scope="col" class="number">{t(lang, "report-pairs")}</th>
                        <th scope="col" class="number">{t(lang, "instrument-correlation")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn between(page: &ReportPage<'_>, found: &ReliabilityOf) -> String {
    let lang = page.lang;
    match found.alpha {
        Some(alpha) => {
            let values = [("score", decimal(lang, alpha, 2)), ("n", count(lang, found.pairs))];
            t_args(lang, "instrument-all", &values)
        }
        None => t(lang, "instrument-all-few"),
    }
}
