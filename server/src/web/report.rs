//! The monthly report: page and files, the list of a unit's reports, and two months side by side.

use std::collections::BTreeMap;

use app::pages::report::compare::{ComparePage, compare as compare_page};
use app::pages::report::list::{Mails, ReportsPage, reports as reports_page};
use app::pages::report::{Place, ReportPage, report as report_page};
use axum::extract::{FromRequestParts, Path, RawQuery, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::access::Act;
use domain::delivery::State as Sent;
use domain::questionnaire::{Lang, Text};
use domain::report::{Month, MonthsCompared};
use domain::response::Reason;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::access::{Asks, Name};
use super::api::{Query, invalid};
use super::{Error, Shared, page};
use crate::export::report::{Format, file, name, note, title};
use crate::service::report::{Issued, NoReport};

impl From<NoReport> for Error {
    fn from(no: NoReport) -> Self {
        match no {
            NoReport::Missing => Self::NotFound,
            NoReport::Denied(denied) => denied.into(),
            NoReport::Store(error) => error.into(),
            NoReport::Tampered(_) => {
                tracing::error!(error = %no, "a sealed report was changed");
                Self::NotAsSealed
            }
        }
    }
}

/// The unit and the month of a path.
pub(super) struct UnitMonth(String, Month);

impl<S: Send + Sync> FromRequestParts<S> for UnitMonth {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((unit, month)) = path.map_err(|_| Error::NotFound)?;
        Ok(Self(unit, Month::parse(&month).ok_or(Error::NotFound)?))
    }
}

/// `GET /reports/{unit}/{YYYY-MM}`, as a page or, by `format`, as a file.
pub(super) async fn report(
    State(web): State<Shared>,
    Asks(actor): Asks,
    UnitMonth(unit, month): UnitMonth,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let service = &web.service;
    let unit = service.readable_by_officials(&actor, &unit)?;
    let query = Query::parse(query, &["lang", "format"])?;
    let lang = query.lang();
    let format = query.get("format").map(|name| Format::parse(name).ok_or(Error::BadRequest));
    let format = format.transpose()?;
    let issued = service.report(&actor, &unit, month, note).await?;
    if let Some(format) = format {
        return download(&issued, format, lang);
    }
    let nonce = super::nonce();
    let mut response = page(report_page(&ReportPage {
        lang,
        edition: &issued.edition,
        closed_on: unit.valid_to.filter(|last| *last < service.clock.today()),
        place: Place::Site { assets: &web.assets, nonce: &nonce },
    }));
    super::allow(&mut response, &format!("script-src 'nonce-{nonce}'"))?;
    Ok(response)
}

/// What may stand in `filename*` (RFC 8187, `attr-char`).
const ATTRIBUTE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn download(issued: &Issued, format: Format, lang: Lang) -> Result<Response, Error> {
    let report = &issued.edition.report;
    let body = file(issued, format, lang).map_err(|error| {
        tracing::error!(%error, "a report could not be written");
        Error::Internal
    })?;
    let plain = name(&report.unit.code, report.month, format, lang);
    let said = title(&report.unit.name, report.month, format, lang);
    let said = utf8_percent_encode(&said, ATTRIBUTE);
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{said}");
    let disposition = HeaderValue::from_str(&disposition).map_err(|_| Error::Internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media())),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, body).into_response())
}

/// `GET /reports/{unit}`.
pub(super) async fn list(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let service = &web.service;
    let unit = service.readable_by_officials(&actor, &unit)?;
    let query = Query::parse(query, &["lang"])?;
    let list = service.reports(&actor, &unit).await?;
    let mut mails: Vec<Mails> = vec![];
    for (month, state, n) in service.mails(&unit).await? {
        if mails.last().is_none_or(|mails| mails.month != month) {
            mails.push(Mails { month, queued: 0, sent: 0, failed: 0 });
        }
        let Some(of) = mails.last_mut() else { continue };
        match state {
            Sent::Queued => of.queued = n,
            Sent::Sent => of.sent = n,
            Sent::Failed => of.failed = n,
        }
    }
    let path = super::path_to(&web, &actor, unit.key);
    Ok(page(reports_page(&ReportsPage {
        lang: query.lang(),
        assets: &web.assets,
        unit: &unit.name,
        code: &unit.code,
        kind: unit.kind,
        path: &path,
        closed_on: unit.valid_to.filter(|last| *last < service.clock.today()),
        list: &list,
        mails: &mails,
        delivers: service.allow(&actor, Act::Report, &unit).is_ok(),
        simulated: service.is_demo(),
    })))
}

/// `GET /reports/{unit}/compare?a=YYYY-MM&b=YYYY-MM`.
pub(super) async fn compare(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let service = &web.service;
    let unit = service.readable_by_officials(&actor, &unit)?;
    let query = Query::parse(query, &["a", "b", "lang"])?;
    let month = |name: &str| {
        let month = query.get(name).and_then(Month::parse);
        month.ok_or_else(|| invalid(name, Reason::NotADay))
    };
    let two = (month("a")?, month("b")?);
    let compared = service.compare(&actor, &unit, two, note).await?;
    let path = super::path_to(&web, &actor, unit.key);
    Ok(page(compare_page(&ComparePage {
        lang: query.lang(),
        assets: &web.assets,
        kind: unit.kind,
        path: &path,
        closed_on: unit.valid_to.filter(|last| *last < service.clock.today()),
        compared: &compared,
        texts: &texts(&web, &compared),
    })))
}

/// Names of groups and components of the newest questionnaire of the later month.
fn texts(web: &Shared, compared: &MonthsCompared) -> BTreeMap<String, Text> {
    let code = compared.after.figures.first().map(|figures| figures.questionnaire.as_str());
    let instrument = code.and_then(|code| web.service.instruments.get(code));
    let named = |(code, text, _): (&str, &Text, _)| (code.to_owned(), text.clone());
    instrument.map(|instrument| instrument.measured().map(named).collect()).unwrap_or_default()
}
