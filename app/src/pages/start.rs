//! The first steps: from an empty database to a printed label, what is there and what is missing.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use super::people::office;
use crate::official::{Desk, Section, tail};
use crate::shell::Assets;
use crate::text::{t, t_args};

/// What there is.
#[derive(Clone, Debug)]
pub struct StartPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    /// Nothing is missing but what may be left out.
    pub done: bool,
    /// Administrators who can sign in, those invited, and of the first those without a second factor
    /// that they need not have.
    pub administrators: usize,
    pub invited: usize,
    pub unprotected: usize,
    /// The reader has a second factor.
    pub own_second: bool,
    pub units: usize,
    pub has_units: bool,
    pub points: usize,
    /// The address that the codes carry reaches others.
    pub address: bool,
    pub sheet: bool,
    pub dossiers: bool,
    pub targets: bool,
    pub recipients: bool,
    /// Code of the highest unit of the reader's part.
    pub top: Option<&'a str>,
}

/// A step: its name, whether it is done, how many there are, and where it is done.
struct Step<'a> {
    key: &'a str,
    done: bool,
    optional: bool,
    n: usize,
    /// Shown below the words while it is missing.
    how: Option<AnyView>,
    /// Paths with the keys of their words.
    links: Vec<(String, &'a str)>,
}

impl Step<'_> {
    fn view(self, lang: Lang) -> AnyView {
        let key = format!("start-{}", self.key);
        let (state, word, class) = match (self.done, self.optional) {
            (true, _) => ("start-state-done", "done", "state-done"),
            (false, true) => ("start-state-optional", "missing", "state-optional"),
            (false, false) => ("start-state-missing", "missing", "state-missing"),
        };
        let text = t_args(lang, &format!("{key}-{word}"), &[("n", self.n.to_string())]);
        let any = !self.links.is_empty();
        let links = self.links.into_iter().map(|(path, key)| {
            let sign = if path.contains('?') { '&' } else { '?' };
            let link = format!("{path}{}", tail(lang, sign));
            view! { <li><a href=link>{t(lang, key)}</a></li> }
        });
        view! {
            <li class=class>
                <h2>{t(lang, &format!("{key}-heading"))}" "<span class="state">{t(lang, state)}</span></h2>
                <p>{text}</p>
                {self.how.filter(|_| !self.done)}
                {any.then(|| view! { <ul class="links">{links.collect_view()}</ul> })}
            </li>
        }
        .into_any()
    }
}

/// The document.
pub fn start(page: &StartPage<'_>) -> String {
    let lang = page.lang;
    let body = view! {
        <h1>{t(lang, "start-title")}</h1>
        <p>{t(lang, "start-lead")}</p>
        {page.done.then(|| view! { <p class="done" role="status">{t(lang, "start-done")}</p> })}
        <section>
            <ol class="steps">
                {steps(page).into_iter().map(|step| step.view(lang)).collect_view()}
            </ol>
        </section>
    };
    let title = (Section::Start, t(lang, "start-title"));
    office((lang, page.assets, page.desk), title, "/admin/start", body.into_any())
}

fn steps<'a>(page: &StartPage<'a>) -> Vec<Step<'a>> {
    let desk = page.desk;
    let link = |may: bool, path: &str, key: &'a str| may.then(|| (path.to_owned(), key));
    let top = page.top.unwrap_or_default();
    let import = || link(desk.administers, "/admin/import", "start-import-link");
    let own = link(desk.administers && !page.own_second, "/account/second", "start-second-own");
    let people = link(desk.administers, "/admin/people", "start-second-link");
    let sheet = link(page.points > 0, &format!("/sheets/{top}"), "start-sheet-link");
    let step = |key, done, n, links: Vec<Option<(String, &'a str)>>| Step {
        key,
        done,
        optional: false,
        n,
        how: None,
        links: links.into_iter().flatten().collect(),
    };
    let first = page.administrators > 0;
    vec![
        Step {
            how: Some(first_command(page)),
            ..step(
                "administrator",
                first,
                page.administrators,
                vec![link(desk.administers, "/admin/people", "start-administrator-link")],
            )
        },
        step("second", first && page.unprotected == 0, page.unprotected, vec![own, people]),
        step(
            "units",
            page.has_units,
            page.units,
            vec![link(desk.administers, "/admin/units", "start-units-heading"), import()],
        ),
        step(
            "points",
            page.points > 0,
            page.points,
            vec![link(desk.manages, "/admin/points", "start-points-heading"), import()],
        ),
        Step {
            how: Some(command("HAILONG_BASE_URL=https://hailong.example.gov.vn".to_owned())),
            ..step("address", page.address, 0, vec![])
        },
        step("sheet", page.sheet, 0, vec![sheet]),
        step(
            "dossiers",
            page.dossiers,
            0,
            vec![link(desk.administers, "/admin/dossiers", "start-dossiers-link"), import()],
        ),
        step(
            "targets",
            page.targets,
            0,
            vec![link(desk.administers, "/admin/targets", "start-targets-link"), import()],
        ),
        Step {
            optional: true,
            ..step(
                "mail",
                page.recipients,
                0,
                vec![link(desk.reports, "/admin/reports", "start-mail-link")],
            )
        },
    ]
}

fn command(line: String) -> AnyView {
    view! { <p><code>{line}</code></p> }.into_any()
}

/// How the first administrator is made: on the machine, together with the highest unit where there is none.
fn first_command(page: &StartPage<'_>) -> AnyView {
    let lang = page.lang;
    let invited = (page.invited > 0).then(|| {
        let n = [("n", page.invited.to_string())];
        view! { <p>{t_args(lang, "start-administrator-invited", &n)}</p> }
    });
    let base = "hailong account add --name quan-tri --role administrator --unit";
    match page.top {
        Some(top) => view! { {command(format!("{base} {top}"))} {invited} }.into_any(),
        None => view! {
            {command(format!("{base} gia-lai --unit-name \"Tỉnh Gia Lai\""))}
            <p class="fine">{t(lang, "start-administrator-new")}</p>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests;
