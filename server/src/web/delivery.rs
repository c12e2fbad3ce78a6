//! Monthly reports as who reports on units sees to them: closing, recipients, and the log of mails.

use app::pages::delivery::{DeliveryPage, Done, MailRow, RecipientRow, StopPage};
use app::pages::people::Problem;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Act;
use domain::delivery::{Attachment, State as Sent};
use domain::questionnaire::Lang;
use domain::report::Month;
use domain::unit::{Organisation, Unit};
use uuid::Uuid;

use super::access::{Asks, Name};
use super::form::Fields;
use super::units::{all, desk, existing, problem, rows, unprocessable};
use super::{Error, Shared, asked, see_other, unkept};
use crate::export::report::note;
use crate::service::access::Actor;
use crate::service::organisation::Refusal;
use crate::store::{Delivery, Recipient};

/// Mails on a page.
const MAILS: usize = 100;
const PATH: &str = "/admin/reports";

/// Code and name of a unit.
fn named(organisation: &Organisation, code: &str) -> (String, String) {
    let name = organisation.unit(code).map_or_else(String::new, |unit| unit.name.clone());
    (code.to_owned(), name)
}

fn recipient_row(web: &Shared, organisation: &Organisation, of: &Recipient) -> RecipientRow {
    RecipientRow {
        id: of.id.to_string(),
        unit: named(organisation, &of.unit),
        address: of.address.clone(),
        lang: of.lang,
        files: of.files.clone(),
        since: web.service.clock.at(of.added_at).date(),
    }
}

/// `recipients` are those who are sent reports still: nobody else is sent one again.
fn mail_row(
    web: &Shared,
    organisation: &Organisation,
    of: &Delivery,
    recipients: &[Recipient],
) -> MailRow {
    let id = of.recipient.id;
    let again = of.state == Sent::Failed && recipients.iter().any(|other| other.id == id);
    MailRow {
        unit: named(organisation, &of.recipient.unit),
        month: of.month,
        address: of.recipient.address.clone(),
        state: of.state,
        tries: of.tries,
        at: web.service.clock.at(of.sent_at.unwrap_or(of.due_at)),
        problem: of.problem.clone(),
        again: again.then(|| id.to_string()),
    }
}

/// The one unit that the address asks for.
fn only(web: &Shared, actor: &Actor, query: &str) -> Result<Option<Unit>, Error> {
    let unit =
        asked(Some(query), "unit").map(|code| web.service.unit_for(actor, Act::Report, code));
    Ok(unit.transpose()?)
}

/// What was just done, by the address.
fn done(query: &str) -> Option<Done> {
    match asked(Some(query), "done")? {
        "added" => Some(Done::Added),
        "removed" => Some(Done::Removed),
        "again" => Some(Done::Again),
        "closed" => asked(Some(query), "n")?.parse().ok().map(Done::Closed),
        _ => None,
    }
}

async fn page(
    web: &Shared,
    (actor, only): (&Actor, Option<&Unit>),
    lang: Lang,
    done: Option<Done>,
    (given, problem): (&[(String, String)], Option<Problem>),
) -> Result<Response, Error> {
    let (service, organisation) = (&web.service, web.service.organisation());
    let units = rows(web, &service.units_for(actor, Act::Report)?);
    let code = only.map(|unit| unit.code.as_str());
    let mut recipients = service.recipients(actor).await?;
    recipients.retain(|one| code.is_none_or(|code| one.unit == code));
    let mails = service.deliveries(actor, code).await?;
    let shown = mails.iter().take(MAILS);
    let shown: Vec<MailRow> =
        shown.map(|mail| mail_row(web, &organisation, mail, &recipients)).collect();
    let recipients: Vec<RecipientRow> =
        recipients.iter().map(|one| recipient_row(web, &organisation, one)).collect();
    Ok(unkept(app::pages::delivery::delivery(&DeliveryPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        only: only.map(|unit| (unit.code.as_str(), unit.name.as_str())),
        sends: service.sends(),
        unsealed: &service.unsealed_months(actor).await?,
        recipients: &recipients,
        mails: &shown,
        more: mails.len() > MAILS,
        units: &existing(&units, lang),
        done,
        given,
        problem,
    })))
}

/// `GET /admin/reports`.
pub(super) async fn show(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let query = query.unwrap_or_default();
    let only = only(&web, &actor, &query)?;
    let lang = super::lang(Some(&query));
    page(&web, (&actor, only.as_ref()), lang, done(&query), (&[], None)).await
}

async fn add(web: &Shared, actor: &Actor, fields: &Fields) -> Result<(), Refusal> {
    let files: Vec<Attachment> =
        all(fields, "file").into_iter().filter_map(Attachment::parse).collect();
    let lang = Lang::parse(fields.get("language")).unwrap_or_default();
    let to = (fields.get("unit"), fields.get("address"));
    web.service.send_to(actor, to, lang, &files).await
}

async fn again(web: &Shared, actor: &Actor, fields: &Fields) -> Result<bool, Error> {
    let recipient: Uuid = fields.get("recipient").parse().map_err(|_| Error::NotFound)?;
    let month = Month::parse(fields.get("month")).ok_or(Error::NotFound)?;
    Ok(web.service.send_again(actor, recipient, month).await?)
}

/// `POST /admin/reports`: the field `do` says what.
pub(super) async fn change(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    let only = only(&web, &actor, &query.unwrap_or_default())?;
    let done = match fields.get("do") {
        "add" => match add(&web, &actor, &fields).await {
            Ok(()) => "added".to_owned(),
            Err(refusal) => {
                let given = fields.kept(&["do", "unit", "address", "language", "file"]);
                let shown = (&given[..], Some(problem(refusal)?));
                let page = page(&web, (&actor, only.as_ref()), lang, None, shown).await?;
                return Ok(unprocessable(page));
            }
        },
        "again" => match again(&web, &actor, &fields).await? {
            true => "again".to_owned(),
            // Somebody else was faster; the list says what became of it.
            false => String::new(),
        },
        "close" => format!("closed&n={}", web.service.close_now(&actor, note).await?),
        _ => {
            web.service.units_for(&actor, Act::Report)?;
            return Err(Error::BadRequest);
        }
    };
    let unit = only.map(|unit| format!("&unit={}", unit.code)).unwrap_or_default();
    Ok(see_other(&format!("{PATH}?done={done}{unit}"), lang))
}

fn stop_page(
    web: &Shared,
    (actor, recipient): (&Actor, &Recipient),
    lang: Lang,
    (given, problem): (&[(String, String)], Option<Problem>),
) -> Response {
    unkept(app::pages::delivery::stop(&StopPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        recipient: &recipient_row(web, &web.service.organisation(), recipient),
        given,
        problem,
    }))
}

/// The recipient of an id in a path; whoever reports on nothing does not learn whether there is one.
async fn named_recipient(web: &Shared, actor: &Actor, id: &str) -> Result<Recipient, Error> {
    web.service.units_for(actor, Act::Report)?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    Ok(web.service.recipient(actor, id).await?)
}

/// `GET /admin/reports/{id}`: what taking a recipient off will do.
pub(super) async fn stopping(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(id): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let recipient = named_recipient(&web, &actor, &id).await?;
    let lang = super::lang(query.as_deref());
    Ok(stop_page(&web, (&actor, &recipient), lang, (&[], None)))
}

/// `POST /admin/reports/{id}`: takes a recipient off.
pub(super) async fn stop(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(id): Name,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    let recipient = named_recipient(&web, &actor, &id).await?;
    match web.service.stop_sending(&actor, recipient.id, fields.get("typed")).await {
        Ok(()) => Ok(see_other(&format!("{PATH}?done=removed"), lang)),
        Err(refusal) => {
            let given = fields.kept(&["typed"]);
            let shown = (&given[..], Some(problem(refusal)?));
            Ok(unprocessable(stop_page(&web, (&actor, &recipient), lang, shown)))
        }
    }
}
