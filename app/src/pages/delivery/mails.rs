//! What became of each mail, with another try for those that were given up.

use domain::delivery::State;
use domain::questionnaire::Lang;
use domain::report::Month;
use jiff::civil::DateTime;
use leptos::prelude::*;

use super::{DeliveryPage, unit_link};
use crate::fields::hidden;
use crate::pages::people::language;
use crate::pages::report::month;
use crate::text::{moment, t, t_args};

/// The mail of one report to one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailRow {
    /// Code and name of the unit.
    pub unit: (String, String),
    pub month: Month,
    pub address: String,
    pub state: State,
    pub tries: u16,
    /// When it was sent, or is tried next.
    pub at: DateTime,
    /// Why the last try failed, as the program notes it.
    pub problem: Option<String>,
    /// Id of the recipient, where it was given up and can be tried again.
    pub again: Option<String>,
}

/// The log.
pub(super) fn log(page: &DeliveryPage<'_>) -> AnyView {
    let lang = page.lang;
    let list = match page.mails.is_empty() {
        true => view! { <p>{t(lang, "delivery-no-mails")}</p> }.into_any(),
        false => table(page),
    };
    let by_unit = page.only.is_none().then(|| t(lang, "delivery-more-unit"));
    let more = page.more.then(|| {
        view! {
            <p class="fine">{t(lang, "delivery-more")}</p>
            {by_unit.map(|words| view! { <p class="fine">{words}</p> })}
        }
    });
    view! {
        <section>
            <h2>{t(lang, "delivery-log")}</h2>
            {list}
            {more}
        </section>
    }
    .into_any()
}

fn table(page: &DeliveryPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.mails.iter().map(|row| {
        let problem = row.problem.as_deref().map_or_else(|| "–".to_owned(), |p| why(lang, p));
        view! {
            <tr>
                <th scope="row">{unit_link(lang, &row.unit)}</th>
                <td data-label=t(lang, "delivery-month")>{month(row.month)}</td>
                <td data-label=t(lang, "delivery-address")>{row.address.clone()}</td>
                <td data-label=t(lang, "delivery-state")>{state(lang, row)}</td>
                <td data-label=t(lang, "delivery-tries")>{row.tries}</td>
                <td data-label=t(lang, "delivery-problem")>{problem}</td>
                <td data-label="">{again(page, row)}</td>
            </tr>
        }
    });
    view! {
        <table class="cards level mails">
            <thead>
                <tr>
                    <th scope="col">{t(lang, "people-unit")}</th>
                    <th scope="col">{t(lang, "delivery-month")}</th>
                    <th scope="col">{t(lang, "delivery-address")}</th>
                    <th scope="col">{t(lang, "delivery-state")}</th>
                    <th scope="col">{t(lang, "delivery-tries")}</th>
                    <th scope="col">{t(lang, "delivery-problem")}</th>
                    <td></td>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// In which state it is, and since or until when.
fn state(lang: Lang, row: &MailRow) -> String {
    let at = [("time", moment(row.at))];
    match row.state {
        State::Sent => t_args(lang, "delivery-state-sent", &at),
        State::Queued if row.tries == 0 => t(lang, "delivery-state-queued"),
        State::Queued => t_args(lang, "delivery-state-later", &at),
        State::Failed => t(lang, "delivery-state-failed"),
    }
}

/// Why a try failed: the number of the mail server, or a word of the program.
fn why(lang: Lang, problem: &str) -> String {
    let key = match problem {
        "530" | "534" | "535" | "538" => "delivery-problem-sign-in",
        "timeout" => "delivery-problem-timeout",
        "connection" => "delivery-problem-connection",
        "tls" => "delivery-problem-tls",
        "address" => "delivery-problem-address",
        code if code.bytes().all(|byte| byte.is_ascii_digit()) => "delivery-problem-refused",
        _ => "delivery-problem-other",
    };
    t_args(lang, key, &[("code", problem.to_owned())])
}

fn again(page: &DeliveryPage<'_>, row: &MailRow) -> Option<AnyView> {
    let lang = page.lang;
    let recipient = row.again.clone()?;
    let args = [("month", month(row.month)), ("name", row.address.clone())];
    let name = t_args(lang, "delivery-again-of", &args);
    let view = view! {
        <form class="line" method="post" action=page.path()>
            {hidden("do", "again".to_owned())}
            {hidden("recipient", recipient)}
            {hidden("month", row.month.to_string())}
            {language(lang)}
            <button class="quiet" aria-label=name>{t(lang, "delivery-again")}</button>
        </form>
    };
    Some(view.into_any())
}
