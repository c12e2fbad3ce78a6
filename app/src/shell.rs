//! From a view to a whole document: the frame around every page, and the two ways to render it.
//!
//! A page for citizens has no script, and its document holds nothing but what the browser needs. A page
//! for officials may hold islands; then it carries the script that wakes them, allowed by a nonce.

use std::sync::Arc;

use domain::questionnaire::Lang;
use hydration_context::SsrSharedContext;
use leptos::nonce::Nonce;
use leptos::prelude::*;

use crate::text::t;

/// The address of the start page in a language.
pub(crate) fn home_of(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "/",
        Lang::En => "/?lang=en",
    }
}

/// Where the built files lie; the paths carry a hash of their content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// `/assets/<hash>/citizen.css`
    pub citizen_css: String,
    /// `/assets/<hash>/main.css`
    pub main_css: String,
    /// `/assets/<hash>`: below it lie `pkg/hailong.js` and `pkg/hailong_bg.wasm`; `None` in a build
    /// without islands.
    pub islands_root: Option<String>,
}

/// Renders a view without islands to a whole document.
///
/// Leptos sets marks (`<!>`) between texts for a script that would find them again; there is none, so
/// they are left out. No text of a person can look like one, since `<` is escaped everywhere.
pub fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    rendered(view).replace("<!>", "")
}

/// Renders a view with islands to a whole document; the nonce is the one in the page's
/// `Content-Security-Policy`.
pub fn html_with_nonce<V: IntoView>(nonce: &str, view: impl FnOnce() -> V) -> String {
    let nonce = Nonce::from_value(nonce);
    rendered(move || {
        provide_context(nonce);
        view()
    })
}

fn rendered<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| view().into_view().to_html())
}

/// The frame of a document: the head, into which `more` goes last, and a body of one class.
pub(crate) fn document(
    lang: Lang,
    title: String,
    stylesheet: String,
    class: &'static str,
    more: Option<AnyView>,
    body: AnyView,
) -> impl IntoView {
    let style = view! { <link rel="stylesheet" href=stylesheet/> };
    frame(lang, title, Running::default(), class, view! { {style} {more} }.into_any(), body)
}

/// What stands on the edge of each printed page, where the browser can.
#[derive(Clone, Debug, Default)]
pub(crate) struct Running {
    pub head: Option<String>,
    /// The word before the number of the page.
    pub page: Option<String>,
}

/// The frame of a document whose head holds what is given.
pub(crate) fn frame(
    lang: Lang,
    title: String,
    running: Running,
    class: &'static str,
    head: AnyView,
    body: AnyView,
) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag() data-head=running.head data-page=running.page>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{title}</title>
                {head}
                <link rel="icon" href="data:,"/>
            </head>
            <body class=class>{body}</body>
        </html>
    }
}

/// What wakes the islands: the loader of the bundle, and the three globals that a page which does not
/// come through `leptos_axum` has to set itself.
pub(crate) fn island_scripts(root: &str) -> AnyView {
    const GLOBALS: &str = "__RESOLVED_RESOURCES=[];__SERIALIZED_ERRORS=[];__INCOMPLETE_CHUNKS=[];";
    let options = LeptosOptions::builder().output_name("hailong").site_pkg_dir("pkg").build();
    let root = root.to_owned();
    view! {
        <script nonce=leptos::nonce::use_nonce()>{GLOBALS}</script>
        <HydrationScripts options islands=true root/>
    }
    .into_any()
}

/// Said on every page that shows or takes simulated answers.
pub(crate) fn simulated_banner(lang: Lang, simulated: bool, key: &'static str) -> Option<AnyView> {
    simulated.then(|| {
        view! {
            <aside class="simulated"><b>{t(lang, "simulated")}</b>" "{t(lang, key)}</aside>
        }
        .into_any()
    })
}

/// A Vietnamese name, marked as such where the page is in another language.
pub(crate) fn vietnamese(lang: Lang, text: &str) -> AnyView {
    let text = text.to_owned();
    match lang {
        Lang::Vi => text.into_any(),
        Lang::En => view! { <span lang="vi">{text}</span> }.into_any(),
    }
}

/// Who asks: the unit and its point, on top of every page for citizens.
pub(crate) fn place(lang: Lang, unit: &str, point: &str) -> AnyView {
    view! {
        <p>
            <b>{vietnamese(lang, unit)}</b>
            <br/>
            {vietnamese(lang, point)}
        </p>
    }
    .into_any()
}
