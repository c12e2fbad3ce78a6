//! Files in, in two steps: what a file would do, and that it does so; and the files of what is there.

mod words;

pub use words::{sentence, words};

use app::pages::import::{Fault, ImportPage, Plan, PlanRow};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, RawQuery, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as LETTERS;
use domain::access::Act;
use domain::questionnaire::Lang;

use super::access::{Asks, Name};
use super::entry::change;
use super::form::Fields;
use super::{Error, Shared, see_other, unkept};
use crate::export::{csv, xlsx};
use crate::service::access::Actor;
use crate::service::import::{FILE_MAX, Kind, Preview, ROWS_MAX, Refused};

/// The largest body of an upload: what is larger than a file may be is read and told so, up to here.
pub(super) const UPLOAD_MAX: usize = 16 << 20;
/// The largest body of a confirmation: the file in letters, and little more.
pub(super) const CONFIRM_MAX: usize = FILE_MAX / 3 * 4 + (64 << 10);
/// Characters of the name of a file.
const NAME_MAX: usize = 120;

/// The tables that the actor may import, of which there is at least one.
fn allowed(web: &Shared, actor: &Actor) -> Result<Vec<Kind>, Error> {
    web.service.units_for(actor, Act::Manage)?;
    Ok(web.service.importable(actor))
}

/// Hands the page to a view.
fn with_page(
    web: &Shared,
    actor: &Actor,
    lang: Lang,
    show: impl FnOnce(ImportPage<'_>) -> String,
) -> Result<Response, Error> {
    let kinds: Vec<&str> = allowed(web, actor)?.into_iter().map(Kind::name).collect();
    Ok(unkept(show(ImportPage {
        lang,
        assets: &web.assets,
        desk: super::units::desk(web, actor),
        kinds: &kinds,
        chosen: None,
        limits: (FILE_MAX >> 20, ROWS_MAX),
        done: None,
        problem: None,
    })))
}

/// `GET /admin/import`.
pub(super) async fn show(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let done = super::asked(query.as_deref(), "done").and_then(|done| {
        let (kind, n) = done.split_once('.')?;
        Some((Kind::parse(kind)?.name(), n.parse().ok()?))
    });
    with_page(&web, &actor, super::lang(query.as_deref()), |page| {
        app::pages::import::import(&ImportPage { done, ..page })
    })
}

/// What was sent by the form.
#[derive(Default)]
struct Upload {
    kind: String,
    lang: Lang,
    name: String,
    file: Vec<u8>,
    too_large: bool,
}

impl Upload {
    async fn read(request: Request, web: &Shared) -> Result<Self, Error> {
        let parts = Multipart::from_request(request, web).await;
        let mut parts = parts.map_err(|_| Error::UnsupportedMedia)?;
        let mut upload = Self::default();
        while let Some(field) = parts.next_field().await.map_err(broken)? {
            match field.name().unwrap_or_default() {
                "kind" => upload.kind = text(field).await?,
                "lang" => upload.lang = Lang::parse(&text(field).await?).unwrap_or_default(),
                "file" => upload.take(field).await?,
                _ => return Err(Error::BadRequest),
            }
        }
        Ok(upload)
    }

    /// Takes the file, as far as it is not too large; the rest is read and let go of, so that the browser
    /// hears the answer.
    async fn take(&mut self, mut field: Field<'_>) -> Result<(), Error> {
        let name = field.file_name().unwrap_or_default();
        self.name = name.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            self.too_large |= self.file.len() + chunk.len() > FILE_MAX;
            match self.too_large {
                true => self.file = vec![],
                false => self.file.extend_from_slice(&chunk),
            }
        }
        Ok(())
    }
}

/// A field that is no file.
async fn text(mut field: Field<'_>) -> Result<String, Error> {
    let mut bytes = vec![];
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > NAME_MAX {
            return Err(Error::BadRequest);
        }
    }
    String::from_utf8(bytes).map_err(|_| Error::BadRequest)
}

fn broken(error: MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        _ => Error::BadRequest,
    }
}

/// `POST /admin/import`: the first step.
pub(super) async fn look(
    State(web): State<Shared>,
    Asks(actor): Asks,
    request: Request,
) -> Result<Response, Error> {
    let kinds = allowed(&web, &actor)?;
    let Upload { kind, lang, name, file, too_large } = Upload::read(request, &web).await?;
    let chosen = Kind::parse(&kind);
    let problem = match (too_large, chosen) {
        (true, _) => Some((StatusCode::PAYLOAD_TOO_LARGE, ("file", "import-too-large"))),
        (_, None) => Some((StatusCode::UNPROCESSABLE_ENTITY, ("kind", "import-no-kind"))),
        _ if file.is_empty() => {
            Some((StatusCode::UNPROCESSABLE_ENTITY, ("file", "import-no-file")))
        }
        _ => None,
    };
    if let Some((status, problem)) = problem {
        let page = with_page(&web, &actor, lang, |page| {
            let chosen = chosen.map(Kind::name);
            app::pages::import::import(&ImportPage { problem: Some(problem), chosen, ..page })
        })?;
        return Ok((status, page).into_response());
    }
    let kind = chosen.filter(|kind| kinds.contains(kind)).ok_or(Error::Forbidden)?;
    let letters = LETTERS.encode(&file);
    let preview = web.service.preview_import(&actor, kind, file).await.map_err(error)?;
    let status = match preview.bad.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = plan_page(&web, &actor, lang, (kind, &name, &letters), (&preview, false))?;
    Ok((status, page).into_response())
}

fn error(refused: Refused) -> Error {
    match refused {
        Refused::Denied(denied) => denied.into(),
        Refused::Store(error) => error.into(),
        Refused::Moved(_) => Error::Internal,
    }
}

fn plan_page(
    web: &Shared,
    actor: &Actor,
    lang: Lang,
    (kind, name, file): (Kind, &str, &str),
    (preview, moved): (&Preview, bool),
) -> Result<Response, Error> {
    let rows: Vec<PlanRow> = preview
        .changes
        .iter()
        .map(|row| PlanRow {
            line: row.line,
            about: row.about.clone(),
            known: row.known,
            changes: row.columns.iter().map(change).collect(),
        })
        .collect();
    let faults: Vec<Fault> = preview
        .bad
        .iter()
        .map(|bad| Fault {
            line: bad.line,
            column: bad.column.clone(),
            why: words(lang, &bad.what),
        })
        .collect();
    with_page(web, actor, lang, |page| {
        let plan = Plan {
            kind: kind.name(),
            name,
            rows: &rows,
            unchanged: preview.unchanged,
            faults: &faults,
            file,
            mark: &preview.mark,
            moved,
        };
        app::pages::import::plan(&ImportPage { chosen: Some(kind.name()), ..page }, &plan)
    })
}

/// `POST /admin/import/confirm`: the second step.
pub(super) async fn confirm(
    State(web): State<Shared>,
    Asks(actor): Asks,
    fields: Fields,
) -> Result<Response, Error> {
    let (kinds, lang) = (allowed(&web, &actor)?, fields.lang());
    let kind = Kind::parse(fields.get("kind")).ok_or(Error::BadRequest)?;
    let kind = Some(kind).filter(|kind| kinds.contains(kind)).ok_or(Error::Forbidden)?;
    let letters = fields.get("file");
    let file = LETTERS.decode(letters).map_err(|_| Error::BadRequest)?;
    if file.len() > FILE_MAX {
        return Err(Error::TooLarge);
    }
    match web.service.confirm_import(&actor, kind, file, fields.get("mark")).await {
        Ok(n) => Ok(see_other(&format!("/admin/import?done={}.{n}", kind.name()), lang)),
        Err(Refused::Moved(preview)) => {
            let name: String = fields.get("name").chars().take(NAME_MAX).collect();
            let of = (kind, &*name, letters);
            let page = plan_page(&web, &actor, lang, of, (&preview, true))?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(refused) => Err(error(refused)),
    }
}

/// `GET /admin/import/{file}`: a table as it is, such as `targets.csv`.
pub(super) async fn download(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(file): Name,
) -> Result<Response, Error> {
    allowed(&web, &actor)?;
    let (kind, ending) = file.split_once('.').ok_or(Error::NotFound)?;
    let kind = Kind::parse(kind).ok_or(Error::NotFound)?;
    let units = web.service.importable_units(&actor, kind)?;
    let rows = csv::rows(&web.service.store, kind, |unit| units.contains(unit)).await;
    let failed = |error: csv::Error| {
        tracing::error!(%error, "a table could not be written");
        Error::Internal
    };
    let rows = rows.map_err(failed)?;
    let (media, bytes) = match ending {
        "csv" => {
            // Excel takes a file for UTF-8 by this mark; the import knows it.
            let mut bytes = "\u{feff}".as_bytes().to_vec();
            csv::write(&rows, &mut bytes).map_err(failed)?;
            ("text/csv; charset=utf-8", bytes)
        }
        "xlsx" => {
            let bytes = xlsx::table::table(kind.name(), &rows);
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            (media, bytes.map_err(|error| failed(error.into()))?)
        }
        _ => return Err(Error::NotFound),
    };
    let name = format!("attachment; filename=\"{}.{ending}\"", kind.name());
    let mut response = ([(header::CONTENT_TYPE, media)], bytes).into_response();
    let headers = response.headers_mut();
    let name = HeaderValue::from_str(&name).map_err(|_| Error::Internal)?;
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
