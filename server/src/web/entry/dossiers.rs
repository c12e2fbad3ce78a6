//! The numbers of dossiers of a unit.

use app::pages::entry::{DossiersPage, MonthRow, Outcome};
use app::text::count;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use domain::questionnaire::Lang;
use jiff::civil::{Date, date};

use super::{not_entered, past, saved, wrong};
use crate::service::access::Actor;
use crate::service::entry::{Fault, Managed};
use crate::web::access::{Asks, Name};
use crate::web::audit::Names;
use crate::web::form::Fields;
use crate::web::units::desk;
use crate::web::{Error, Shared, asked, see_other, unkept};

/// What was sent and not taken.
#[derive(Default)]
struct Sent {
    outcome: Outcome,
    typed: Vec<(Date, Option<i64>, String)>,
    faults: Vec<Fault>,
}

/// `GET /admin/dossiers/{unit}`: this year, or that of `year=`.
pub(in crate::web) async fn show(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.managed(&actor, &unit)?;
    let query = query.as_deref();
    let year = match asked(query, "year") {
        None => web.service.clock.today().year(),
        Some(text) => year(text).ok_or(Error::NotFound)?,
    };
    let outcome = saved(query);
    let sent = Sent { outcome, ..Sent::default() };
    page(&web, &actor, (&unit, year), crate::web::lang(query), &sent).await
}

fn year(text: &str) -> Option<i16> {
    let digits = text.len() == 4 && text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|year| digits && (1900..=2200).contains(year))
}

async fn page(
    web: &Shared,
    actor: &Actor,
    (unit, year): (&Managed, i16),
    lang: Lang,
    sent: &Sent,
) -> Result<Response, Error> {
    let service = &web.service;
    let stored = service.entered_dossiers(unit, year).await?;
    let months: Vec<MonthRow> = stored
        .iter()
        .map(|(month, handled)| {
            let was = handled.map(|handled| handled.to_string()).unwrap_or_default();
            let typed = sent.typed.iter().find(|(other, ..)| other == month);
            let differs = typed.filter(|(_, _, text)| text.trim() != was);
            MonthRow {
                month: month.strftime("%Y-%m").to_string(),
                shown: month.strftime("%m/%Y").to_string(),
                value: typed.map_or_else(|| was.clone(), |(_, _, text)| text.clone()),
                now: differs.map(|_| {
                    handled
                        .and_then(|handled| u64::try_from(handled).ok())
                        .map(|handled| count(lang, handled))
                        .unwrap_or_default()
                }),
                was,
            }
        })
        .collect();
    let abouts = (1..=12).map(|month| format!("{year:04}-{month:02}"));
    let entries = service.history(unit, "dossiers.write", abouts).await?;
    let about = |about: &str| {
        let month = about.split_once('/').map_or(about, |(_, month)| month);
        month
            .split_once('-')
            .map_or_else(|| month.to_owned(), |(year, month)| format!("{month}/{year}"))
    };
    let history = past(web, &entries, &Names::read(web).await?, about);
    Ok(unkept(app::pages::entry::dossiers(&DossiersPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        unit: (&unit.code, &unit.name),
        year,
        months: &months,
        outcome: sent.outcome,
        wrong: &wrong(lang, &sent.faults),
        history: &history,
    })))
}

/// `POST /admin/dossiers/{unit}`.
pub(in crate::web) async fn save(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    fields: Fields,
) -> Result<Response, Error> {
    let (service, lang) = (&web.service, fields.lang());
    let unit = service.managed(&actor, &unit)?;
    let year = year(fields.get("year")).ok_or(Error::BadRequest)?;
    let months = (1..=12).map(|month| date(year, month, 1));
    let typed = months.filter_map(|month| {
        let name = month.strftime("%Y-%m").to_string();
        let (_, value) = fields.0.iter().find(|(field, _)| *field == name)?;
        let was = fields.get(&format!("was-{name}")).parse().ok();
        Some((month, was, value.clone()))
    });
    let mut sent = Sent { typed: typed.collect(), ..Sent::default() };
    let (status, outcome, faults) = match service.enter_dossiers(&actor, &unit, &sent.typed).await {
        Ok(_) => {
            let path = format!("/admin/dossiers/{}?year={year}&done=1", unit.code);
            return Ok(see_other(&path, lang));
        }
        Err(why) => not_entered(why)?,
    };
    (sent.outcome, sent.faults) = (outcome, faults);
    let page = page(&web, &actor, (&unit, year), lang, &sent).await?;
    Ok((status, page).into_response())
}
