//! The start page: what this is, a field for the code under a QR, and the boards one may read.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use crate::shell::{Assets, document, html, simulated_banner};
use crate::text::t;

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct HomePage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub simulated: bool,
    /// Code and name of each unit whose board the visitor may read.
    pub boards: Vec<(String, String)>,
}

/// The document.
pub fn home(page: &HomePage<'_>) -> String {
    let lang = page.lang;
    html(|| {
        let body = view! {
            <main>
                <h1>{t(lang, "app-name")}</h1>
                <p>{t(lang, "home-what")}</p>
            </main>
        };
        document(lang, t(lang, "app-name"), page.assets.main_css.clone(), "home", None, body.into_any())
    })
}
