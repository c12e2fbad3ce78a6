//! What changed since the month before and since the same month of the year before.

use domain::analysis::{Comparison, NotCompared};
use domain::questionnaire::Lang;
use domain::report::{Month, Part};
use leptos::prelude::*;

use super::correction::late_says;
use super::{ReportPage, month};
use crate::pages::analysis::change::{CHANGE, table};
use crate::text::{capital, t, t_args};

pub(super) fn section(page: &ReportPage<'_>, part: &Part) -> AnyView {
    let lang = page.lang;
    let compared = [&part.since_month, &part.since_year].iter().any(|since| since.reason.is_none());
    view! {
        <section class="compared">
            <h2>{t(lang, "report-change-heading")}</h2>
            {against(page, part, (&part.since_month, page.report().late.month), "report-since-month")}
            {against(page, part, (&part.since_year, page.report().late.year), "report-since-year")}
            {compared.then(|| view! { <p class="fine">{t(lang, "analysis-method-change")}</p> })}
        </section>
    }
    .into_any()
}

fn against(
    page: &ReportPage<'_>,
    part: &Part,
    (since, late): (&Comparison, u64),
    key: &'static str,
) -> AnyView {
    let lang = page.lang;
    let before = Month::of(since.from);
    let heading = t_args(lang, key, &[("month", month(before))]);
    let late = late_says(lang, before, late).map(|says| view! { <p class="fine">{says}</p> });
    let compared = match since.reason {
        Some(reason) => {
            view! { <p>{capital(&not_compared(lang, since, reason))}"."</p> }.into_any()
        }
        None => table(lang, &named(since, |code| part.text(code, lang).to_owned()), &CHANGE),
    };
    view! {
        <div class="against">
            <h3>{heading}</h3>
            {compared}
            {late}
        </div>
    }
    .into_any()
}

/// Why the month could not be compared with an earlier one. Where one has no answers it is the earlier:
/// a month without any has neither this section nor these sentences.
pub(super) fn not_compared(lang: Lang, since: &Comparison, reason: NotCompared) -> String {
    let than = ("month", month(Month::of(since.from)));
    t_args(lang, &format!("report-not-compared-{}", reason.name()), &[than])
}

/// A comparison with its rows in the reader's language.
pub(super) fn named(compared: &Comparison, name: impl Fn(&str) -> String) -> Comparison {
    let mut named = compared.clone();
    for row in &mut named.rows {
        let words = name(&row.code);
        if !words.is_empty() {
            row.name = words;
        }
    }
    named
}
