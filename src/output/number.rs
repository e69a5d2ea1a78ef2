//! Numbers as people read them.

/// Returns a number with commas between thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Returns a number with what it counts: `1 article`, `1,234 articles`.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_plural_and_thousands_are_parted() {
        assert_eq!(counted(0, "story", "stories"), "0 stories");
        assert_eq!(counted(1, "story", "stories"), "1 story");
        assert_eq!(counted(1_234_567, "story", "stories"), "1,234,567 stories");
        assert_eq!(grouped(999), "999");
    }
}
