use insta::assert_snapshot;

use super::*;
use crate::shell::html;

#[test]
fn shares_fill_the_width_and_empty_ones_are_left_out() {
    let drawn = html(|| distribution("d".into(), "T".into(), "D".into(), [1, 0, 0, 2, 1]));
    assert_snapshot!(drawn.replace("><", ">\n<"), @r#"
    <svg width="100%" height="14" role="img" aria-labelledby="d-title d-desc" class="chart distribution">
    <title id="d-title">T</title>
    <desc id="d-desc">D</desc>
    <rect x="0%" y="0" width="25%" height="100%" class="n1">
    </rect>
    <rect x="25%" y="0" width="50%" height="100%" class="n4">
    </rect>
    <rect x="75%" y="0" width="25%" height="100%" class="n5">
    </rect>
    </svg>
    "#);
}

#[test]
fn bars_show_a_value_hatching_or_an_empty_outline() {
    let bar = |mark, said: &str| Bar {
        range: None,
        label: "Tiếp cận dịch vụ".into(),
        mark,
        said: said.into(),
        note: String::new(),
    };
    let rows =
        [bar(Mark::Value(50.0), "50,00"), bar(Mark::Withheld, "ẩn"), bar(Mark::Absent, "chưa có")];
    let drawn = html(|| bars("b", "T".into(), "D".into(), &rows));
    assert_snapshot!(drawn.replace("><", ">\n<"), @r#"
    <svg width="100%" height="180" role="img" aria-labelledby="b-title b-desc" class="chart bars">
    <title id="b-title">T</title>
    <desc id="b-desc">D</desc>
    <defs>
    <pattern id="b-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width="2" height="6" class="hatch">
    </rect>
    </pattern>
    </defs>
    <text x="0" y="18" class="label">Tiếp cận dịch vụ</text>
    <rect x="0" y="26" width="80%" height="22" rx="4" class="track">
    </rect>
    <rect x="0" y="26" width="40%" height="22" rx="4" class="bar">
    </rect>
    <text x="100%" y="42" text-anchor="end" class="value">50,00</text>
    <text x="0" y="78" class="label">Tiếp cận dịch vụ</text>
    <rect x="0" y="86" width="100%" height="22" rx="4" class="track">
    </rect>
    <rect x="0" y="86" width="100%" height="22" rx="4" fill="url(#b-hatch)">
    </rect>
    <rect x="4" y="89" width="32" height="16" rx="3" class="plate">
    </rect>
    <text x="12" y="102" text-anchor="start" class="why">ẩn</text>
    <text x="0" y="138" class="label">Tiếp cận dịch vụ</text>
    <rect x="0" y="146" width="100%" height="22" rx="4" class="absent">
    </rect>
    <text x="12" y="162" text-anchor="start" class="why">chưa có</text>
    </svg>
    "#);
}

#[test]
fn labels_break_between_words() {
    assert_eq!(wrapped("một hai ba bốn", 7), ["một hai", "ba bốn"]);
    assert_eq!(wrapped("nghiêng", 3), ["nghiêng"]);
    assert_eq!(wrapped("", 3), [""]);
}

#[test]
fn numbers_are_short() {
    assert_eq!([33.333, 50.0, 0.1, 100.0].map(round), ["33.33", "50", "0.1", "100"]);
}
