//! The print sheet of a unit's points: a page to choose and print, and a file to keep.

use app::pages::sheet::{Address, SheetPage};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::response::Reason;
use domain::unit::{Key, Organisation, Point};
use jiff::civil::Date;

use super::access::{Asks, Name};
use super::api::{Query, invalid};
use super::{Error, Shared, page};
use crate::qr;
use crate::qr::sheet::{self, Label, Layout, Words};

/// What the labels say; those of a demo say that too.
pub fn words(demo: bool) -> Words {
    use domain::questionnaire::Lang;
    let both = |key: &str| [Lang::Vi, Lang::En].map(|lang| app::text::t(lang, key));
    let simulated = demo.then(|| both("label-simulated").join(" – "));
    Words { scan: both("label-scan"), privacy: both("label-privacy"), simulated }
}

/// Labels of the points of a unit and of all below it that are open on a day, in the order of the tree.
pub fn labels(organisation: &Organisation, unit: Key, today: Date, base_url: &str) -> Vec<Label> {
    let mut labels = vec![];
    let mut next = vec![unit];
    while let Some(unit) = next.pop() {
        let open = organisation.points_of(unit).filter(|point| point.open_on(today));
        labels.extend(open.map(|point| label(organisation, point, base_url)));
        let below: Vec<Key> = organisation.children(unit).map(|child| child.key).collect();
        next.extend(below.into_iter().rev());
    }
    labels
}

/// The label of a point.
pub fn label(organisation: &Organisation, point: &Point, base_url: &str) -> Label {
    let unit = organisation.unit_by_key(point.unit);
    Label {
        unit: unit.map_or_else(String::new, |unit| unit.name.clone()),
        point: point.name.clone(),
        code: point.code.clone(),
        address: qr::address(base_url, &point.code),
    }
}

/// The labels of a sheet: of all open points of the unit and below it, or of the one that is asked for.
fn asked(web: &Shared, unit: Key, query: &Query) -> Result<(Vec<Label>, Option<Point>), Error> {
    let organisation = web.service.organisation();
    let today = web.service.clock.today();
    let Some(code) = query.get("point") else {
        return Ok((labels(&organisation, unit, today, &web.base_url), None));
    };
    let point = domain::code::parse(code).and_then(|code| organisation.point(&code));
    let point = point.filter(|point| organisation.contains(unit, point.unit));
    let point = point.ok_or(Error::NotFound)?;
    let open = point.open_on(today).then(|| label(&organisation, point, &web.base_url));
    Ok((open.into_iter().collect(), Some(point.clone())))
}

/// The labels go to paper: the first step of a beginning is done.
async fn note(web: &Shared, labels: &[Label]) -> Result<(), Error> {
    match labels.is_empty() {
        true => Ok(()),
        false => Ok(web.service.note_sheet().await?),
    }
}

fn layout(query: &Query) -> Result<Layout, Error> {
    match query.get("layout").map(Layout::parse) {
        Some(None) => Err(invalid("layout", Reason::WrongType)),
        Some(Some(layout)) => Ok(layout),
        None => Ok(Layout::default()),
    }
}

/// `GET /sheets/{unit}`.
pub(super) async fn show(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.readable_by_officials(&actor, &unit)?;
    let query = Query::parse(query, &["layout", "point", "lang"])?;
    let layout = layout(&query)?;
    let (labels, point) = asked(&web, unit.key, &query)?;
    note(&web, &labels).await?;
    let words = words(web.service.is_demo());
    let pages = sheet::pages(&labels, layout, &words).map_err(|_| Error::Internal)?;
    let path = super::path_to(&web, &actor, unit.key);
    let nonce = super::nonce();
    let mut response = page(app::pages::sheet::sheet(&SheetPage {
        lang: query.lang(),
        assets: &web.assets,
        nonce: &nonce,
        unit: &unit.name,
        code: &unit.code,
        kind: unit.kind,
        path: &path,
        layouts: &Layout::ALL.map(Layout::name),
        layout: layout.name(),
        paper: layout.paper_name(),
        points: labels.len(),
        point: point.as_ref().map(|point| (&*point.code, &*point.name)),
        address: match (web.reaches_others(), web.base_url.starts_with("https://")) {
            (false, _) => Address::Loopback,
            (true, true) => Address::Secure,
            (true, false) => Address::Plain,
        },
        simulated: web.service.is_demo(),
        pages: &pages,
    }));
    super::allow(&mut response, &format!("script-src 'nonce-{nonce}'"))?;
    Ok(response)
}

/// `GET /sheets/{unit}/file`: one self-contained file, to be kept or sent to a printer.
pub(super) async fn file(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.readable_by_officials(&actor, &unit)?;
    let query = Query::parse(query, &["layout", "point"])?;
    let layout = layout(&query)?;
    let (labels, point) = asked(&web, unit.key, &query)?;
    note(&web, &labels).await?;
    let words = words(web.service.is_demo());
    let html = sheet::html(&labels, layout, &words).map_err(|_| Error::Internal)?;
    let of = point.map_or_else(|| unit.code.clone(), |point| point.code);
    let name = format!("attachment; filename=\"{of}-{}.html\"", layout.name());
    let mut response = page(html).into_response();
    let name = HeaderValue::from_str(&name).map_err(|_| Error::Internal)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}
