//! The print sheet of a unit's points: pages of labels, and what can be chosen before printing.

use domain::questionnaire::Lang;
use domain::unit::Kind;
use leptos::prelude::*;

use crate::official::{Head, Tab, bar, choice, choices, head, skip, tabs, tail};
use crate::shell::{Assets, document, html_with_nonce, simulated_banner};
use crate::text::{other, t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct SheetPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// The one in the page's `Content-Security-Policy`.
    pub nonce: &'a str,
    /// Name and code of the unit.
    pub unit: &'a str,
    pub code: &'a str,
    pub kind: Kind,
    /// Code and name of each unit above, from the top down to the parent.
    pub path: &'a [(String, String)],
    /// Names of all layouts, and which one is shown on what paper.
    pub layouts: &'a [&'static str],
    pub layout: &'a str,
    pub paper: &'static str,
    pub points: usize,
    /// Code and name, where the sheet is of one point alone.
    pub point: Option<(&'a str, &'a str)>,
    /// What is to be known of the address in the codes.
    pub address: Address,
    /// The service holds simulated answers.
    pub simulated: bool,
    /// Pages as SVG, made by the program itself.
    pub pages: &'a [String],
}

/// The address that the codes carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    Secure,
    /// Without TLS.
    Plain,
    /// Of the machine itself: nobody else reaches it.
    Loopback,
}

/// Prints when the button is pressed; without script there is no button.
const PRINT: &str = "const b=document.getElementById('print');b.hidden=false;b.addEventListener('click',()=>print())";

/// The document.
pub fn sheet(page: &SheetPage<'_>) -> String {
    let lang = page.lang;
    html_with_nonce(page.nonce, || {
        let title = t_args(lang, "sheet-title", &[("unit", page.unit.to_owned())]);
        let unit =
            Head { lang, unit: page.unit, kind: page.kind, path: page.path, closed_on: None };
        let only = page.point.map_or(String::new(), |(code, _)| format!("&point={code}"));
        let link = |layout: &str, lang: Lang| {
            format!("/sheets/{}?layout={layout}{only}{}", page.code, tail(lang, '&'))
        };
        let layouts = page.layouts.iter().map(|layout| {
            let text = t(lang, &format!("layout-{layout}"));
            choice(link(layout, lang), text, *layout == page.layout)
        });
        let words = match (page.points, page.point) {
            (0, _) => t(lang, "sheet-none"),
            (_, Some((_, name))) => t_args(lang, "sheet-one", &[("point", name.to_owned())]),
            (n, None) => t_args(lang, "sheet-text", &[("n", n.to_string())]),
        };
        let all = page.point.map(|_| {
            let link = format!("/sheets/{}?layout={}{}", page.code, page.layout, tail(lang, '&'));
            view! { <p><a href=link>{t(lang, "sheet-all")}</a></p> }
        });
        let warning = match page.address {
            Address::Secure => None,
            Address::Plain => Some(t(lang, "sheet-plain")),
            Address::Loopback => Some(t(lang, "sheet-loopback")),
        };
        let warning = warning.map(|text| view! { <p class="closed">{text}</p> });
        let file = format!("/sheets/{}/file?layout={}{only}", page.code, page.layout);
        let print = (page.points > 0).then(|| {
            view! {
                <p class="actions">
                    <button type="button" id="print" hidden>{t(lang, "sheet-print")}</button>
                    <a class="button" href=file download=format!("{}-{}.html", page.code, page.layout)>
                        {t(lang, "sheet-file")}
                    </a>
                </p>
                <p class="fine">{t(lang, "sheet-how")}</p>
                <script nonce=leptos::nonce::use_nonce() inner_html=PRINT></script>
            }
        });
        let body = view! {
            <div class="tools">
                {skip(lang)}
                {bar(lang, link(page.layout, other(lang)), None)}
                {simulated_banner(lang, page.simulated, "simulated-sheet")}
                <main id="content">
                    {head(&unit)}
                    {tabs(lang, page.code, Tab::Sheet)}
                    <h2 class="title">{t(lang, "sheet-heading")}</h2>
                    <p>{words}</p>
                    {all}
                    {warning}
                    <div class="controls">{choices(t(lang, "sheet-layout"), layouts.collect())}</div>
                    {print}
                </main>
            </div>
            <div class=format!("pages {}", page.paper) inner_html=page.pages.concat()></div>
        };
        document(lang, title, page.assets.main_css.clone(), "sheets", None, body.into_any())
    })
}
