//! The target review: baseline, target, where a unit stands, how sure that is, and whether it will do.
//!
//! What was entered and what is measured stand side by side and look different. What of an entered table
//! does not follow from its own rows is named and left as it is.

mod both_rules;
mod findings;
mod summary;
pub(crate) mod table;

use domain::questionnaire::{Lang, Rule};
use domain::review::Review;
use domain::target::IndexName;
use domain::unit::Kind;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::official::{
    Head, Tab, bar, choice, choices, head, method_link, rules, skip, tabs, tail,
};
use crate::shell::{Assets, document, html, simulated_banner};
use crate::text::{count, other, t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct TargetsPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// Name of the unit.
    pub unit: &'a str,
    pub kind: Kind,
    /// The unit's last day, where it has ended.
    pub closed_on: Option<Date>,
    /// Code and name of each unit above, from the top down to the parent.
    pub path: &'a [(String, String)],
    pub review: &'a Review,
    /// The same by the other rule.
    pub by_other: Option<&'a Review>,
    /// Further questionnaire versions of the year, with their responses: never mixed.
    pub others: &'a [(String, u64)],
    /// The questionnaire that was asked for, where it is not the newest.
    pub chosen: Option<&'a str>,
    pub simulated: bool,
    /// The visitor may enter the figures of the unit.
    pub enters: bool,
}

impl TargetsPage<'_> {
    /// The address of the page with another year, rule or language.
    fn link(&self, year: i16, rule: Rule, lang: Lang) -> String {
        let lang = tail(lang, '&');
        // Another year was asked with other questionnaires.
        let chosen = self.chosen.filter(|_| year == self.review.year);
        let chosen = chosen.map(|code| format!("&questionnaire={code}")).unwrap_or_default();
        format!("/targets/{}/{year}?rule={}{chosen}{lang}", self.review.unit, rule.name())
    }
}

/// The document.
pub fn targets(page: &TargetsPage<'_>) -> String {
    let (lang, review) = (page.lang, page.review);
    let year = review.year.to_string();
    html(|| {
        let title = t_args(
            lang,
            "targets-title",
            &[("unit", page.unit.to_owned()), ("year", year.clone())],
        );
        let link = page.link(review.year, review.rule, other(lang));
        let unit = Head {
            lang,
            unit: page.unit,
            kind: page.kind,
            path: page.path,
            closed_on: page.closed_on,
        };
        let heading = t_args(lang, "targets-heading", &[("year", year)]);
        let body = view! {
            {skip(lang)}
            {bar(lang, link, None)}
            {simulated_banner(lang, page.simulated, "simulated-targets")}
            <main id="content">
                {head(&unit)}
                {tabs(lang, &review.unit, Tab::Targets)}
                <h2 class="title">{heading}</h2>
                {controls(page)}
                {entering(page)}
                {others(page)}
                {summary::section(page)}
                {IndexName::ALL.map(|index| table::section(page, index)).into_iter().collect_view()}
                {both_rules::section(page)}
            </main>
            <footer>
                <h2>{t(lang, "method-heading")}</h2>
                <p>{t(lang, "targets-method-verdict")}</p>
                <p>{t(lang, "targets-method-projection")}</p>
                <p>{t(lang, "why-not-sipas")}</p>
                <p>{method_link(lang)}</p>
            </footer>
        };
        document(lang, title, page.assets.main_css.clone(), "targets", None, body.into_any())
    })
}

/// Other years, and the two rules.
fn controls(page: &TargetsPage<'_>) -> AnyView {
    let (lang, review) = (page.lang, page.review);
    let years = [-1, 0, 1].map(|step| {
        let year = review.year + step;
        choice(page.link(year, review.rule, lang), year.to_string(), step == 0)
    });
    view! {
        <div class="controls">
            {choices(t(lang, "targets-year"), years.into())}
            {rules(lang, review.rule, |rule| page.link(review.year, rule, lang))}
        </div>
    }
    .into_any()
}

/// The way to the page where the table is entered.
fn entering(page: &TargetsPage<'_>) -> Option<AnyView> {
    let (lang, review) = (page.lang, page.review);
    page.enters.then(|| {
        let link = format!("/admin/targets/{}/{}{}", review.unit, review.year, tail(lang, '?'));
        view! { <p><a class="button" href=link>{t(lang, "entry-open")}</a></p> }.into_any()
    })
}

/// Questionnaires that the year was also asked with, each on a page of its own.
fn others(page: &TargetsPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let newest = TargetsPage { chosen: None, ..page.clone() };
    let here = newest.link(page.review.year, page.review.rule, lang);
    (!page.others.is_empty()).then(|| {
        let lines = page.others.iter().map(|(code, n)| {
            let text = [("n", count(lang, *n)), ("code", code.clone())];
            let link = format!("{here}&questionnaire={code}");
            view! { <p><a href=link>{t_args(lang, "board-other-versions", &text)}</a></p> }
        });
        view! { <div class="closed">{lines.collect_view()}</div> }.into_any()
    })
}

#[cfg(test)]
mod tests;
