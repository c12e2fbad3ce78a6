//! The report as files: read back by programs that know nothing of ours, every figure is that of the
//! doors to the last digit, and what an office opens is the document that it would sign.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Range, Reader, Xlsx};
use domain::questionnaire::Lang;
use domain::report::{
    ClosedBy, Corrected, CorrectedPart, Correction, Edition, Figured, Seal, State,
};
use serde_json::Value;
use server::export::{csv, docx, xlsx};
use tempfile::TempDir;

use super::{busy, issue};
use crate::house::{Engine, House, both};

/// A cell below a head, in the row that begins with a code or a name.
fn cell<'a>(sheet: &'a Range<Data>, row: &str, head: &str) -> &'a Data {
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let named = |cells: &&[Data]| cells.iter().any(|cell| *cell == head);
    let heads = rows.iter().position(named).unwrap_or_else(|| panic!("no {head}"));
    let at = rows[heads].iter().position(|cell| *cell == head).unwrap();
    let found = rows[heads + 1..].iter().find(|cells| cells[0] == row);
    &found.unwrap_or_else(|| panic!("no row {row}"))[at]
}

/// A number as JSON has it: every digit counts, and both sides are read alike.
fn read(digits: &str) -> f64 {
    serde_json::from_str(digits).unwrap_or_else(|_| panic!("no number: {digits}"))
}

/// A number of a sheet, which must be the very one of a document.
fn same(sheet: &Range<Data>, row: &str, head: &str, figure: &Value) {
    match cell(sheet, row, head) {
        Data::Float(number) => {
            assert_eq!(read(&number.to_string()), figure.as_f64().unwrap(), "{row}, {head}");
        }
        Data::Int(number) => assert_eq!(Some(*number), figure.as_i64(), "{row}, {head}"),
        other => panic!("{row}, {head}: {other:?} for {figure}"),
    }
}

/// All components of a document of `/index` that are asked at counters.
fn components(index: &Value) -> &Vec<Value> {
    index["groups"][1]["components"].as_array().unwrap()
}

/// Answers on the scale to some items of a document.
fn answers<'a>(items: impl IntoIterator<Item = &'a Value>) -> Value {
    let counts = items.into_iter().flat_map(|item| item["counts"].as_array().unwrap());
    counts.map(|count| count.as_u64().unwrap()).sum::<u64>().into()
}

/// How far the interval of a figure reaches stands beside its row, for the chart to draw.
fn arms(sheet: &Range<Data>, figure: &Value) {
    let of = |key: &str| figure[key].as_f64().unwrap();
    let code = figure["code"].as_str().unwrap();
    let ends = [of("score") - of("low"), of("high") - of("score")];
    for (head, arm) in ["Điểm trừ cận dưới", "Cận trên trừ điểm"].iter().zip(ends)
    {
        let Data::Float(shown) = cell(sheet, code, head) else { panic!("no number: {head}") };
        assert!((shown - arm).abs() < 1e-9, "{code}, {head}: {shown} for {arm}");
    }
}

/// The index of a stage rests on fewer components than the group has.
fn partial(edition: &Edition) -> bool {
    let stages = edition.report.parts[0].by_stage.as_ref().unwrap();
    let fewer = |of: &[Figured]| of[1..].iter().any(|one| one.state == State::None);
    stages.iter().any(|cell| cell.figures[0].estimate.score.is_some() && fewer(&cell.figures))
}

/// An item pulls the index down.
fn driven(edition: &Edition) -> bool {
    edition.report.parts[0].drivers.first().is_some_and(|first| first.gain > 0.0)
}

/// The lines of the long file: section, version, code and measure, to value and state.
fn lines(file: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(file).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    // None of these values holds a comma or a quote, but names and texts may.
    let mut all = vec![];
    for line in text.lines().skip(1) {
        let (mut cells, mut cell, mut quoted) = (vec![], String::new(), false);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                letter => cell.push(letter),
            }
        }
        cells.push(cell);
        all.push(cells);
    }
    all
}

/// A sealed edition with answers that came later, whose names try to break out of every format.
async fn hostile(house: &House) -> Edition {
    let mut edition = issue(house, "p", "2026-09").await.unwrap().edition;
    let version = edition.report.parts[0].questionnaire.clone();
    edition.report.unit.name = "=HYPERLINK(\"http://x\")</w:t><w:evil>&\u{1}\u{1b}\u{fffe}".into();
    edition.report.parts[0].below[0].name = "+1+cmd|'/c calc'!A1 <b>\u{0}".into();
    edition.report.simulated = true;
    edition.report.method.closed_by = Some(ClosedBy::Schedule);
    edition.seal = Some(Seal {
        hash: "5e".repeat(32),
        at: "2026-10-01T01:00:00+07:00".into(),
        by: ClosedBy::Schedule,
    });
    let row =
        Corrected { code: "II".into(), name: String::new(), sealed: Some(60.0), now: Some(61.5) };
    edition.correction = Some(Correction {
        more: 12,
        parts: vec![CorrectedPart {
            questionnaire: version,
            sealed: 603,
            now: 615,
            rows: vec![row],
        }],
    });
    edition
}

both! {
    async fn a_workbook_says_what_the_doors_say(engine: Engine) {
        let house = busy(engine).await;
        let days = "from=2026-09-01&to=2026-09-30";
        let index = house.index("p", &format!("?{days}")).await;
        let edition = issue(&house, "p", "2026-09").await.unwrap().edition;
        let file = xlsx::xlsx(&edition, Lang::Vi).unwrap();
        assert_eq!(file, xlsx::xlsx(&edition, Lang::Vi).unwrap(), "not the same bytes");
        let mut book = Xlsx::new(Cursor::new(file)).unwrap();
        let names = book.sheet_names();
        for name in ["Tổng hợp", "Thành phần", "Câu hỏi", "So tháng trước", "Chỉ tiêu", "Xếp hạng",
            "Giai đoạn", "Lĩnh vực", "Kênh", "Xu hướng", "Cỡ mẫu", "Chất lượng", "Phương pháp"] {
            assert!(names.iter().any(|found| found == name), "{name} of {names:?}");
        }
        let sheet = book.worksheet_range("Thành phần").unwrap();
        let items = book.worksheet_range("Câu hỏi").unwrap();
        for component in components(&index) {
            let code = component["code"].as_str().unwrap();
            for (head, key) in [("Điểm", "score"), ("Cận dưới 95%", "low"), ("Cận trên 95%", "high")] {
                same(&sheet, code, head, &component[key]);
            }
            let of = component["items"].as_array().unwrap();
            same(&sheet, code, "Số câu trả lời", &answers(of.iter()));
            for item in of {
                let code = item["code"].as_str().unwrap();
                same(&items, code, "Điểm", &item["score"]);
                same(&items, code, "Số câu trả lời", &answers([item]));
                same(&items, code, "K.áp dụng", &item["not_applicable"]);
                for (at, head) in ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"].iter().enumerate() {
                    same(&items, code, head, &item["counts"][at]);
                }
            }
        }
        same(&sheet, "II", "Điểm", &index["groups"][1]["score"]);
        let all = components(&index).iter().flat_map(|of| of["items"].as_array().unwrap());
        same(&sheet, "II", "Số câu trả lời", &answers(all));
        arms(&sheet, &index["groups"][1]);
        let stages = book.worksheet_range("Giai đoạn").unwrap();
        let says = |words: &str| stages.used_cells().any(|(_, _, cell)| cell.to_string().contains(words));
        assert_eq!(says("trung bình cộng của các thành phần được hỏi"), partial(&edition));
        let months = book.worksheet_range("Xu hướng").unwrap();
        let series = house.get("/api/v1/units/p/series?by=month&from=2025-09-01&to=2026-09-30").await.json();
        for point in series["points"].as_array().unwrap() {
            let from = point["from"].as_str().unwrap();
            let month = format!("{}/{}", &from[5..7], &from[..4]);
            same(&months, &month, "Số phiếu", &point["responses"]);
            same(&months, &month, "Điểm", &point["groups"][1]["score"]);
        }
        let analysis = house.get(&format!("/api/v1/units/p/analysis?{days}")).await.json();
        let changes = book.worksheet_range("So tháng trước").unwrap();
        for row in analysis["change"]["rows"].as_array().unwrap() {
            same(&changes, row["code"].as_str().unwrap(), "Thay đổi", &row["estimate"]);
        }
        for name in names {
            let formulas = book.worksheet_formula(&name).unwrap();
            assert!(formulas.used_cells().next().is_none(), "{name} has a formula");
        }
    }

    async fn a_long_file_says_what_the_doors_say(engine: Engine) {
        let house = busy(engine).await;
        let index = house.index("p", "?from=2026-09-01&to=2026-09-30").await;
        let edition = issue(&house, "p", "2026-09").await.unwrap().edition;
        let all = lines(&csv::report(&edition, Lang::Vi).unwrap());
        assert!(all.iter().all(|line| line.len() == 10 && line[0] == "p" && line[1] == "2026-09"));
        let find = |section: &str, code: &str, measure: &str| {
            let mut found = all.iter().filter(|line| (&*line[2], &*line[4], &*line[6]) == (section, code, measure));
            let line = found.next().unwrap_or_else(|| panic!("no {section}, {code}, {measure}"));
            assert!(found.next().is_none(), "{section}, {code}, {measure} twice");
            (line[7].clone(), line[8].clone())
        };
        for component in components(&index) {
            let code = component["code"].as_str().unwrap();
            for key in ["score", "low", "high"] {
                let (value, state) = find("components", code, key);
                assert_eq!((read(&value), &*state), (component[key].as_f64().unwrap(), "shown"));
            }
            for item in component["items"].as_array().unwrap() {
                for (n, count) in (1..).zip(item["counts"].as_array().unwrap()) {
                    let found = find("items", item["code"].as_str().unwrap(), &format!("n{n}"));
                    assert_eq!(found, (count.to_string(), "shown".to_owned()));
                }
            }
        }
        // What is withheld has no value in any format.
        let stages = edition.report.parts[0].by_stage.as_ref().unwrap();
        let withheld = stages.iter().flat_map(|cell| &cell.figures).filter(|of| of.estimate.score.is_none());
        let empty = all.iter().filter(|line| line[2] == "stage" && matches!(&*line[8], "withheld" | "none"));
        assert_eq!(empty.clone().count(), withheld.count());
        assert!(empty.clone().all(|line| line[7].is_empty()));
    }

    async fn no_name_breaks_out_of_a_file(engine: Engine) {
        let house = busy(engine).await;
        let edition = hostile(&house).await;
        for lang in [Lang::Vi, Lang::En] {
            let mut book = Xlsx::new(Cursor::new(xlsx::xlsx(&edition, lang).unwrap())).unwrap();
            for name in book.sheet_names() {
                assert!(book.worksheet_formula(&name).unwrap().used_cells().next().is_none());
            }
            for line in lines(&csv::report(&edition, lang).unwrap()) {
                let free = |cell: &String| !cell.starts_with(['=', '+', '-', '@']) || cell.parse::<f64>().is_ok();
                assert!(line.iter().all(free), "{line:?}");
            }
            let file = docx::docx(&edition, lang).unwrap();
            assert_eq!(file, docx::docx(&edition, lang).unwrap(), "not the same bytes");
            let text = pdf_text(&file, "docx");
            assert!(text.contains("</w:t><w:evil>&"), "{text}");
            let mark = if lang == Lang::Vi { "Dữ liệu mô phỏng" } else { "Simulated data" };
            let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
            assert!(pages.iter().all(|page| page.contains(mark)), "{text}");
            let target = if lang == Lang::Vi { "Chỉ tiêu năm 2026 là 60,50" } else { "The target of 2026 is 60.50" };
            assert!(tight(&text).contains(&tight(target)), "{text}");
            let later = if lang == Lang::Vi { "61,50" } else { "61.50" };
            assert!(text.contains(&"5e".repeat(16)) && text.contains(later), "{text}");
        }
    }
}

/// What `LibreOffice` makes of a file, as text; a page ends with a form feed.
fn pdf_text(file: &[u8], ending: &str) -> String {
    let folder = converted(file, ending, "pdf");
    keep(&folder.path().join("report.pdf"), ending);
    let mut command = Command::new("pdftotext");
    let text = run(command.args(["-layout", "report.pdf", "-"]).current_dir(folder.path()));
    String::from_utf8(text).unwrap()
}

/// The text of a document as `LibreOffice` reads it, cell by cell.
fn plain_text(file: &[u8]) -> String {
    let folder = converted(file, "docx", "txt:Text (encoded):UTF8");
    std::fs::read_to_string(folder.path().join("report.txt")).unwrap()
}

/// A folder in which a file stands in another format.
fn converted(file: &[u8], ending: &str, wanted: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("report.{ending}"));
    std::fs::write(&path, file).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let arguments = [&profile, "--headless", "--convert-to", wanted, path.to_str().unwrap()];
    run(Command::new("soffice").args(arguments).current_dir(folder.path()));
    folder
}

/// What a program that must succeed writes.
fn run(command: &mut Command) -> Vec<u8> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// For eyes: `HAILONG_PICTURES` names a folder for what was made.
fn keep(pdf: &Path, ending: &str) {
    if let Some(folder) = std::env::var_os("HAILONG_PICTURES") {
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        std::fs::copy(pdf, Path::new(&folder).join(format!("{test}-{ending}.pdf"))).unwrap();
    }
}

/// Text without its line breaks and double blanks.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text without any blanks.
fn tight(text: &str) -> String {
    text.split_whitespace().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_opens_the_document_and_the_workbook() {
    let house = busy(Engine::Sqlite).await;
    let edition = issue(&house, "c1", "2026-09").await.unwrap().edition;
    let figures = &edition.report.parts[0].figures;
    let text = pdf_text(&docx::docx(&edition, Lang::Vi).unwrap(), "docx");
    let pages: Vec<String> = text.trim_end_matches('\u{c}').split('\u{c}').map(flat).collect();
    let all = flat(&text);
    for words in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN",
        "XÃ MỘT",
        "/BC-UBND",
        "BÁO CÁO",
        "tháng 9 năm 2026",
        "I. KẾT QUẢ CHUNG",
        "Bảng 1. Kết quả theo thành phần",
        "Nơi nhận:",
        "Lưu: VT",
        "PHỤ LỤC I",
    ] {
        assert!(all.contains(words), "{words}: {all}");
    }
    let whole = flat(&plain_text(&docx::docx(&edition, Lang::Vi).unwrap()));
    for (words, there) in [
        ("vận dụng bộ câu hỏi của Quyết định 1001/QĐ-BNV", true),
        ("nếu mọi người đều hài lòng với nội dung này thì", driven(&edition)),
        ("Chỉ số của một giai đoạn là trung bình cộng", partial(&edition)),
        ("Mức chắc chắn của câu chữ", true),
        (edition.report.parts[0].source.get(Lang::Vi), true),
    ] {
        assert_eq!(whole.contains(words), there, "{words}: {whole}");
    }
    let score = figures.groups[1].estimate.score.unwrap();
    let shown = domain::score::show(score.to_string().parse().unwrap());
    assert!(pages[0].contains(&format!("đạt {shown} %")), "{}", pages[0]);
    assert!(!pages[0].starts_with('1'), "the first page has no number");
    for (number, page) in (1..).zip(&pages).skip(1) {
        assert!(page.starts_with(&format!("{number} ")), "page {number}: {page}");
    }
    let text = flat(&pdf_text(&xlsx::xlsx(&edition, Lang::En).unwrap(), "xlsx"));
    for words in ["Results by component", "Trend over thirteen months", "1/", "09/2026"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}
