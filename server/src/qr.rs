//! QR codes of points as SVG: vector, quiet zone, address in letters below.

pub mod sheet;

use std::fmt::Write;

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the symbol, as the standard asks.
const QUIET: usize = 4;

/// The address that a point's QR carries.
pub fn address(base_url: &str, code: &str) -> String {
    format!("{}/s/{code}", base_url.trim_end_matches('/'))
}

/// The symbol as rows of modules, `true` for dark; error correction level Q, so that a worn or
/// spotted sticker is still read.
pub fn modules(address: &str) -> Result<Vec<Vec<bool>>, QrError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::Q)?;
    let colours = code.to_colors();
    Ok(colours
        .chunks(code.width())
        .map(|row| row.iter().map(|c| *c == Color::Dark).collect())
        .collect())
}

/// One self-contained SVG: the symbol with its quiet zone and the address in letters under it.
pub fn svg(address: &str) -> Result<String, QrError> {
    let rows = modules(address)?;
    let size = rows.len() + 2 * QUIET;
    let letters = letters(address, size);
    let height = size + letters.len() * 3 + 1;
    let mut svg = String::new();
    let name = escape(address);
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {height}\" \
         width=\"{}mm\" height=\"{}mm\" role=\"img\" aria-labelledby=\"t\"><title id=\"t\">QR: {name}</title>\
         <rect width=\"{size}\" height=\"{height}\" fill=\"#fff\"/><path fill=\"#000\" d=\"",
        size * 2,
        height * 2
    );
    svg.push_str(&path(&rows));
    svg.push_str(
        "\"/><g font-family=\"'DejaVu Sans Mono',Menlo,Consolas,monospace\" \
                  font-size=\"2.2\" text-anchor=\"middle\" fill=\"#000\">",
    );
    for (at, line) in letters.iter().enumerate() {
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{}\">{}</text>",
            size as f32 / 2.0,
            size + 1 + at * 3,
            escape(line)
        );
    }
    svg.push_str("</g></svg>\n");
    Ok(svg)
}

/// The symbol alone with its quiet zone, as large as there is room.
pub fn symbol(text: &str) -> Result<String, QrError> {
    let rows = modules(text)?;
    let size = rows.len() + 2 * QUIET;
    let path = path(&rows);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" aria-hidden=\"true\">\
         <rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// The dark modules as a path, the quiet zone before them.
fn path(rows: &[Vec<bool>]) -> String {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        while x < row.len() {
            let run = row[x..].iter().take_while(|dark| **dark).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    path
}

/// The address in lines that fit the width.
fn letters(address: &str, width: usize) -> Vec<String> {
    let fits = (width as f32 / 1.35) as usize;
    let letters: Vec<char> = address.chars().collect();
    letters.chunks(fits.max(8)).map(|line| line.iter().collect()).collect()
}

/// The symbol in half blocks, for a terminal with a dark ground.
pub fn terminal(address: &str) -> Result<String, QrError> {
    let rows = modules(address)?;
    let size = rows.len() as isize;
    let quiet = 2;
    let light = |x: isize, y: isize| {
        let inside = (0..size).contains(&x) && (0..size).contains(&y);
        !(inside && rows[y as usize][x as usize])
    };
    let mut text = String::new();
    for y in (-quiet..size + quiet).step_by(2) {
        for x in -quiet..size + quiet {
            text.push(match (light(x, y), light(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        text.push('\n');
    }
    Ok(text)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_svg_carries_symbol_and_letters() {
        let address = address("https://hailong.example/", "23456789AB");
        assert_eq!(address, "https://hailong.example/s/23456789AB");
        let svg = svg(&address).unwrap();
        assert!(svg.starts_with("<svg xmlns") && svg.contains("M4 4h7v1h-7z"));
        let letters: String = letters(&address, 41).concat();
        assert_eq!(letters, address);
        let rows = modules(&address).unwrap();
        assert!(rows.iter().all(|row| row.len() == rows.len()));
    }

    #[test]
    fn markup_in_an_address_is_escaped() {
        assert!(!svg("http://h/<script>\"&").unwrap().contains("<script>"));
    }
}
