//! The page that says what the end of a key or of the link of a screen will do, and wants its name.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use super::{KeyLine, Kind};
use crate::fields::{Given, said};
use crate::official::{Desk, tail};
use crate::pages::people::{Problem, language, office};
use crate::pages::unit::typed;
use crate::shell::{Assets, vietnamese};
use crate::text::{t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct EndingPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    pub kind: Kind,
    pub line: &'a KeyLine,
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

/// The document.
pub fn ending(page: &EndingPage<'_>) -> String {
    let (lang, kind, line) = (page.lang, page.kind, page.line);
    let heading = t_args(lang, "keys-revoke-of", &[("name", line.name.clone())]);
    let path = format!("{}/{}", kind.path(), line.id);
    let back = format!("{}{}", kind.path(), tail(lang, '?'));
    let given = Given(page.given);
    let body = view! {
        <h1>{vietnamese(lang, &heading)}</h1>
        {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
        <section>
            <h2>{t(lang, "keys-ending-heading")}</h2>
            <ul class="says">
                <li>{t(lang, &kind.word("ending-what"))}</li>
                <li>{t(lang, "keys-revoke-note")}</li>
            </ul>
            <form class="stack" method="post" action=path.clone()>
                {typed(lang, &line.name, given.get("typed"), page.problem)}
                {language(lang)}
                <p><button class="danger">{t(lang, "keys-revoke")}</button></p>
            </form>
            <p><a href=back>{t(lang, &kind.word("ending-back"))}</a></p>
        </section>
    };
    office((lang, page.assets, page.desk), (kind.section(), heading), &path, body.into_any())
}
