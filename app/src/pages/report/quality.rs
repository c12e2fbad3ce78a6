//! What is to be known of the answers themselves: where they came from, what they leave open, what is to
//! be looked into, and how many comments there are.

use domain::report::{Flag, FlagKind, SUSPICIOUS};
use leptos::prelude::*;

use super::ReportPage;
use super::drivers::reliability;
use crate::text::{count, decimal, t, t_args};

pub(super) fn section(page: &ReportPage<'_>) -> AnyView {
    let (lang, report) = (page.lang, page.report());
    let quality = &report.quality;
    let share = |n: u64, of: u64| {
        let percent = 100.0 * n as f64 / of.max(1) as f64;
        let values = [("n", count(lang, n)), ("percent", decimal(lang, percent, 1))];
        t_args(lang, "report-share", &values)
    };
    let fact = |text: String, value: String| view! { <div><dt>{text}</dt><dd>{value}</dd></div> };
    let channels = quality.channels.iter().map(|one| {
        let name = t(lang, &format!("channel-{}", one.channel.name()));
        fact(name, share(one.responses, report.responses))
    });
    let answers = quality.valid + quality.not_applicable;
    let applicable = (answers > 0)
        .then(|| fact(t(lang, "report-not-applicable"), share(quality.not_applicable, answers)));
    let simulated = (quality.simulated > 0)
        .then(|| fact(t(lang, "report-simulated"), share(quality.simulated, report.responses)));
    let flags = (!quality.flags.is_empty()).then(|| {
        let lines = quality.flags.iter().map(|flag| view! { <li>{sentence(page, flag)}</li> });
        view! {
            <div class="findings">
                <h3>{t(lang, "report-flags")}</h3>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
    });
    let comments = match report.comments {
        0 => t(lang, "report-comments-none"),
        n => t_args(lang, "report-comments", &[("n", count(lang, n))]),
    };
    let reliable = report.parts.iter().filter(|part| part.figures.responses > 0).map(|part| {
        let several = report.parts.len() > 1;
        let of = several.then(|| format!(" – {}", part.questionnaire));
        view! { <h3>{t(lang, "instrument-heading")}{of}</h3>{reliability(page, part)} }
    });
    view! {
        <section class="quality">
            <h2>{t(lang, "report-quality-heading")}</h2>
            <p>{comments}</p>
            <dl class="facts">
                {channels.collect_view()}
                {applicable}
                {simulated}
            </dl>
            {flags}
            {reliable.collect_view()}
        </section>
    }
    .into_any()
}

fn sentence(page: &ReportPage<'_>, flag: &Flag) -> String {
    let lang = page.lang;
    let (score, least) = SUSPICIOUS;
    match flag.kind {
        FlagKind::Few => t(lang, "report-flag-few"),
        FlagKind::TooGood => {
            let values = [
                ("unit", flag.name.clone()),
                ("score", decimal(lang, score, 0)),
                ("n", count(lang, least)),
            ];
            t_args(lang, "report-flag-too-good", &values)
        }
    }
}
