//! Codes of points: what a QR carries and what a person can type.
//!
//! Nine random symbols of thirty-one (44 bits) and a check symbol. The letters I, L, O and the digits
//! 0, 1 are not used, so no two symbols look alike. The sum of the symbols with distinct weights is
//! zero modulo the prime 31, so every wrong symbol and every swap of two symbols is found out.

const SYMBOLS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH: usize = 10;

/// The code made of a random number; only the first 44 bits matter.
pub fn make(random: u64) -> String {
    let mut rest = random;
    let mut values = [0usize; LENGTH];
    for value in &mut values[..LENGTH - 1] {
        *value = (rest % 31) as usize;
        rest /= 31;
    }
    values[LENGTH - 1] = (31 - weigh(&values[..LENGTH - 1])) % 31;
    values.iter().map(|&value| char::from(SYMBOLS[value])).collect()
}

/// The canonical form of a typed code: capitals, without blanks and hyphens; `None` if the program
/// could not have made it.
pub fn parse(text: &str) -> Option<String> {
    if text.len() > 3 * LENGTH {
        return None;
    }
    let code: String =
        text.chars().filter(|c| !matches!(c, ' ' | '-')).map(|c| c.to_ascii_uppercase()).collect();
    let values: Option<Vec<usize>> =
        code.bytes().map(|b| SYMBOLS.iter().position(|&symbol| symbol == b)).collect();
    let values = values.filter(|values| values.len() == LENGTH)?;
    let sum = weigh(&values[..LENGTH - 1]) + values[LENGTH - 1];
    sum.is_multiple_of(31).then_some(code)
}

/// The weights are 2, 3, …, 10; the check symbol has the weight 1.
fn weigh(values: &[usize]) -> usize {
    values.iter().zip(2..).map(|(value, weight)| value * weight).sum::<usize>() % 31
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_wrong_symbol_and_every_swap_is_found(random: u64, at in 0usize..10, other in 0usize..31, to in 0usize..10) {
            let code = make(random);
            prop_assert_eq!(parse(&code), Some(code.clone()));
            let mut wrong = code.clone().into_bytes();
            wrong[at] = SYMBOLS[other];
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(parse(&wrong).is_some(), wrong == code);
            let mut swapped = code.clone().into_bytes();
            swapped.swap(at, to);
            let swapped = String::from_utf8(swapped).unwrap();
            prop_assert_eq!(parse(&swapped).is_some(), swapped == code);
        }

        #[test]
        fn foreign_text_never_panics(text: String) {
            if let Some(code) = parse(&text) {
                prop_assert_eq!(code.len(), LENGTH);
            }
        }
    }

    #[test]
    fn typed_in_small_letters_with_blanks_and_hyphens() {
        let code = make(123_456_789_012);
        let typed = format!(" {}-{} ", &code[..5].to_lowercase(), &code[5..]);
        assert_eq!(parse(&typed), Some(code));
        assert_eq!(parse(""), None);
    }
}
