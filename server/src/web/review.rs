//! The target review: page and API.

use app::pages::targets::TargetsPage;
use axum::extract::{Path, RawQuery, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use domain::questionnaire::{Lang, Rule};
use domain::review::Review;

use super::access::{Asks, Name};
use super::api::Query;
use super::{Error, Shared, page};
use crate::service::access::{Actor, Readable};
use crate::service::review::Which;

/// The unit and the year of a path; a year has four digits.
pub(super) struct UnitYear(pub(super) String, pub(super) i16);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for UnitYear {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((unit, year)) = path.map_err(|_| Error::NotFound)?;
        let digits = year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit());
        let year = year.parse().ok().filter(|year| digits && (1900..=2200).contains(year));
        Ok(Self(unit, year.ok_or(Error::NotFound)?))
    }
}

/// `GET /api/v1/units/{unit}/targets/{year}`.
pub(super) async fn json(
    State(web): State<Shared>,
    Asks(actor): Asks,
    UnitYear(unit, year): UnitYear,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.readable(&actor, &unit)?;
    let query = Query::parse(query, &["rule", "lang"])?;
    let which = Which { year, rule: query.rule()?, whole: true, lang: query.lang() };
    let mut reviews = review(&web, &actor, &unit, which).await?;
    match reviews.len() {
        1 => Ok(axum::Json(reviews.remove(0)).into_response()),
        _ => Ok(axum::Json(reviews).into_response()),
    }
}

async fn review(
    web: &Shared,
    actor: &Actor,
    unit: &Readable,
    which: Which,
) -> Result<Vec<Review>, Error> {
    let measured_index = app::text::t(which.lang, "board-index-heading");
    Ok(web.service.review(actor, unit, which, &measured_index).await?)
}

/// `GET /targets/{unit}`: leads to the newest year with a table, this year where there is none.
pub(super) async fn newest(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.readable_by_officials(&actor, &unit)?;
    let query = Query::parse(query, &["lang"])?;
    let year = web.service.newest_review(&unit).await?;
    let lang = match query.lang() {
        Lang::Vi => String::new(),
        lang => format!("?lang={}", lang.tag()),
    };
    Ok(Redirect::to(&format!("/targets/{}/{year}{lang}", unit.code)).into_response())
}

/// `GET /targets/{unit}/{year}`.
pub(super) async fn targets(
    State(web): State<Shared>,
    Asks(actor): Asks,
    UnitYear(unit, year): UnitYear,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let service = &web.service;
    let unit = service.readable_by_officials(&actor, &unit)?;
    let query = Query::parse(query, &["rule", "lang", "questionnaire"])?;
    let lang: Lang = query.lang();
    let which = Which { year, rule: query.rule()?, whole: true, lang };
    let mut reviews = review(&web, &actor, &unit, which).await?;
    let wanted = query.get("questionnaire").and_then(|code| {
        reviews.iter().position(|review| review.questionnaire.as_deref() == Some(code))
    });
    if reviews.is_empty() {
        return Err(Error::Internal);
    }
    let shown = reviews.remove(wanted.unwrap_or(0));
    let other = match shown.rule {
        Rule::Top2 => Rule::Mean5,
        Rule::Mean5 => Rule::Top2,
    };
    let by_other =
        review(&web, &actor, &unit, Which { rule: Some(other), whole: false, ..which }).await?;
    let by_other = by_other.into_iter().find(|review| review.questionnaire == shown.questionnaire);
    let path = super::path_to(&web, &actor, unit.key);
    Ok(page(app::pages::targets::targets(&TargetsPage {
        lang,
        assets: &web.assets,
        unit: &unit.name,
        kind: unit.kind,
        closed_on: unit.valid_to.filter(|last| *last < service.clock.today()),
        path: &path,
        review: &shown,
        by_other: by_other.as_ref(),
        others: &reviews
            .iter()
            .filter_map(|review| Some((review.questionnaire.clone()?, review.responses)))
            .collect::<Vec<_>>(),
        chosen: wanted.filter(|at| *at > 0).and(shown.questionnaire.as_deref()),
        simulated: service.is_demo() || shown.simulated,
        enters: service.managed(&actor, &unit.code).is_ok(),
    })))
}
