//! Scores: percentages from 0 to 100, exact inside, rounded only where they are shown.

use rust_decimal::{Decimal, RoundingStrategy};

/// A percentage from 0 to 100 with 28 digits, never rounded before it is shown.
pub type Score = Decimal;

/// The plain mean, each value with the same weight; `None` of nothing.
///
/// Source: QĐ 1001/QĐ-BNV as proved from published tables: components into a group and groups into
/// the index with equal weights, whatever the number of items.
pub fn mean(values: impl IntoIterator<Item = Score>) -> Option<Score> {
    let (sum, n) =
        values.into_iter().fold((Decimal::ZERO, 0u32), |(sum, n), value| (sum + value, n + 1));
    (n > 0).then(|| sum / Decimal::from(n))
}

/// Two decimals, half up, with a decimal comma: `73,49`.
pub fn show(score: Score) -> String {
    show_with(score, 2)
}

/// As [`show`] with any number of decimals.
///
/// Thirds leave a last digit behind (33.33…3 × 3), which must not turn a half into less than a half:
/// so the 28 digits are first cut to 20.
pub fn show_with(score: Score, decimals: u32) -> String {
    let half_up = RoundingStrategy::MidpointAwayFromZero;
    let rounded =
        score.round_dp_with_strategy(20, half_up).round_dp_with_strategy(decimals, half_up);
    format!("{rounded:.*}", decimals as usize).replace('.', ",")
}

/// A whole number with points between the thousands, as Vietnamese write it: `1.234.567`.
pub fn show_count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    /// The seed: huyện Tây Sơn, results of 2023.
    const POLICY: [Decimal; 4] = [dec!(72.90), dec!(74.05), dec!(71.85), dec!(75.14)];
    const SERVICE: [Decimal; 5] = [dec!(75.67), dec!(73.71), dec!(74.88), dec!(73.56), dec!(73.14)];

    #[test]
    fn the_published_tables_follow_from_equal_weights() {
        let policy = mean(POLICY).unwrap();
        let service = mean(SERVICE).unwrap();
        assert_eq!((policy, show(policy).as_str()), (dec!(73.485), "73,49"));
        assert_eq!((service, show(service).as_str()), (dec!(74.192), "74,19"));
        let index = mean([policy, service]).unwrap();
        assert_eq!((index, show(index).as_str()), (dec!(73.8385), "73,84"));
        // National 2022 and Hà Nội 2024.
        assert_eq!(show(mean([dec!(79.72), dec!(80.43)]).unwrap()), "80,08");
        assert_eq!(show(mean([dec!(86.51), dec!(86.49)]).unwrap()), "86,50");
    }

    fn weighted(values: &[Decimal], weights: &[u32]) -> String {
        let sum: Decimal = values.iter().zip(weights).map(|(v, w)| v * Decimal::from(*w)).sum();
        show(sum / Decimal::from(weights.iter().sum::<u32>()))
    }

    #[test]
    fn the_same_numbers_reject_every_other_weighting() {
        let nine = mean(POLICY.into_iter().chain(SERVICE)).unwrap();
        assert_eq!(show(nine), "73,88");
        assert_eq!(weighted(&POLICY, &[2, 2, 8, 2]), "72,78");
        assert_eq!(weighted(&POLICY, &[2, 2, 9, 10]), "73,56");
        assert_eq!(weighted(&SERVICE, &[4, 4, 5, 3, 3]), "74,32");
        assert_eq!(weighted(&SERVICE, &[3, 4, 3, 3, 3]), "74,16");
        assert_eq!(weighted(&SERVICE, &[4, 5, 6, 3, 4]), "74,26");
    }

    #[test]
    fn shown_half_up_with_a_comma() {
        for (score, shown) in [
            (dec!(73.485), "73,49"),
            (dec!(73.4849999), "73,48"),
            (dec!(0), "0,00"),
            (dec!(100), "100,00"),
            (dec!(99.995), "100,00"),
            (dec!(5), "5,00"),
        ] {
            assert_eq!(show(score), shown);
        }
        // One third and two thirds of a hundred and 73,485 − 33,3…: the sum is a half again.
        let third = dec!(100) / dec!(3);
        assert_eq!(show(third * dec!(3) - dec!(26.515)), "73,49");
        assert_eq!(show_with(dec!(74.25), 1), "74,3");
        assert_eq!(show_with(dec!(74.5), 0), "75");
        assert_eq!(mean([]), None);
    }

    #[test]
    fn counts_have_points_between_thousands() {
        for (n, shown) in [(0, "0"), (999, "999"), (1000, "1.000"), (1_234_567, "1.234.567")] {
            assert_eq!(show_count(n), shown);
        }
    }
}
