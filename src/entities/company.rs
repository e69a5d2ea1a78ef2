//! What tells that a name is a company's: the code of its shares behind it ("Alcan Inc. AL.TO"), and
//! the words that it ends in.

use super::classes::Classes;
use super::document::Document;
use super::lexicon::Shape;
use super::rules::longest;
use super::tagger::Name;
use crate::article::EntityKind;

/// The exchanges that codes of securities end in, as the agencies write them: "GM.N", "TOTF.PA".
const EXCHANGES: &[&str] = &[
    "A", "AS", "AX", "BO", "BR", "CO", "DE", "F", "HE", "HK", "IR", "J", "JK", "K", "KL", "KQ",
    "KS", "L", "LS", "MC", "MI", "MX", "N", "NS", "NZ", "O", "OB", "OL", "OQ", "P", "PA", "PK",
    "S", "SA", "SI", "SS", "ST", "SW", "SZ", "T", "TO", "TW", "UL", "V", "VI", "VX", "WA",
];

/// The most letters and digits that a code has before the exchange.
const LONGEST_CODE: usize = 6;

/// Returns a name without codes of securities and without what is in front of another name ("Alcan's
/// Evans", "Canada's Alcan"), with the kind that codes and endings give it. It may be left empty.
pub(super) fn refined(document: &Document<'_>, name: &Name) -> Name {
    let mut name = without_owner(document, without_codes(document, *name));
    if name.kind != EntityKind::Organization
        && name.start < name.end
        && (is_quoted(document, name.end) || ends_like_company(document, &name))
    {
        name.kind = EntityKind::Organization;
    }
    name
}

/// Returns the name up to the first code in it, and from behind one that it begins with.
fn without_codes(document: &Document<'_>, mut name: Name) -> Name {
    let codes = (name.start.saturating_sub(2)..name.end)
        .filter_map(|at| code_end(document, at).map(|end| (at, end)));
    for (start, end) in codes {
        if start > name.start {
            return Name { end: start, ..name };
        }
        name.start = name.start.max(end).min(name.end);
    }
    name
}

/// Returns the end of the code of a security or an index that begins at a token: "GM.N", ".DJI".
fn code_end(document: &Document<'_>, at: usize) -> Option<usize> {
    let joined = |at: usize| at < document.token_count() && !document.is_spaced(at);
    let text = document.token_text(at);
    if text == "." {
        // A stop that nothing stands before: that of an index.
        let stands_free = at == 0 || !joined(at) || document.token_text(at - 1) == "(";
        return (stands_free && joined(at + 1) && is_code(document, at + 1)).then_some(at + 2);
    }
    let stop = joined(at + 1) && document.token_text(at + 1) == ".";
    let on_exchange = || joined(at + 2) && EXCHANGES.contains(&document.token_text(at + 2));
    (is_code(document, at) && stop && on_exchange()).then_some(at + 3)
}

/// Tells whether a token is a whole code of a security or an index in brackets: "(F.N)". Codes that are
/// cut into several tokens are found by [`refined`].
pub(super) fn is_bracketed_code(document: &Document<'_>, at: usize) -> bool {
    let is_text =
        |at: usize, text: &str| at < document.token_count() && document.token_text(at) == text;
    let text = document.token_text(at);
    let in_brackets = at > 0
        && is_text(at - 1, "(")
        && [")", ":", ",", "|"].iter().any(|mark| is_text(at + 1, mark));
    let coded = text.split_once('.').is_some_and(|(_, exchange)| {
        (1..=2).contains(&exchange.len()) && exchange.bytes().all(|byte| byte.is_ascii_uppercase())
    });
    in_brackets && coded && !matches!(text, "U.S" | "U.N" | "U.K" | "E.U")
}

fn is_code(document: &Document<'_>, at: usize) -> bool {
    let text = document.token_text(at);
    let is_sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    (2..=LONGEST_CODE).contains(&text.len()) && text.bytes().all(is_sign)
}

/// Tells whether the code of a security follows at a token, in brackets or not.
fn is_quoted(document: &Document<'_>, at: usize) -> bool {
    let is_security =
        |at: usize| document.token_text(at) != "." && code_end(document, at).is_some();
    let follows = |at: usize| at < document.token_count() && is_security(at);
    follows(at) || at < document.token_count() && document.token_text(at) == "(" && follows(at + 1)
}

/// Returns the name without an owner that stands before it: a person is nobody's, and a country is
/// no part of the name of its company.
fn without_owner(document: &Document<'_>, name: Name) -> Name {
    let mut inside = name.start + 1..name.end.saturating_sub(1);
    let Some(clitic) = inside.rfind(|at| document.word(*at).is_possessive()) else {
        return name;
    };
    let place = longest(document, name.start, clitic, Classes::ANY_PLACE);
    let is_place = place.is_some_and(|(end, _)| end == clitic);
    match name.kind {
        EntityKind::Person => Name { start: clitic + 1, ..name },
        EntityKind::Organization if is_place => Name { start: clitic + 1, ..name },
        EntityKind::Organization | EntityKind::Place => name,
    }
}

/// Tells whether a name that was taken for a person's or a place's ends like a company's. "Emily
/// Post" does not.
fn ends_like_company(document: &Document<'_>, name: &Name) -> bool {
    let words = || (name.start..name.end).filter(|at| document.word(*at).shape != Shape::Mark);
    let (Some(first), Some(last)) = (words().next(), words().next_back()) else { return false };
    let has = |at: usize, classes: Classes| document.word(at).classes.has(classes);
    if first == last {
        return false;
    }
    let is_somebody = has(last, Classes::SURNAME)
        && (has(first, Classes::FIRST_NAME) || document.word(first).shape == Shape::Letter);
    let by_head =
        name.kind == EntityKind::Person && has(last, Classes::ORGANIZATION_HEAD) && !is_somebody;
    has(last, Classes::COMPANY_SUFFIX) && !has(last, Classes::PARTICLE) || by_head
}

#[cfg(test)]
mod tests {
    use super::super::document::Reader;
    use super::*;
    use EntityKind::{Organization, Person, Place};

    /// Returns what becomes of the words between brackets "[...]", taken for a name of a kind.
    fn refine(kind: EntityKind, marked: &str) -> (EntityKind, String) {
        let start = marked.find('[').expect("a name");
        let end = marked.find(']').expect("the end of a name") - 1;
        let text = marked.replace(['[', ']'], "");
        let mut reader = Reader::new();
        let document = reader.read("", &text);
        let place = |at: usize| document.place(at, at + 1).1;
        let tokens: Vec<usize> = (0..document.token_count())
            .filter(|at| start <= place(*at).start && place(*at).end <= end)
            .collect();
        let name = Name { kind, start: tokens[0], end: tokens[tokens.len() - 1] + 1 };
        let name = refined(&document, &name);
        let left = if name.start < name.end {
            document.place(name.start, name.end).1.of(&text).to_owned()
        } else {
            String::new()
        };
        (name.kind, left)
    }

    #[test]
    fn codes_of_securities_tell_companies_and_are_no_part_of_them() {
        let cases = [
            (Person, "Shares of [Fannie Mae FNM].N fell.", Organization, "Fannie Mae"),
            (Person, "Shares of [Fannie Mae] FNM.N fell.", Organization, "Fannie Mae"),
            (Place, "[Alcan] ( AL.TO ) said.", Organization, "Alcan"),
            (Organization, "[Cerberus Capital CBS.UL] won.", Organization, "Cerberus Capital"),
            (Organization, "CFC.[N Countrywide] won.", Organization, "Countrywide"),
            (Organization, "The [Nikkei .N225] fell.", Organization, "Nikkei"),
            (Organization, "The index ( .[IXIC] ) fell.", Organization, ""),
            (Organization, "He left [NATO]. IT was late.", Organization, "NATO"),
        ];
        for (kind, text, expected, name) in cases {
            assert_eq!(refine(kind, text), (expected, name.to_owned()), "{text}");
        }
    }

    #[test]
    fn endings_tell_companies() {
        let cases = [
            (Person, "[Piper Jaffray Cos.] said.", Organization),
            (Person, "[Apollo Management] said.", Organization),
            (Person, "[Emily Post] said.", Person),
            (Person, "[Henry Paulson] said.", Person),
            (Place, "[Sydney Inc] said.", Organization),
            (Place, "[Cape Town] said.", Place),
        ];
        for (kind, text, expected) in cases {
            assert_eq!(refine(kind, text).0, expected, "{text}");
        }
    }

    #[test]
    fn owners_are_no_part_of_a_name() {
        let cases = [
            (Person, "[Alcan's Evans] said.", "Evans"),
            (Organization, "[Canada's Alcan Inc] said.", "Alcan Inc"),
            (Organization, "[Moody's Investors Service] said.", "Moody's Investors Service"),
            (Person, "[Evans]'s dog", "Evans"),
        ];
        for (kind, text, name) in cases {
            assert_eq!(refine(kind, text).1, name, "{text}");
        }
    }
}
