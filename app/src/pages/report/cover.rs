//! The head and the foot of an official document, on paper alone, and the state of the report.
//!
//! The layout is that of Nghị định 30/2020/NĐ-CP as far as a page of the web can follow it; number,
//! place and day are left to be filled in by whoever signs.

use domain::questionnaire::Lang;
use domain::report::Status;
use leptos::prelude::*;

use super::ReportPage;
use super::method::moment;
use crate::official::tail;
use crate::text::{count, day, t, t_args};

pub(super) fn head(page: &ReportPage<'_>) -> AnyView {
    let (lang, unit) = (page.lang, &page.report().unit);
    let above =
        unit.path.last().map(|above| view! { <p lang="vi">{above.name.to_uppercase()}</p> });
    let first = page.report().month.first();
    let of = [("year", first.year().to_string())];
    let of = t_args(lang, &format!("file-month-{}", first.month()), &of);
    let subject = t_args(lang, "file-about", &[("month", of)]);
    let place = t_args(lang, "file-place-day", &[("place", "…………".to_owned())]);
    view! {
        <div class="cover">
            <div class="issuer">
                {above}
                <p class="issued-by" lang="vi">{unit.name.to_uppercase()}</p>
                <p>{t(lang, "report-number")}</p>
            </div>
            <div class="state-of">
                <p class="country">{t(lang, "file-nation")}</p>
                <p class="motto">{t(lang, "file-motto")}</p>
                <p class="place">{place}</p>
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
    let above = page.report().unit.path.last().map(|above| {
        let above = [("unit", above.name.clone())];
        view! { <li>{t_args(lang, "file-recipients-above", &above)}</li> }
    });
    view! {
        <div class="signature">
            <div>
                <p><i>{t(lang, "file-recipients")}</i></p>
                <ul>{above}<li>{t(lang, "file-recipients-kept")}</li></ul>
            </div>
            <div>
                <p class="head-of">{t(lang, "file-signer")}</p>
                <p class="sign"><i>{t(lang, "file-signature")}</i></p>
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
