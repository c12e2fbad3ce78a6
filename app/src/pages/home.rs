//! The start page: what this is, a field for the code under a QR, and the boards one may read.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use crate::official::{Desk, account_link, sections, skip, tail};
use crate::shell::{Assets, document, html, simulated_banner};
use crate::text::t;

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct HomePage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub simulated: bool,
    /// Units whose board the visitor may read.
    pub boards: Vec<Listed>,
    pub desk: Desk,
    /// Something is missing of what the beginning needs, and the visitor can see to it.
    pub start: bool,
}

/// A unit whose board may be read.
#[derive(Clone, Debug)]
pub struct Listed {
    pub code: String,
    pub name: String,
    /// Its board is history.
    pub ended: bool,
}

/// The document.
pub fn home(page: &HomePage<'_>) -> String {
    let lang = page.lang;
    let (other, link) = match lang {
        Lang::Vi => (Lang::En, "/?lang=en"),
        Lang::En => (Lang::Vi, "/?lang=vi"),
    };
    html(|| {
        let body = view! {
            {skip(lang)}
            <header class="masthead">
                <span class="brand" lang="vi">{t(Lang::Vi, "app-name")}</span>
                <a class="switch" href=link lang=other.tag() hreflang=other.tag()>
                    {t(other, "language-name")}
                </a>
                {account_link(lang)}
            </header>
            {simulated_banner(lang, page.simulated, "simulated-board")}
            <main id="content">
                <h1 lang="vi">{t(Lang::Vi, "app-name")}</h1>
                <p class="lead">{t(lang, "home-what")}</p>
                {page.start.then(|| start(lang))}
                {code_form(lang)}
                {boards(page)}
                {sections(lang, page.desk, None)}
            </main>
            <footer>
                <p>{t(lang, "home-method")}</p>
            </footer>
        };
        let title = format!("{} – {}", t(lang, "app-name"), t(lang, "home-what"));
        document(lang, title, page.assets.main_css.clone(), "home", None, body.into_any())
    })
}

/// For whoever sets the service up.
fn start(lang: Lang) -> AnyView {
    let link = format!("/admin/start{}", tail(lang, '?'));
    view! {
        <div class="closed">
            <p>{t(lang, "home-start")}</p>
            <p class="kin"><a href=link>{t(lang, "start-title")}</a></p>
        </div>
    }
    .into_any()
}

/// For those whose camera does not read the QR.
fn code_form(lang: Lang) -> AnyView {
    let language = (lang != Lang::default())
        .then(|| view! { <input type="hidden" name="lang" value=lang.tag()/> });
    view! {
        <section>
            <h2>{t(lang, "home-code-heading")}</h2>
            <form class="code" method="get" action="/s">
                <label for="code">{t(lang, "home-code-label")}</label>
                <input
                    id="code"
                    name="code"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    maxlength="30"
                    aria-describedby="code-hint"
                />
                {language}
                <button>{t(lang, "home-code-send")}</button>
                <p id="code-hint" class="fine">{t(lang, "home-code-hint")}</p>
            </form>
        </section>
    }
    .into_any()
}

fn boards(page: &HomePage<'_>) -> AnyView {
    let lang = page.lang;
    let query = if lang == Lang::default() { "" } else { "?lang=en" };
    // Nobody comes for those that have ended first.
    let (ended, running): (Vec<_>, Vec<_>) = page.boards.iter().partition(|unit| unit.ended);
    let links = running.into_iter().chain(ended).map(|unit| {
        let link = format!("/boards/{}{query}", unit.code);
        let ended =
            unit.ended.then(|| view! { " "<span class="fine">{t(lang, "home-ended")}</span> });
        view! { <li><a href=link><span lang="vi">{unit.name.clone()}</span>{ended}</a></li> }
    });
    let list = if page.boards.is_empty() {
        view! { <p>{t(lang, "home-boards-none")}</p> }.into_any()
    } else {
        view! { <ul class="boards">{links.collect_view()}</ul> }.into_any()
    };
    view! {
        <section>
            <h2>{t(lang, "home-boards-heading")}</h2>
            {list}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
