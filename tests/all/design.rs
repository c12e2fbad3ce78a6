//! What DESIGN.md says of colours, computed from the style sheet.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Of text, WCAG 2.2, 1.4.3.
const CONTRAST: f64 = 4.5;

fn file(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::read_to_string(root.join(name)).unwrap()
}

/// The variables of colours in a block that begins so.
fn colours(sheet: &str, begin: &str) -> HashMap<String, String> {
    let block = sheet.split(begin).nth(1).unwrap().split('}').next().unwrap();
    let lines = block.lines().filter_map(|line| line.trim().strip_suffix(';'));
    let pairs = lines.filter_map(|line| line.split_once(": #"));
    pairs.map(|(name, hex)| (name.to_owned(), hex.to_owned())).collect()
}

/// Relative luminance, WCAG 2.2.
fn luminance(hex: &str) -> f64 {
    let wide: String = match hex.len() {
        3 => hex.chars().flat_map(|c| [c, c]).collect(),
        _ => hex.to_owned(),
    };
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

/// The names in backquotes of a cell; "to" between two of them is a range of numbers at their end.
fn names(cell: &str) -> Vec<String> {
    let quoted: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
    let mut names: Vec<String> = quoted.iter().map(|name| (*name).to_owned()).collect();
    if cell.contains("` to `") {
        let [.., first, last] = &quoted[..] else { panic!("{cell}") };
        let number = |name: &str| name[3..].parse::<u8>().unwrap();
        names.extend((number(first)..=number(last)).map(|n| format!("{}{n}", &first[..3])));
    }
    names
}

#[test]
fn every_pair_of_colours_can_be_read_in_light_and_dark() {
    let sheet = file("style/main.css");
    let light = colours(&sheet, ":root {");
    let mut dark = light.clone();
    dark.extend(colours(&sheet, "prefers-color-scheme: dark) {\n    :root {"));
    let design = file("DESIGN.md");
    let table = design.split("## Pairs of colours").nth(1).unwrap().split("## ").next().unwrap();
    let mut pairs = 0;
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').collect();
        for text in names(cells[1]) {
            for ground in names(cells[2]) {
                for (scheme, colours) in [("light", &light), ("dark", &dark)] {
                    let [a, b] = [&text, &ground].map(|name| luminance(&colours[name]));
                    let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                    assert!(contrast >= CONTRAST, "{text} on {ground}, {scheme}: {contrast:.2}");
                    pairs += 1;
                }
            }
        }
    }
    assert!(pairs >= 30, "{pairs}");
}
