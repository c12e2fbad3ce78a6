//! The head and the foot of an official document, on paper alone, and the state of the report.
//!
//! The layout is that of Nghị định 30/2020/NĐ-CP as far as a page of the web can follow it; number,
//! place and day are left to be filled in by whoever signs.

use domain::questionnaire::Lang;
use domain::report::Status;
use leptos::prelude::*;

use super::ReportPage;
use super::letter::{self, Agency};
use super::method::moment;
use crate::official::tail;
use crate::text::{count, day, t, t_args};

pub(super) fn head(page: &ReportPage<'_>) -> AnyView {
    let (lang, unit) = (page.lang, &page.report().unit);
    let Agency { above, own } = letter::agency(unit, lang);
    let above = above.into_iter().map(|line| view! { <p>{line}</p> });
    let own = own.into_iter().map(|line| view! { <p class="issued-by">{line}</p> });
    let first = page.report().month.first();
    let of = [("year", first.year().to_string())];
    let of = t_args(lang, &format!("file-month-{}", first.month()), &of);
    let subject = t_args(lang, "file-about", &[("month", of)]);
    view! {
        <div class="cover">
            <div class="issuer">
                {above.collect_view()}
                {own.collect_view()}
                <p class="number-of">{letter::number(unit, lang)}</p>
            </div>
            <div class="state-of">
                <p class="country">{t(lang, "file-nation")}</p>
                <p class="motto">{t(lang, "file-motto")}</p>
                <p class="place">{letter::place_and_day(unit, lang)}</p>
            </div>
            <p class="kind-of">{t(lang, "file-kind")}</p>
            <p class="subject">{subject}</p>
            <p class="not-sipas">{t(lang, "report-not-sipas")}</p>
        </div>
    }
    .into_any()
}

pub(super) fn foot(page: &ReportPage<'_>) -> AnyView {
    let lang = page.lang;
    let recipients = letter::recipients(&page.report().unit, lang);
    let recipients = recipients.into_iter().map(|line| view! { <li>{line}</li> });
    let [signer, name] = letter::signer(lang);
    view! {
        <div class="signature">
            <div>
                <p class="to">{t(lang, "file-recipients")}</p>
                <ul>{recipients.collect_view()}</ul>
            </div>
            <div>
                <p class="head-of">{signer}</p>
                <p class="sign"><i>{t(lang, "file-signature")}</i></p>
                <p class="signed-by">{name}</p>
            </div>
        </div>
    }
    .into_any()
}

/// The word of a state with its mark; the colour only repeats it.
pub(super) fn status(lang: Lang, status: Status) -> AnyView {
    let mark = match status {
        Status::Open => "…",
        Status::Due => "◷",
        Status::Sealed => "✓",
        Status::Corrected => "✎",
        Status::Broken => "✗",
    };
    let class = format!("status {}", status.name());
    let words = t(lang, &format!("report-status-{}", status.name()));
    view! { <span class=class><span aria-hidden="true">{mark}</span>" "{words}</span> }.into_any()
}

/// Whether the figures are final, and what goes beside them.
pub(super) fn state(page: &ReportPage<'_>) -> AnyView {
    let (lang, edition) = (page.lang, page.edition);
    let report = page.report();
    let state = edition.status();
    let text = match (&edition.seal, state) {
        (Some(seal), Status::Corrected) => {
            t_args(lang, "report-state-sealed-before", &[("time", moment(&seal.at))])
        }
        (Some(seal), _) => t_args(lang, "report-state-sealed", &[("time", moment(&seal.at))]),
        (None, Status::Open) => t_args(lang, "report-state-open", &[("day", day(report.to))]),
        (None, _) if report.responses == 0 => t(lang, "report-state-empty"),
        (None, _) => t(lang, "report-state-due"),
    };
    let more = edition.correction.as_ref().map(|correction| {
        let text = t_args(lang, "report-state-corrected", &[("n", count(lang, correction.more))]);
        view! { " "<a href="#correction">{text}</a> }
    });
    let changed = report.unit.opened.then_some(report.unit.valid_from).flatten().map(|first| {
        view! { <p>{t_args(lang, "report-unit-opened", &[("day", day(first))])}</p> }
    });
    view! {
        <div class="closed sealing">
            <p>{status(lang, state)}" "{text}{more}</p>
            {changed}
            {kin(page, "board-predecessors", &report.unit.predecessors)}
            {kin(page, "board-successors", &report.unit.successors)}
        </div>
    }
    .into_any()
}

/// Units that this one continues, or that continue it.
fn kin(page: &ReportPage<'_>, key: &str, units: &[domain::report::Named]) -> Option<AnyView> {
    let lang = page.lang;
    (!units.is_empty()).then(|| {
        let month = page.report().month;
        let links = units.iter().enumerate().map(|(at, unit)| {
            let link = format!("/reports/{}/{month}{}", unit.code, tail(lang, '?'));
            let name = match page.on_site() {
                true => view! { <a href=link lang="vi">{unit.name.clone()}</a> }.into_any(),
                false => view! { <span lang="vi">{unit.name.clone()}</span> }.into_any(),
            };
            view! { {(at > 0).then_some(", ")}{name} }
        });
        view! { <p class="kin">{t(lang, key)}" "{links.collect_view()}</p> }.into_any()
    })
}
