//! Print sheets: labels with the code of each point, as vector pages in true size with cut marks.
//!
//! All lengths are millimetres, and the pages say so. Letters are set by estimated widths and shrink
//! until they fit, so that no name runs out of its label.

mod text;

use std::fmt::Write;
use std::iter::once;

use qrcode::types::QrError;

use super::{QUIET, escape, modules, path};
use text::Text;

/// How many labels stand on what paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    A4One,
    A4Two,
    #[default]
    A4Four,
    A4Eight,
    A5,
    A6,
    /// Twelve small labels on A4.
    Sticker,
}

impl Layout {
    pub const ALL: [Self; 7] =
        [Self::A4One, Self::A4Two, Self::A4Four, Self::A4Eight, Self::A5, Self::A6, Self::Sticker];

    /// The name used in commands and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4One => "a4-1",
            Self::A4Two => "a4-2",
            Self::A4Four => "a4-4",
            Self::A4Eight => "a4-8",
            Self::A5 => "a5",
            Self::A6 => "a6",
            Self::Sticker => "sticker",
        }
    }

    /// The layout of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.name() == text)
    }

    /// Width and height of the paper.
    fn paper(self) -> (f64, f64) {
        match self {
            Self::A5 => (148.0, 210.0),
            Self::A6 => (105.0, 148.0),
            _ => (210.0, 297.0),
        }
    }

    /// The paper's name, also in the style sheet.
    pub fn paper_name(self) -> &'static str {
        match self {
            Self::A5 => "a5",
            Self::A6 => "a6",
            _ => "a4",
        }
    }

    /// Columns and rows of labels on one page.
    fn grid(self) -> (usize, usize) {
        match self {
            Self::A4One | Self::A5 | Self::A6 => (1, 1),
            Self::A4Two => (1, 2),
            Self::A4Four => (2, 2),
            Self::A4Eight => (2, 4),
            Self::Sticker => (3, 4),
        }
    }
}

/// What stands on a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub unit: String,
    pub point: String,
    pub code: String,
    /// What the symbol carries.
    pub address: String,
}

/// What is said to the citizen, in Vietnamese and English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub scan: [String; 2],
    pub privacy: [String; 2],
    /// In both, where the answers of the service are simulated.
    pub simulated: Option<String>,
}

/// The pages of a sheet, each a whole SVG in true size.
pub fn pages(labels: &[Label], layout: Layout, words: &Words) -> Result<Vec<String>, QrError> {
    let (width, height) = layout.paper();
    let size = format!("width=\"{width}mm\" height=\"{height}mm\"");
    placed(labels, layout, words, |_| size.clone())
}

/// The same, each with the attributes that say where it lies and how large it is.
fn placed(
    labels: &[Label],
    layout: Layout,
    words: &Words,
    place: impl Fn(usize) -> String,
) -> Result<Vec<String>, QrError> {
    let (columns, rows) = layout.grid();
    let (width, height) = layout.paper();
    let (w, h) = (width / columns as f64, height / rows as f64);
    let page = |(at, labels): (usize, &[Label])| {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sheet\" {} \
             viewBox=\"0 0 {width} {height}\" \
             font-family=\"'Noto Sans','DejaVu Sans',Arial,sans-serif\">\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>",
            place(at)
        );
        for (at, label) in draw(labels, w, h, words)?.iter().enumerate() {
            let (x, y) = ((at % columns) as f64 * w, (at / columns) as f64 * h);
            let _ = write!(svg, "<g class=\"label\" transform=\"translate({x} {y})\">");
            svg.push_str(label);
            svg.push_str("</g>");
        }
        svg.push_str(&cut_marks(layout));
        svg.push_str("</svg>");
        Ok(svg)
    };
    labels.chunks(columns * rows).enumerate().map(page).collect()
}

/// One self-contained HTML file, to be printed as it is.
pub fn html(labels: &[Label], layout: Layout, words: &Words) -> Result<String, QrError> {
    let (width, height) = layout.paper();
    let pages = pages(labels, layout, words)?.concat();
    let title = labels.first().map_or("QR", |label| &label.unit);
    Ok(format!(
        "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>{}</title><style>\
         @page{{size:{width}mm {height}mm;margin:0}}body{{margin:0}}\
         .sheet{{display:block;break-after:page}}.sheet:last-child{{break-after:auto}}\
         @media screen{{body{{background:#888}}.sheet{{margin:4mm auto}}}}\
         </style></head><body>{pages}</body></html>\n",
        escape(title)
    ))
}

/// One SVG with all pages below each other.
pub fn svg(labels: &[Label], layout: Layout, words: &Words) -> Result<String, QrError> {
    let (width, height) = layout.paper();
    let below =
        |at: usize| format!("y=\"{}\" width=\"{width}\" height=\"{height}\"", at as f64 * height);
    let pages = placed(labels, layout, words, below)?;
    let all = height * pages.len().max(1) as f64;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{all}mm\" \
         viewBox=\"0 0 {width} {all}\">{}</svg>\n",
        pages.concat()
    ))
}

/// The labels of a page, in letters as large as the height of all of them allows.
fn draw(labels: &[Label], w: f64, h: f64, words: &Words) -> Result<Vec<String>, QrError> {
    let mut size = (w / 14.0).min(h / 14.0);
    loop {
        let drawn = labels.iter().map(|label| draw_in(label, labels, (w, h), size, words));
        let drawn: Vec<_> = drawn.collect::<Result<_, _>>()?;
        if size < 1.0 || drawn.iter().all(|(_, bottom)| *bottom <= h - 2.0) {
            return Ok(drawn.into_iter().map(|(svg, _)| svg).collect());
        }
        size *= 0.96;
    }
}

/// A label in letters of a size, and where it ends: symbol below its words where it is high, beside
/// them where it is wide. What is long on one label is small on all.
fn draw_in(
    label: &Label,
    labels: &[Label],
    (w, h): (f64, f64),
    size: f64,
    words: &Words,
) -> Result<(String, f64), QrError> {
    let margin = (w.min(h) * 0.07).max(4.0);
    let [vi, en] = &words.scan;
    let wide = w > h * 1.2;
    let side =
        if wide { (h - 2.0 * margin).min(w * 0.48) } else { (w - 2.0 * margin).min(h * 0.5) };
    let (x, width) = match wide {
        true => (side + 2.0 * margin, w - side - 3.0 * margin),
        false => (margin, w - 2.0 * margin),
    };
    let mut text = Text { x, width, wide, svg: String::new(), y: margin };
    text.lines(vi, once(&**vi), 1.25 * size, 3, true);
    text.lines(en, once(&**en), 0.8 * size, 2, false);
    let (left, top) = match wide {
        true => (margin, (h - side) / 2.0),
        false => (((w - side) / 2.0), text.y + 0.4 * size),
    };
    let symbol = symbol(&label.address, left, top, side)?;
    text.y = if wide { text.y + 0.6 * size } else { top + side + 0.3 * size };
    text.lines(&label.point, labels.iter().map(|all| &*all.point), 1.05 * size, 3, true);
    text.lines(&label.unit, labels.iter().map(|all| &*all.unit), 0.8 * size, 3, false);
    text.y += 0.3 * size;
    text.letters(&label.code, 1.1 * size);
    text.lines(&label.address, labels.iter().map(|all| &*all.address), 0.62 * size, 3, false);
    let [privacy_vi, privacy_en] = &words.privacy;
    text.lines(privacy_vi, once(&**privacy_vi), 0.66 * size, 2, false);
    text.lines(privacy_en, once(&**privacy_en), 0.62 * size, 2, false);
    if let Some(simulated) = &words.simulated {
        text.lines(simulated, once(&**simulated), 0.66 * size, 2, true);
    }
    Ok((symbol + &text.svg, text.y))
}

/// The symbol with its quiet zone in a square.
fn symbol(address: &str, x: f64, y: f64, side: f64) -> Result<String, QrError> {
    let rows = modules(address)?;
    let size = rows.len() + 2 * QUIET;
    let (name, path) = (escape(address), path(&rows));
    Ok(format!(
        "<svg class=\"symbol\" x=\"{x:.2}\" y=\"{y:.2}\" width=\"{side:.2}\" height=\"{side:.2}\" \
         viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"QR: {name}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// Small crosses where labels meet, and strokes at the edges.
fn cut_marks(layout: Layout) -> String {
    let ((columns, rows), (width, height)) = (layout.grid(), layout.paper());
    let mut path = String::new();
    for column in 0..=columns {
        for row in 0..=rows {
            let inner = column > 0 && column < columns || row > 0 && row < rows;
            if inner {
                let (x, y) =
                    (width * column as f64 / columns as f64, height * row as f64 / rows as f64);
                let _ = write!(path, "M{} {y}h6M{x} {}v6", x - 3.0, y - 3.0);
            }
        }
    }
    format!("<path class=\"cut\" d=\"{path}\" stroke=\"#777\" stroke-width=\"0.2\" fill=\"none\"/>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words {
            scan: ["Quét mã để góp ý".to_owned(), "Scan to rate".to_owned()],
            privacy: ["Không ghi tên".to_owned(), "No name".to_owned()],
            simulated: Some("Dữ liệu mô phỏng – Simulated data".to_owned()),
        }
    }

    fn labels(n: usize) -> Vec<Label> {
        let label = |at| Label {
            unit: "Trung tâm <Phục vụ> hành chính công xã Tây Sơn, tỉnh Gia Lai".to_owned(),
            point: format!("Quầy {at} – Hộ tịch, chứng thực & đất đai, môi trường, xây dựng"),
            code: "J7VXSRPMNQ".to_owned(),
            address: format!("https://hailong.tayson.gialai.gov.vn/s/{at}"),
        };
        (1..=n).map(label).collect()
    }

    #[test]
    fn every_point_has_a_label_on_as_many_pages_as_needed() {
        for (layout, on_a_page) in Layout::ALL.into_iter().zip([1, 2, 4, 8, 1, 1, 12]) {
            let pages = pages(&labels(13), layout, &words()).unwrap();
            assert_eq!(pages.len(), 13usize.div_ceil(on_a_page), "{layout:?}");
            let symbols: usize = pages.iter().map(|p| p.matches("class=\"symbol\"").count()).sum();
            assert_eq!(symbols, 13);
            assert!(pages[0].contains("&lt;Phục") && !pages[0].contains("<Phục"));
            assert_eq!(Layout::parse(layout.name()), Some(layout));
        }
        assert!(pages(&[], Layout::A5, &words()).unwrap().is_empty());
    }

    #[test]
    fn labels_of_a_page_are_set_alike() {
        let mut labels = labels(4);
        labels[2].point = "Quầy 3".to_owned();
        let page = &pages(&labels, Layout::A4Four, &words()).unwrap()[0];
        let of = |label: &str, attribute: &str| -> Vec<String> {
            let start = format!(" {attribute}=\"");
            let values = label.split(&start).skip(1);
            values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let labels: Vec<_> = page.split("<g class=\"label\"").skip(1).collect();
        let sizes = |label: &str| {
            let mut sizes = of(label, "font-size");
            sizes.dedup();
            sizes
        };
        for label in &labels {
            assert_eq!(sizes(label), sizes(labels[0]));
            assert_eq!(of(label, "y")[0..3], of(labels[0], "y")[0..3], "words and symbol");
            assert!(label.contains("Dữ liệu mô phỏng"));
        }
    }

    #[test]
    fn nothing_runs_out_of_its_label() {
        for layout in Layout::ALL {
            let ((columns, rows), (width, height)) = (layout.grid(), layout.paper());
            let page = &pages(&labels(1), layout, &words()).unwrap()[0];
            let (w, h) = (width / columns as f64, height / rows as f64);
            for one in page.split("<text ").skip(1) {
                let number = |name: &str| -> f64 {
                    let rest = one.split(&format!("{name}=\"")).nth(1).unwrap();
                    rest.split('"').next().unwrap().parse().unwrap()
                };
                let (x, y, size) = (number("x"), number("y"), number("font-size"));
                let letters = one.split('>').nth(1).unwrap().split("</text").next().unwrap();
                let letters =
                    letters.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
                let letters = letters.as_str();
                let length = text::LETTER * size * text::count(letters);
                let start = if one.contains("middle") { x - length / 2.0 } else { x };
                assert!(start >= 0.0 && start + length <= w + 0.5, "{layout:?}: {letters}");
                assert!(y - size >= 0.0 && y <= h - 1.0, "{layout:?}: {y} of {h}: {letters}");
                assert!(size > 1.4, "{layout:?}: {letters} is {size} mm high");
            }
        }
    }
}
