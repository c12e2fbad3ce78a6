//! Days. "Day" always means the day in `Asia/Ho_Chi_Minh`; the caller says which one it is.

use jiff::civil::{Date, date};

const EPOCH: Date = date(1970, 1, 1);

/// Days since 1970-01-01, the form in which the database keeps a day.
pub fn number(day: Date) -> i32 {
    day.duration_since(EPOCH).as_hours().div_euclid(24) as i32
}

/// The day of a number made by [`number`].
pub fn from_number(number: i32) -> Date {
    EPOCH.saturating_add(jiff::Span::new().days(number.clamp(-700_000, 2_900_000)))
}

/// The first day of the month of `day`.
pub fn month_start(day: Date) -> Date {
    day.first_of_month()
}

/// A month as one number, counted from January of the year 0; the form in which the database keeps it.
pub fn month_number(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// `YYYY-MM-DD` and nothing else.
pub fn parse(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// `dd/MM/yyyy`, as Vietnamese offices write it.
pub fn vietnamese(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_the_same_thing() {
        for (day, n) in
            [(date(1970, 1, 1), 0), (date(2000, 3, 1), 11_017), (date(1969, 12, 31), -1)]
        {
            assert_eq!(number(day), n);
            assert_eq!(from_number(n), day);
        }
        for n in (-20_000..40_000).step_by(17) {
            assert_eq!(number(from_number(n)), n);
        }
        assert_eq!(month_number(date(2024, 1, 31)) + 1, month_number(date(2024, 2, 1)));
        assert_eq!(month_number(date(2024, 12, 1)) + 1, month_number(date(2025, 1, 1)));
    }

    #[test]
    fn only_whole_iso_days_are_read() {
        assert_eq!(parse("2024-02-29"), Some(date(2024, 2, 29)));
        for bad in ["2023-02-29", "2024-2-29", "20240229", "2024-02-29T00:00:00Z", "29/02/2024", ""]
        {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert_eq!(vietnamese(date(2024, 7, 2)), "02/07/2024");
    }
}
