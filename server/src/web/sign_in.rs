//! The way in and out: name and password, the second step, and the links that set a password.

use app::pages::sign_in::{Before, CodePage, LinkPage, NotIn, SignInPage};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::questionnaire::Lang;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::access::Name;
use super::cookie::{Cookie, Jar};
use super::form::{self, Fields};
use super::proxy::Origin;
use super::{Error, Shared, see_other, unkept};
use crate::service::sign_in::{Browser, Entered, Refused};

/// The longest address that one comes back to.
const NEXT_MAX: usize = 1000;

/// Leads to the sign-in, and from there back to a path.
pub(super) fn first(path: &str, lang: Lang) -> Response {
    match next(path) {
        "/" => see_other("/sign-in", lang),
        path => see_other(&format!("/sign-in?next={}", encoded(path)), lang),
    }
}

pub(super) fn encoded(path: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(path, NON_ALPHANUMERIC)
}

/// Where one may be led after signing in: a path of this site and nothing else, since the address may
/// have been made by anybody. A browser takes `//host` and `/\host` for another site.
pub(super) fn next(asked: &str) -> &str {
    let plain = asked.bytes().all(|byte| matches!(byte, b'!'..=b'~') && byte != b'\\');
    let own = asked.starts_with('/') && !asked.starts_with("//") && asked.len() <= NEXT_MAX;
    let way_in = ["/sign-in", "/sign-out", "/link/"].iter().any(|path| asked.starts_with(path));
    if own && plain && !way_in { asked } else { "/" }
}

/// One parameter of an address.
pub(super) fn parameter(query: Option<&str>, name: &str) -> String {
    let pairs = form::decode(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    pairs.into_iter().find(|(other, _)| other == name).map(|(_, value)| value).unwrap_or_default()
}

/// What kind of browser it is, in a few words that its owner knows it by.
pub(super) fn browser(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let agent = agent.unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    // Browsers also name those that they want to be taken for, so the order matters.
    let program = first(&[
        ("coc_coc", "Cốc Cốc"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "?".to_owned(),
    }
}

/// The page of the sign-in, with the name as typed, and what is said.
pub(super) fn page(
    web: &Shared,
    (jar, origin): (&Jar, &Origin),
    lang: Lang,
    next: &str,
    shown: (&str, Option<NotIn>, Option<Before>),
) -> Response {
    let (name, not, before) = shown;
    unkept(app::pages::sign_in::sign_in(&SignInPage {
        lang,
        assets: &web.assets,
        next,
        name,
        not,
        before,
        provider: web.ways_in.label(),
        insecure: is_insecure(web, jar, origin),
        demo: web.service.is_demo(),
        nobody: web.service.is_closed_to_others(),
    }))
}

/// Whether a password would come over the network in the clear: the cookie of a session would not be
/// taken there either.
fn is_insecure(web: &Shared, jar: &Jar, origin: &Origin) -> bool {
    jar.secure && !web.is_tls(origin.tls)
}

/// `GET /sign-in`.
pub(super) async fn show(
    State(web): State<Shared>,
    jar: Jar,
    origin: Origin,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.as_deref();
    let asked = parameter(query, "next");
    let before = match parameter(query, "after").as_str() {
        "link" => Some(Before::Set),
        "out" => Some(Before::Out),
        _ => None,
    };
    page(&web, (&jar, &origin), super::lang(query), next(&asked), ("", None, before))
}

/// `POST /sign-in`.
pub(super) async fn send(
    State(web): State<Shared>,
    jar: Jar,
    origin: Origin,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Error> {
    let (lang, next) = (fields.lang(), next(fields.get("next")));
    let (name, password) = (fields.get("name"), fields.get("password"));
    if is_insecure(&web, &jar, &origin) {
        let shown = page(&web, (&jar, &origin), lang, next, (name, None, None));
        return Ok((StatusCode::FORBIDDEN, shown).into_response());
    }
    let kind = browser(&headers);
    let browser = Browser { device: jar.get(Cookie::Device), kind: &kind, client: origin.client };
    match web.service.sign_in(name, password, browser).await {
        Ok(entered) => Ok(let_in(&jar, &entered, next, lang)),
        Err(refused) => {
            let not = not_in(refused)?;
            let shown = page(&web, (&jar, &origin), lang, next, (name, Some(not), None));
            Ok(refusal(not, shown))
        }
    }
}

/// Leads on: to where one wanted to go, or to the second step first.
pub(super) fn let_in(jar: &Jar, entered: &Entered, next: &str, lang: Lang) -> Response {
    if entered.waits {
        let mut response = see_other(&format!("/sign-in/code?next={}", encoded(next)), lang);
        jar.set(&mut response, Cookie::Session, Some(&entered.token));
        return response;
    }
    // The path says its language itself.
    let lang = if next == "/" { lang } else { Lang::default() };
    let mut response = see_other(next, lang);
    jar.set(&mut response, Cookie::Session, Some(&entered.token));
    jar.set(&mut response, Cookie::Device, Some(&entered.device));
    response
}

/// What the page says; what it cannot say is an error of its own.
pub(super) fn not_in(refused: Refused) -> Result<NotIn, Error> {
    match refused {
        Refused::Wrong => Ok(NotIn::Wrong),
        Refused::WrongCode => Ok(NotIn::WrongCode),
        Refused::Wait(seconds) => Ok(NotIn::Wait(seconds)),
        Refused::Busy(_) => Ok(NotIn::Busy),
        Refused::Unknown => Ok(NotIn::Unknown),
        Refused::NoLink => Err(Error::NoLink),
        Refused::Store(error) => Err(error.into()),
        Refused::Weak(_) | Refused::Required | Refused::Expired => Err(Error::BadRequest),
    }
}

/// The page with the status that belongs to what it says.
pub(super) fn refusal(not: NotIn, page: Response) -> Response {
    let (status, wait) = match not {
        NotIn::Wrong | NotIn::WrongCode | NotIn::Stale => (StatusCode::UNPROCESSABLE_ENTITY, None),
        NotIn::Unknown | NotIn::Unverified | NotIn::Declined => (StatusCode::FORBIDDEN, None),
        NotIn::NotBelieved => (StatusCode::BAD_GATEWAY, None),
        NotIn::Wait(seconds) => (StatusCode::TOO_MANY_REQUESTS, Some(seconds)),
        NotIn::Busy | NotIn::Away => (StatusCode::SERVICE_UNAVAILABLE, Some(5)),
    };
    let mut response = (status, page).into_response();
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// `GET /sign-in/code`.
pub(super) async fn code(
    State(web): State<Shared>,
    jar: Jar,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let asked = parameter(query.as_deref(), "next");
    let (lang, next) = (super::lang(query.as_deref()), next(&asked));
    let waits = match jar.get(Cookie::Session) {
        Some(token) => web.service.waits_for_code(token).await?,
        None => false,
    };
    if !waits {
        return Ok(first(next, lang));
    }
    let page = CodePage { lang, assets: &web.assets, next, not: None };
    Ok(unkept(app::pages::sign_in::code(&page)))
}

/// `POST /sign-in/code`.
pub(super) async fn confirm(
    State(web): State<Shared>,
    jar: Jar,
    origin: Origin,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Error> {
    let (lang, next) = (fields.lang(), next(fields.get("next")));
    let waiting = jar.get(Cookie::Session).unwrap_or_default();
    let kind = browser(&headers);
    let browser = Browser { device: jar.get(Cookie::Device), kind: &kind, client: origin.client };
    match web.service.confirm(waiting, fields.get("code"), browser).await {
        Ok(entered) => Ok(let_in(&jar, &entered, next, lang)),
        Err(Refused::Expired) => Ok(first(next, lang)),
        Err(refused) => {
            let not = not_in(refused)?;
            let page = CodePage { lang, assets: &web.assets, next, not: Some(not) };
            Ok(refusal(not, unkept(app::pages::sign_in::code(&page))))
        }
    }
}

/// `POST /sign-out`.
pub(super) async fn out(
    State(web): State<Shared>,
    jar: Jar,
    fields: Fields,
) -> Result<Response, Error> {
    if let Some(token) = jar.get(Cookie::Session) {
        web.service.sign_out(token).await?;
    }
    let mut response = see_other("/sign-in?after=out", fields.lang());
    jar.set(&mut response, Cookie::Session, None);
    Ok(response)
}

/// `GET /link/{token}`.
pub(super) async fn link(
    State(web): State<Shared>,
    Name(token): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let found = web.service.link(&token).await?.ok_or(Error::NoLink)?;
    Ok(unkept(app::pages::sign_in::link(&LinkPage {
        lang: super::lang(query.as_deref()),
        assets: &web.assets,
        token: &token,
        name: &found.name,
        weak: None,
        busy: false,
    })))
}

/// `POST /link/{token}`.
pub(super) async fn use_link(
    State(web): State<Shared>,
    Name(token): Name,
    jar: Jar,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    let found = web.service.link(&token).await?.ok_or(Error::NoLink)?;
    let (weak, busy) =
        match web.service.use_link(&token, fields.get("new"), fields.get("again")).await {
            Ok(device) => {
                let mut response = see_other("/sign-in?after=link", lang);
                jar.set(&mut response, Cookie::Session, None);
                jar.set(&mut response, Cookie::Device, Some(&device));
                return Ok(response);
            }
            Err(Refused::Weak(weak)) => (Some(weak.key()), false),
            Err(Refused::Busy(_)) => (None, true),
            Err(refused) => return Err(not_in(refused).err().unwrap_or(Error::BadRequest)),
        };
    let page = LinkPage { lang, assets: &web.assets, token: &token, name: &found.name, weak, busy };
    let page = unkept(app::pages::sign_in::link(&page));
    let status = match busy {
        true => StatusCode::SERVICE_UNAVAILABLE,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_led_to_this_site_alone() {
        for own in ["/", "/boards/tay-son?from=2026-01-01&rule=top2", "/admin/people/%2F", "/a//b"]
        {
            assert_eq!(next(own), own);
        }
        for foreign in [
            "",
            "boards",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "\\\\evil",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=y",
            "/\t/evil.example",
            "/ /x",
            "/é",
            "/sign-in?next=/",
            "/sign-out",
            "/link/0a",
        ] {
            assert_eq!(next(foreign), "/", "{foreign:?}");
        }
        assert_eq!(next(&format!("/{}", "a".repeat(NEXT_MAX))), "/");
    }

    #[test]
    fn browsers_are_called_by_their_names() {
        let name = |agent: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, agent.parse().unwrap());
            browser(&headers)
        };
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
        assert_eq!(name(chrome), "Chrome, Linux");
        assert_eq!(
            name("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0"),
            "Firefox, Windows"
        );
        assert_eq!(name("curl/8"), "?");
    }
}
