//! Writes every page in its states, with the style sheets beside them, into a folder to look at.
//!
//! `cargo run -p app --features ssr --example gallery -- FOLDER`
//!
//! Islands run where the folder has their bundle in `pkg` and is served over HTTP.

mod board;
#[path = "../../src/sample/report.rs"]
mod sample;

use std::path::Path;
use std::sync::Arc;

use app::catalogue;
use app::pages::Desk;
use app::pages::home::{HomePage, Listed, home};
use app::pages::notice::{Notice, notice};
use app::pages::report::{Place, ReportPage, report};
use app::pages::respond::{NotNow, RespondPage, ThanksPage, respond, thanks};
use app::shell::Assets;
use domain::form::Form;
use domain::instrument::{Instrument, Instruments};
use domain::questionnaire::Lang;
use domain::response::{Problem, Reason};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: gallery FOLDER")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let style = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    for sheet in ["citizen.css", "main.css", "office.css", "report.css"] {
        std::fs::copy(style.join(sheet), folder.join(sheet))?;
    }
    let assets = Assets {
        citizen_css: "citizen.css".into(),
        main_css: "main.css".into(),
        islands_root: folder.join("pkg/hailong.js").exists().then(String::new),
    };
    let versions = catalogue::questionnaires()?;
    let all = versions.into_iter().zip(1..).map(|(q, key)| Instrument::new(key, q)).collect();
    let instruments = Instruments::new(all, catalogue::fields()?);
    let instrument: &Arc<Instrument> = instruments.get("sipas-2023").ok_or("no sipas-2023")?;
    let write =
        |name: &str, html: String| std::fs::write(folder.join(format!("{name}.html")), html);

    let base = RespondPage {
        lang: Lang::Vi,
        assets: &assets,
        code: "7KM2P9XQRA",
        point: "Quầy 3 – Hộ tịch, chứng thực",
        unit: "Trung tâm Phục vụ hành chính công xã Tây Sơn",
        place: "Trung tâm Phục vụ hành chính công xã Tây Sơn",
        kiosk: false,
        simulated: false,
        instrument,
        form: Form::Short(8),
        fields: instruments.fields(),
        id: "7f0c4a52-91f3-4b3e-8a58-0d8e6e1c2b4d",
        given: &[],
        problems: &[],
        not_now: None,
    };
    let given = [("A1", "5"), ("B2", "4"), ("C3", "na"), ("stage", "result"), ("field", "Hộ tịch")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let problem = |field: &str, reason| Problem { field: field.into(), reason };
    let nothing = [problem("answers", Reason::NoAnswer)];
    let several = [
        problem("A1", Reason::NotAnAnswer),
        problem("comment", Reason::TooLong),
        problem("id", Reason::NotAUuid),
    ];
    for lang in [Lang::Vi, Lang::En] {
        let tag = lang.tag();
        let base = RespondPage { lang, ..base };
        write(&format!("respond-{tag}"), respond(&base))?;
        let full = RespondPage { form: Form::Full, simulated: true, ..base };
        write(&format!("respond-full-{tag}"), respond(&full))?;
        let failed = RespondPage { problems: &nothing, ..base };
        write(&format!("respond-nothing-{tag}"), respond(&failed))?;
        let failed = RespondPage { problems: &several, given: &given, ..base };
        write(&format!("respond-several-{tag}"), respond(&failed))?;
        let busy = RespondPage { not_now: Some(NotNow::Busy), given: &given, ..base };
        write(&format!("respond-busy-{tag}"), respond(&busy))?;
        let often = RespondPage { not_now: Some(NotNow::TooOften(12)), ..busy };
        write(&format!("respond-too-often-{tag}"), respond(&often))?;
        for (name, kiosk, kept_first) in
            [("thanks", false, false), ("thanks-kept", false, true), ("thanks-kiosk", true, false)]
        {
            let page = ThanksPage {
                lang,
                assets: &assets,
                code: base.code,
                point: base.point,
                unit: base.unit,
                kiosk,
                simulated: kiosk,
                kept_first,
            };
            write(&format!("{name}-{tag}"), thanks(&page))?;
        }
    }
    let closed = Notice::ClosedPoint { point: base.point.into(), unit: base.unit.into() };
    let revoked = Notice::RevokedCode { point: base.point.into(), unit: base.unit.into() };
    let notices = [Notice::UnknownPoint, closed, Notice::LoopbackOnly, Notice::Internal, revoked];
    let boards =
        [("gia-lai", "Tỉnh Gia Lai"), ("tay-son", "Xã Tây Sơn"), ("binh-khe", "Xã Bình Khê")].map(
            |(code, name)| Listed { code: code.to_owned(), name: name.to_owned(), ended: false },
        );
    for lang in [Lang::Vi, Lang::En] {
        let tag = lang.tag();
        for (n, one) in notices.iter().enumerate() {
            write(&format!("notice-{n}-{tag}"), notice(lang, &assets, one))?;
        }
        for (name, boards) in [("home", boards.to_vec()), ("home-empty", vec![])] {
            let simulated = !boards.is_empty();
            let (assets, desk, start) = (&assets, Desk::default(), !simulated);
            let page = HomePage { lang, assets, simulated, boards, desk, start };
            write(&format!("{name}-{tag}"), home(&page))?;
        }
        for (name, edition) in
            [("sealed", sample::edition(instrument)), ("empty", sample::empty(instrument))]
        {
            let place = Place::Site { assets: &assets, nonce: "gallery" };
            let page = ReportPage { lang, edition: &edition, closed_on: None, place };
            write(&format!("report-{name}-{tag}"), report(&page))?;
        }
        for (name, html) in board::boards(lang, &assets, instrument) {
            write(&format!("board-{name}-{tag}"), html)?;
        }
    }
    Ok(())
}
