//! The analysis of a period: what changed, what pulls down, who stands where, whether enough answered,
//! and how well the questionnaire measures.

pub(crate) mod change;
mod instrument;
pub(crate) mod population;
mod ranks;

use domain::analysis::{Analysis, InstrumentDocument};
use domain::questionnaire::{Lang, Rule};
use domain::unit::Kind;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::official::{
    Head, Tab, bar, choice, choices, head, method_link, periods, rules, skip, tabs, tail,
};
use crate::shell::{Assets, document, html, simulated_banner};
use crate::text::{decimal, other, t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct AnalysisPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// Name of the unit.
    pub unit: &'a str,
    pub kind: Kind,
    /// Code and name of each unit above, from the top down to the parent.
    pub path: &'a [(String, String)],
    pub today: Date,
    pub closed_on: Option<Date>,
    /// The days to compare with, where they were chosen.
    pub before: Option<(Date, Date)>,
    /// Code of the unit that this one is compared with.
    pub with: Option<&'a str>,
    /// Code and name of those that it can be compared with.
    pub comparable: &'a [(String, String)],
    /// How well the questionnaire measures, where it was asked for; `Some(None)` without any answer.
    pub instrument: Option<Option<&'a InstrumentDocument>>,
    pub simulated: bool,
    pub analysis: &'a Analysis,
}

impl AnalysisPage<'_> {
    /// The address of the page with other choices.
    fn link(&self, from: Date, to: Date, rule: Rule, lang: Lang) -> String {
        let code = &self.analysis.unit;
        let with = self.with.map(|with| format!("&with={with}")).unwrap_or_default();
        let rule = rule.name();
        format!("/analysis/{code}?from={from}&to={to}&rule={rule}{with}{}", tail(lang, '&'))
    }

    /// The address of the page as it is.
    fn here(&self, lang: Lang) -> String {
        let Analysis { from, to, rule, .. } = *self.analysis;
        let before = self.before.map(|(from, to)| format!("&before_from={from}&before_to={to}"));
        let instrument = if self.instrument.is_some() { "&instrument=1" } else { "" };
        format!("{}{}{instrument}", self.link(from, to, rule, lang), before.unwrap_or_default())
    }
}

/// The document.
pub fn analysis(page: &AnalysisPage<'_>) -> String {
    let lang = page.lang;
    html(|| {
        let title = t_args(lang, "analysis-title", &[("unit", page.unit.to_owned())]);
        let unit = Head {
            lang,
            unit: page.unit,
            kind: page.kind,
            path: page.path,
            closed_on: page.closed_on,
        };
        let code = &page.analysis.unit;
        let body = view! {
            {skip(lang)}
            {bar(lang, page.here(other(lang)), None)}
            {simulated_banner(lang, page.simulated, "simulated-board")}
            <main id="content">
                {head(&unit)}
                {tabs(lang, code, Tab::Analysis)}
                <h2 class="title">{t(lang, "analysis-heading")}</h2>
                {controls(page)}
                {change::section(page)}
                {drivers(page)}
                {ranks::sections(page)}
                {population::section(lang, page.analysis.population.as_ref(), false)}
                {instrument::section(page)}
            </main>
            <footer>
                <h2>{t(lang, "method-heading")}</h2>
                <p>{t(lang, "analysis-method-change")}</p>
                <p>{t(lang, "method-estimand")}</p>
                <p>{method_link(lang)}</p>
            </footer>
        };
        document(lang, title, page.assets.main_css.clone(), "analysis", None, body.into_any())
    })
}

/// Periods, rules, and the unit to compare with.
fn controls(page: &AnalysisPage<'_>) -> AnyView {
    let (lang, analysis) = (page.lang, page.analysis);
    let periods = periods(page.today, page.closed_on);
    let at = periods.iter().position(|&(_, from, to)| (from, to) == (analysis.from, analysis.to));
    let periods = periods.into_iter().enumerate().map(|(i, (key, from, to))| {
        choice(page.link(from, to, analysis.rule, lang), t(lang, key), at == Some(i))
    });
    view! {
        <div class="controls">
            {choices(t(lang, "period"), periods.collect())}
            {rules(lang, analysis.rule, |rule| page.link(analysis.from, analysis.to, rule, lang))}
            {own_choice(page)}
        </div>
    }
    .into_any()
}

fn own_choice(page: &AnalysisPage<'_>) -> AnyView {
    let (lang, analysis) = (page.lang, page.analysis);
    let today = page.today.to_string();
    let options = page.comparable.iter().map(|(code, name)| {
        let chosen = page.with == Some(code.as_str());
        view! { <option value=code.clone() selected=chosen>{name.clone()}</option> }
    });
    let with = (!page.comparable.is_empty()).then(|| {
        view! {
            <label>
                {t(lang, "analysis-with")}
                <select name="with">
                    <option value="">{t(lang, "analysis-with-none")}</option>
                    {options.collect_view()}
                </select>
            </label>
        }
    });
    let language = (lang != Lang::default())
        .then(|| view! { <input type="hidden" name="lang" value=lang.tag()/> });
    view! {
        <details class="dates" open=page.with.is_some()>
            <summary>{t(lang, if page.comparable.is_empty() { "period-choose" } else { "analysis-choose" })}</summary>
            <form method="get" action=format!("/analysis/{}", analysis.unit)>
                <label>
                    {t(lang, "period-from")}
                    <input type="date" name="from" value=analysis.from.to_string() max=today.clone()/>
                </label>
                <label>
                    {t(lang, "period-to")}
                    <input type="date" name="to" value=analysis.to.to_string() max=today/>
                </label>
                {with}
                <input type="hidden" name="rule" value=analysis.rule.name()/>
                {language}
                <button>{t(lang, "period-show")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// The first items of those with most to gain.
const DRIVERS: usize = 5;

fn drivers(page: &AnalysisPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let all = &page.analysis.drivers;
    if all.is_empty() {
        return None;
    }
    let row = |driver: &domain::analysis::DriverDocument| {
        view! {
            <tr>
                <th scope="row"><span class="no">{driver.code.clone()}</span>" "{driver.text.clone()}</th>
                <td class="number">{decimal(lang, driver.score, 2)}</td>
                <td class="number strong">{decimal(lang, driver.gain, 2)}</td>
            </tr>
        }
    };
    let table = |rows: &[domain::analysis::DriverDocument]| {
        view! {
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "items-column")}</th>
                        <th scope="col" class="number">{t(lang, "score-column")}</th>
                        <th scope="col" class="number">{t(lang, "drivers-gain")}</th>
                    </tr>
                </thead>
                <tbody>{rows.iter().map(row).collect_view()}</tbody>
            </table>
        }
    };
    let (first, rest) = all.split_at(all.len().min(DRIVERS));
    let rest = (!rest.is_empty()).then(|| {
        view! { <details><summary>{t(lang, "drivers-rest")}</summary>{table(rest)}</details> }
    });
    let view = view! {
        <section class="drivers">
            <h2>{t(lang, "drivers-heading")}</h2>
            <p class="fine">{t(lang, "drivers-why")}</p>
            {table(first)}
            {rest}
        </section>
    };
    Some(view.into_any())
}
