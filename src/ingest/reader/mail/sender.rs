//! Who sent a message: an author, a publication, or an author through a publication.

use crate::article::{Agency, Byline, Outlet};
use crate::ingest::draft::Draft;
use crate::ingest::reader::{given, person_name};

/// Reads `"A. Marsh" <a@x.example>`, `a@x.example (A. Marsh)`, or the address alone; `A. Marsh via
/// The Courier` names both author and outlet, as mailing lists write it.
pub(super) fn read(sender: &str, draft: &mut Draft) {
    let (name, address) = match (sender.rsplit_once('<'), sender.split_once('(')) {
        (Some((name, address)), _) => (name, address.trim_end_matches('>')),
        (_, Some((address, name))) => (name.trim_end_matches([')', ' ']), address),
        _ => ("", sender),
    };
    let name = name.trim().trim_matches(['"', '\'']).trim();
    let (name, list) = match name.split_once(" via ") {
        Some((name, list)) => (name.trim(), Outlet::new(list)),
        None => (name, None),
    };
    let (user, host) = address.trim().rsplit_once('@').unwrap_or(("", ""));
    let host = host.to_lowercase();
    let mut publication = None;
    if is_publication(name, user, &host) {
        publication = Outlet::new(without_marks(name));
    } else if !name.is_empty() && !name.contains('@') {
        draft.byline = Some(given(Byline::single(person_name::in_spoken_order(name)), "From"));
    }
    let is_private = PRIVATE_HOSTS.iter().any(|private| host.starts_with(private));
    let of_host = || Outlet::new(&host).filter(|_| !is_private);
    let outlet = publication.or(list).or_else(of_host);
    draft.outlet = outlet.map(|outlet| given(outlet, "From"));
}

/// Tells whether the name of a sender is that of a publication: by an article before it, by a word
/// that names have and persons have not, or because its host is called so.
fn is_publication(name: &str, user: &str, host: &str) -> bool {
    const ARTICLES: &[&str] =
        &["the ", "der ", "die ", "das ", "les ", "los ", "las ", "il ", "het "];
    let lower = name.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
    ARTICLES.iter().any(|article| lower.starts_with(article))
        || words.any(|word| WORDS.contains(&word))
        || Agency::known(name).is_some()
        || is_name_of_host(&lower, user, host)
}

/// Tells whether a host is called by this name. A person whose host is called after them has a part of
/// their name before it: `ann@annlee.example`.
fn is_name_of_host(name: &str, user: &str, host: &str) -> bool {
    let words: Vec<&str> = without_marks(name).split_whitespace().collect();
    let joined: String = words.concat().chars().filter(|letter| letter.is_alphanumeric()).collect();
    let user = user.to_lowercase();
    let is_person = words.len() > 1 && words.iter().any(|word| user.contains(word));
    joined.len() >= 4 && !is_person && host.split('.').any(|label| label.replace('-', "") == joined)
}

/// Returns a name without the marks of a trade mark.
fn without_marks(name: &str) -> &str {
    const MARKS: &[&str] = &["®", "™", "(R)", "(r)", "(TM)", "(tm)"];
    let name = name.trim();
    MARKS.iter().find_map(|mark| name.strip_suffix(mark)).map_or(name, without_marks)
}

/// Words in the names of publications that are hardly names of persons.
const WORDS: &[&str] = &[
    "alert",
    "alerts",
    "newsletter",
    "newsletters",
    "news",
    "newsroom",
    "headlines",
    "briefing",
    "digest",
    "times",
    "tribune",
    "gazette",
    "daily",
    "weekly",
    "magazine",
    "journal",
    "chronicle",
    "observer",
    "zeitung",
    "tageblatt",
    "tagblatt",
    "tageszeitung",
    "anzeiger",
    "nachrichten",
    "rundschau",
    "morgenpost",
    "noticias",
    "diario",
    "periódico",
    "giornale",
    "jornal",
    "nieuws",
    "dagblad",
];

/// Mail from these hosts is no publication's.
const PRIVATE_HOSTS: &[&str] = &[
    "gmail.",
    "googlemail.",
    "yahoo.",
    "hotmail.",
    "outlook.",
    "live.",
    "msn.",
    "aol.",
    "icloud.",
    "me.com",
    "mac.com",
    "gmx.",
    "web.de",
    "mail.ru",
    "yandex.",
    "protonmail.",
    "proton.me",
    "qq.com",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publications_are_told_from_persons() {
        let cases = [
            ("The New York Times <nytdirect@nytimes.com>", None, Some("The New York Times")),
            ("Google Alerts <googlealerts-noreply@google.com>", None, Some("Google Alerts")),
            ("LexisNexis(R) <lexisnexis@prod.lexisnexis.com>", None, Some("LexisNexis")),
            ("\"The Courier\" <news@courier.example>", None, Some("The Courier")),
            ("Harbour Bote <post@harbour-bote.example>", None, Some("Harbour Bote")),
            ("Reuters <desk@wire.example>", None, Some("Reuters")),
            ("\"Lee, Ann\" <ann.lee@courier.example>", Some("Ann Lee"), Some("courier.example")),
            ("Ann Lee <ann@annlee.example>", Some("Ann Lee"), Some("annlee.example")),
            ("ann@courier.example (Ann Lee)", Some("Ann Lee"), Some("courier.example")),
            ("Ann Lee via The Courier <list@x.example>", Some("Ann Lee"), Some("The Courier")),
            ("Emily Post <emily@gmail.com>", Some("Emily Post"), None),
            ("ann@courier.example", None, Some("courier.example")),
        ];
        for (sender, author, outlet) in cases {
            let mut draft = Draft::default();
            read(sender, &mut draft);
            let authors = draft.byline.map(|byline| byline.value.to_string());
            assert_eq!(authors.as_deref(), author, "{sender}");
            let found = draft.outlet.map(|outlet| outlet.value.to_string());
            assert_eq!(found.as_deref(), outlet, "{sender}");
        }
    }
}
