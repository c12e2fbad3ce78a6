//! Lines of letters, one below the other, in sizes by which they fit.

use std::fmt::Write;

use super::super::escape;

/// Where the next line goes, and what was written.
pub(super) struct Text {
    pub(super) x: f64,
    pub(super) width: f64,
    /// Beside the symbol, the lines begin at the left; below it, they are centred.
    pub(super) wide: bool,
    pub(super) y: f64,
    pub(super) svg: String,
}

/// Mean width of a letter and of a bold or equally wide one, of its height.
pub(super) const LETTER: f64 = 0.56;
const BOLD: f64 = 0.62;

impl Text {
    /// Sets a text in at most so many lines, smaller where one of its like needs more.
    pub(super) fn lines<'a>(
        &mut self,
        text: &str,
        like: impl Iterator<Item = &'a str>,
        size: f64,
        most: usize,
        bold: bool,
    ) {
        let letter = if bold { BOLD } else { LETTER };
        let size = like.map(|text| self.fitting(text, size, most, letter)).fold(size, f64::min);
        // As even as so many lines can be: no word stands alone in the last one.
        let room = self.width / (letter * size);
        let lines = wrapped(text, room);
        let mut even = (1..=room as usize).map(|room| wrapped(text, room as f64));
        let even = even.find(|even| even.len() == lines.len() && longest(even) <= room);
        let weight = if bold { " font-weight=\"700\"" } else { "" };
        for line in even.unwrap_or(lines) {
            self.line(&line, size, weight);
        }
    }

    /// The size up to one in which a text needs no more lines than so many, none of them too long.
    fn fitting(&self, text: &str, mut size: f64, most: usize, letter: f64) -> f64 {
        loop {
            let room = self.width / (letter * size);
            let lines = wrapped(text, room);
            if lines.len() <= most && longest(&lines) <= room {
                return size;
            }
            size *= 0.94;
        }
    }

    /// The code, in letters that tell 0 from O.
    pub(super) fn letters(&mut self, code: &str, size: f64) {
        let mono =
            " font-weight=\"700\" font-family=\"'DejaVu Sans Mono',Menlo,Consolas,monospace\"";
        self.line(code, size.min(self.width / (BOLD * count(code))), mono);
    }

    fn line(&mut self, text: &str, size: f64, style: &str) {
        self.y += 1.25 * size;
        let (x, anchor) = match self.wide {
            true => (self.x, "start"),
            false => (self.x + self.width / 2.0, "middle"),
        };
        let _ = write!(
            self.svg,
            "<text x=\"{x:.2}\" y=\"{:.2}\" font-size=\"{size:.2}\" text-anchor=\"{anchor}\"{style}>{}</text>",
            self.y - 0.25 * size,
            escape(text)
        );
    }
}

pub(super) fn count(text: &str) -> f64 {
    text.chars().count() as f64
}

/// Letters of the longest line.
fn longest(lines: &[String]) -> f64 {
    lines.iter().map(|line| count(line)).fold(0.0, f64::max)
}

/// Words in lines of so many letters; an address is broken after a stroke or a full stop alone, so that
/// it can be typed as it stands.
fn wrapped(text: &str, room: f64) -> Vec<String> {
    let room = room.floor();
    let mut lines: Vec<String> = vec![];
    for word in text.split_whitespace() {
        for (at, part) in word.split_inclusive(['/', '.']).enumerate() {
            let joint = if at == 0 { " " } else { "" };
            match lines.last_mut() {
                Some(line) if count(line) + count(joint) + count(part) <= room => {
                    line.push_str(joint);
                    line.push_str(part);
                }
                _ => lines.push(part.to_owned()),
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn an_address_is_broken_after_strokes_and_stops_alone() {
        let address = "https://hailong.tayson.gialai.gov.vn/s/J7VXSRPMNQ";
        assert_eq!(
            wrapped(address, 20.0),
            ["https://hailong.", "tayson.gialai.gov.", "vn/s/J7VXSRPMNQ"]
        );
        assert_eq!(wrapped(address, 20.0).concat(), address);
        assert_eq!(wrapped("Quầy 1 – Hộ tịch", 8.0), ["Quầy 1 –", "Hộ tịch"]);
    }
}
