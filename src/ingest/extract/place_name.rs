//! Names of countries, capitals and large cities: what beside a person's name is where the report was
//! written.
//!
//! The lists are those by which entities are found. Small towns are left out: too many are called like
//! people.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::fold;

/// The lists: a name a line, or several with " = " between them.
const LISTS: &[&str] = &[
    include_str!("../../entities/data/places.txt"),
    include_str!("../../entities/data/country-names.txt"),
    include_str!("../../entities/data/city-names.txt"),
    include_str!("../../entities/data/countries.txt"),
    include_str!("../../entities/data/cities-large.txt"),
];

/// The folded names.
static NAMES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let lines = LISTS.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(" = ")).map(|name| fold(name.trim())).collect()
});

/// Tells whether a name is one of a country or a large city, in whatever case it is written.
pub(super) fn is_place(name: &str) -> bool {
    NAMES.contains(&fold(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_are_known_in_several_languages() {
        for name in ["Berlin", "MADRID", " Londres ", "Kiew", "New York", "London"] {
            assert!(is_place(name), "{name}");
        }
        for name in ["Madonna", "Jane Doe", "", "The Courier"] {
            assert!(!is_place(name), "{name}");
        }
    }
}
