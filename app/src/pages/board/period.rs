//! Which days are shown and by which rule: plain links and one plain form, nothing hidden.

use domain::questionnaire::{Lang, Rule};
use jiff::civil::Date;
use leptos::prelude::*;

use super::BoardPage;
use crate::official::{choice, choices, periods, rules};
use crate::text::t;

/// The address of a board with everything that can be chosen on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address<'a> {
    pub code: &'a str,
    /// The running day, where days up to it move on with it.
    pub running: Option<Date>,
    pub from: Date,
    pub to: Date,
    pub rule: Rule,
    pub sort: &'a str,
    pub lang: Lang,
}

impl<'a> Address<'a> {
    /// The address of the page itself.
    pub(super) fn of(page: &BoardPage<'a>) -> Self {
        let BoardPage { code, from, to, rule, sort, lang, .. } = *page;
        let running = page.closed_on.is_none().then_some(page.today);
        Self { code, running, from, to, rule, sort, lang }
    }

    pub(super) fn link(&self) -> String {
        let rest = self.rest().into_iter().map(|(name, value)| (name, value.to_owned()));
        let pairs: Vec<_> = self
            .days()
            .into_iter()
            .chain(rest)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("/boards/{}?{}", self.code, pairs.join("&"))
    }

    /// The days, but for those that the page chooses by itself: an address that named today would show
    /// yesterday tomorrow.
    fn days(&self) -> Vec<(&'static str, String)> {
        let to = (self.running != Some(self.to)).then_some(("to", self.to));
        let month = to.is_none() && self.from == self.to.first_of_month();
        let from = (!month).then_some(("from", self.from));
        from.into_iter().chain(to).map(|(name, day)| (name, day.to_string())).collect()
    }

    /// What is chosen besides the days. The rule always, since each questionnaire has its own; the rest
    /// where it is not what the page does by itself.
    fn rest(&self) -> Vec<(&'static str, &'a str)> {
        let mut rest = vec![("rule", self.rule.name())];
        if !self.sort.is_empty() && self.sort != "name" {
            rest.push(("sort", self.sort));
        }
        if self.lang != Lang::default() {
            rest.push(("lang", self.lang.tag()));
        }
        rest
    }
}

pub(super) fn controls(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let here = Address::of(page);
    // On the first days of a month or year two periods are the same days: only the first is marked.
    let periods = periods(page.today, page.closed_on);
    let at = periods.iter().position(|&(_, from, to)| (from, to) == (page.from, page.to));
    let periods = periods.into_iter().enumerate().map(|(i, (key, from, to))| {
        let link = Address { from, to, ..here }.link();
        choice(link, t(lang, key), at == Some(i))
    });
    view! {
        <div class="controls">
            {choices(t(lang, "period"), periods.collect())}
            {rules(lang, page.rule, |rule| Address { rule, ..here }.link())}
            {own_dates(page, &here, at.is_none())}
        </div>
    }
    .into_any()
}

fn own_dates(page: &BoardPage<'_>, here: &Address<'_>, open: bool) -> AnyView {
    let lang = page.lang;
    let kept = here.rest().into_iter().map(|(name, value)| {
        view! { <input type="hidden" name=name value=value.to_owned()/> }
    });
    let today = page.today.to_string();
    view! {
        <details class="dates" open=open>
            <summary>{t(lang, "period-choose")}</summary>
            <form method="get" action=format!("/boards/{}", page.code)>
                <label>
                    {t(lang, "period-from")}
                    <input type="date" name="from" value=page.from.to_string() max=today.clone()/>
                </label>
                <label>
                    {t(lang, "period-to")}
                    <input type="date" name="to" value=page.to.to_string() max=today/>
                </label>
                {kept.collect_view()}
                <button>{t(lang, "period-show")}</button>
            </form>
        </details>
    }
    .into_any()
}
