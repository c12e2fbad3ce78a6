//! Any two months of a unit side by side, as of now.

use std::collections::BTreeMap;

use domain::analysis::{Comparison, NotCompared};
use domain::document::Document;
use domain::questionnaire::{Lang, Text};
use domain::report::{Break, MonthFigures, MonthsCompared};
use domain::unit::Kind;
use jiff::civil::Date;
use leptos::prelude::*;

use super::change::named;
use super::cover::status;
use super::list::chooser;
use super::month;
use super::read::{ends, figure_of, groups};
use crate::figure::{large, range};
use crate::official::{Head, Tab, bar, head, skip, tabs, tail};
use crate::pages::analysis::change::{CHANGE, Words, table};
use crate::shell::{Assets, document, html, simulated_banner};
use crate::text::{capital, count, day, other, t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct ComparePage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub kind: Kind,
    /// Code and name of each unit above, from the top down to the parent.
    pub path: &'a [(String, String)],
    /// The unit's last day, where it has ended.
    pub closed_on: Option<Date>,
    pub compared: &'a MonthsCompared,
    /// Names of groups and components by their code.
    pub texts: &'a BTreeMap<String, Text>,
}

/// The document.
pub fn compare(page: &ComparePage<'_>) -> String {
    let (lang, compared) = (page.lang, page.compared);
    html(|| {
        let of = [
            ("unit", compared.unit.name.clone()),
            ("low", month(compared.before.month)),
            ("high", month(compared.after.month)),
        ];
        let unit = Head {
            lang,
            unit: &compared.unit.name,
            kind: page.kind,
            path: page.path,
            closed_on: page.closed_on,
        };
        let code = &compared.unit.code;
        let (before, after) = (compared.before.month, compared.after.month);
        let link =
            format!("/reports/{code}/compare?a={before}&b={after}{}", tail(other(lang), '&'));
        let breaks = compared.breaks.iter().map(|found| {
            let key = match found.why {
                Break::Questionnaire => "trend-break-questionnaire",
                Break::Unit => "trend-break-unit",
            };
            view! { <p class="fine broken">{t_args(lang, key, &[("day", day(found.on))])}</p> }
        });
        let body = view! {
            {skip(lang)}
            {bar(lang, link, None)}
            {simulated_banner(lang, compared.simulated, "simulated-report")}
            <main id="content">
                {head(&unit)}
                {tabs(lang, code, Tab::Report)}
                <h2 class="title">{t_args(lang, "compare-heading", &of)}</h2>
                <section class="choose">
                    <h3>{t(lang, "compare-choose")}</h3>
                    {chooser(lang, code, &compared.months, before, after)}
                </section>
                <div class="two">
                    {side(page, &compared.before, "compare-before")}
                    {side(page, &compared.after, "compare-after")}
                </div>
                <section class="compared">
                    <h2>{t(lang, "change-by")}</h2>
                    {differences(page)}
                    {breaks.collect_view()}
                </section>
            </main>
            <footer><p>{t(lang, "compare-as-now")}</p><p>{t(lang, "why-not-sipas")}</p></footer>
        };
        let title = t_args(lang, "compare-title", &of);
        document(lang, title, page.assets.main_css.clone(), "compare", None, body.into_any())
    })
}

const MONTHS: Words = Words { before: "compare-before", after: "compare-after", ..CHANGE };

/// The comparison of each version, or why there is none.
fn differences(page: &ComparePage<'_>) -> AnyView {
    let (lang, compared) = (page.lang, page.compared);
    if compared.before.month == compared.after.month {
        return view! { <p>{t(lang, "compare-same")}</p> }.into_any();
    }
    let parts = compared.comparisons.iter().map(|one| difference(page, one));
    let said = compared.comparisons.iter().any(|one| one.reason.is_none());
    let why = said.then(|| view! { <p class="fine">{t(lang, "analysis-method-change")}</p> });
    view! { {parts.collect_view()}{why} }.into_any()
}

fn difference(page: &ComparePage<'_>, one: &Comparison) -> AnyView {
    let (lang, compared) = (page.lang, page.compared);
    let empty = [&compared.before, &compared.after].into_iter().find(|of| of.responses == 0);
    if let (Some(NotCompared::NoAnswers), Some(empty)) = (one.reason, empty) {
        let of = [("month", month(empty.month))];
        let why = t_args(lang, "report-not-compared-no-answers", &of);
        return view! { <p>{capital(&why)}"."</p> }.into_any();
    }
    let name = |code: &str| {
        page.texts.get(code).map_or_else(String::new, |text| text.get(lang).to_owned())
    };
    table(lang, &named(one, name), &MONTHS)
}

/// One of the months, large.
fn side(page: &ComparePage<'_>, of: &MonthFigures, key: &str) -> AnyView {
    let lang = page.lang;
    let link = format!("/reports/{}/{}{}", page.compared.unit.code, of.month, tail(lang, '?'));
    let name = t_args(lang, "reports-month", &[("month", month(of.month))]);
    let figures = of.figures.iter().map(|document| figures(page, document, of.figures.len() > 1));
    view! {
        <section class="summary">
            <p class="fine">{t(lang, key)}</p>
            <h2><a href=link>{name}</a>" "{status(lang, of.status)}</h2>
            {figures.collect_view()}
            <dl class="numbers">
                <div><dt>{t(lang, "board-responses")}</dt><dd>{count(lang, of.responses)}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

fn figures(page: &ComparePage<'_>, document: &Document, several: bool) -> Option<AnyView> {
    let lang = page.lang;
    let group = groups(document).next()?;
    let figure = figure_of(document, &group.code, &group.estimate);
    let code = several.then(|| view! { <h3>{document.questionnaire.clone()}</h3> });
    let view = view! {
        {code}
        {large(lang, figure)}
        {range(lang, figure, ends(&group.estimate))}
    };
    Some(view.into_any())
}
