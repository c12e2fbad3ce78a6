//! How everything is computed, and what the figures do not say.

use domain::questionnaire::{Lang, Questionnaire};
use leptos::prelude::*;

use crate::official::{bar, skip, tail};
use crate::shell::{Assets, document, html, vietnamese};
use crate::text::{other, t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct MethodPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// The questionnaire asked today.
    pub questionnaire: &'a Questionnaire,
}

/// Headings and the paragraphs below each.
const SECTIONS: [(&str, &[&str]); 7] = [
    ("method-what", &["method-what-asked", "method-estimand", "why-not-sipas"]),
    ("method-score", &["method-score-rules", "method-index", "method-score-decimals"]),
    (
        "method-interval",
        &["method-interval-how", "method-interval-when", "method-interval-coverage"],
    ),
    (
        "method-target",
        &["targets-method-verdict", "targets-method-projection", "method-target-entered"],
    ),
    ("method-compare", &["analysis-method-change", "method-rank", "method-population"]),
    ("method-instrument", &["instrument-means"]),
    ("method-shown", &["method-shown-why", "method-release"]),
];

/// The document.
pub fn method(page: &MethodPage<'_>) -> String {
    let lang = page.lang;
    html(|| {
        let title = t(lang, "method-title");
        let sections = SECTIONS.iter().map(|(heading, paragraphs)| {
            let paragraphs = paragraphs.iter().map(|key| view! { <p>{t(lang, key)}</p> });
            view! {
                <section>
                    <h2>{t(lang, heading)}</h2>
                    {paragraphs.collect_view()}
                </section>
            }
        });
        let code = page.questionnaire.code.clone();
        let source = t_args(lang, "method-source", &[("code", code)]);
        let link = format!("/method{}", tail(other(lang), '?'));
        let body = view! {
            {skip(lang)}
            {bar(lang, link, None)}
            <main id="content">
                <h1>{title.clone()}</h1>
                {sections.collect_view()}
                <section>
                    <h2>{t(lang, "method-legal")}</h2>
                    <p>{source}" "{vietnamese(lang, &page.questionnaire.legal)}</p>
                    <p>{t(lang, "method-legal-open")}</p>
                </section>
            </main>
        };
        document(lang, title, page.assets.main_css.clone(), "method", None, body.into_any())
    })
}
