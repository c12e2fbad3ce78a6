//! The page after the answers were stored.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use crate::shell::{Assets, document, html, place, simulated_banner};
use crate::text::t;

/// What the page is made of.
#[derive(Clone, Copy, Debug)]
pub struct ThanksPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// Canonical code of the point.
    pub code: &'a str,
    pub point: &'a str,
    pub unit: &'a str,
    /// The server sends this page back to the start by itself; said here.
    pub kiosk: bool,
    pub simulated: bool,
    /// A repeat with other answers: the first ones were kept.
    pub kept_first: bool,
}

/// The document.
pub fn thanks(page: &ThanksPage<'_>) -> String {
    let lang = page.lang;
    let stored = if page.kept_first { "thanks-kept-first" } else { "thanks-stored" };
    let title = format!("{} – {}", t(lang, "thanks-heading"), page.point);
    html(|| {
        let body = view! {
            <header>{place(lang, page.unit, page.point)}</header>
            {simulated_banner(lang, page.simulated, "simulated-citizen")}
            <main>
                <h1>{t(lang, "thanks-heading")}</h1>
                <p>{t(lang, stored)}</p>
                <p>{t(lang, "thanks-use")}</p>
                {ending(page)}
            </main>
        };
        document(lang, title, page.assets.citizen_css.clone(), "thanks", None, body.into_any())
    })
}

fn ending(page: &ThanksPage<'_>) -> AnyView {
    let lang = page.lang;
    if !page.kiosk {
        return view! { <p>{t(lang, "thanks-close")}</p> }.into_any();
    }
    let start = format!("/s/{}", page.code);
    view! {
        <p>{t(lang, "thanks-kiosk")}</p>
        <p><a class="start" href=start>{t(lang, "thanks-start")}</a></p>
    }
    .into_any()
}
