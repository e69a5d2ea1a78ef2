//! Credit lines: the names of the authors without "By", e-mail addresses, desks and titles.

use crate::article::Byline;

/// Words that open a credit line, folded to lower case, longest first.
const OPENERS: &[&str] = &[
    "written by ",
    "reported by ",
    "reporting by ",
    "story by ",
    "posted by ",
    "published by ",
    "article by ",
    "text by ",
    "words by ",
    "von: ",
    "by: ",
    "by ",
    "von ",
    "par ",
    "por ",
    "di ",
    "door ",
    "av ",
    "af ",
    "autor: ",
    "author: ",
    "autorin: ",
    "text: ",
    "автор: ",
    "autore: ",
];

/// What follows the names of authors behind a dash and is not one.
const KINDS_OF_STORY: &[&str] = &["analysis", "interview", "commentary", "factbox", "preview"];

/// Returns the authors that a credit line names, or `None` where it names none.
pub fn parse(line: &str) -> Option<Byline> {
    let line = without_opener(line.trim());
    let mut authors: Vec<String> = Vec::new();
    for part in split_names(line) {
        if let Some(name) = clean_name(part)
            && !authors.contains(&name)
        {
            authors.push(name);
        }
    }
    (!authors.is_empty()).then_some(Byline { authors })
}

/// Tells whether the line is a credit line: it opens like one and a name follows.
pub fn is_byline(line: &str) -> bool {
    let line = line.trim();
    let rest = without_opener(line);
    rest.len() < line.len()
        && rest.len() < 80
        && rest.chars().next().is_some_and(char::is_uppercase)
        && !rest.ends_with(['.', '?', '!', ':'])
        && rest.split_whitespace().count() <= 8
}

fn without_opener(line: &str) -> &str {
    for opener in OPENERS {
        if let Some(start) = line.get(..opener.len())
            && start.to_lowercase() == *opener
        {
            return line[opener.len()..].trim_start();
        }
    }
    line
}

/// Splits at commas, "and", "&", and what stands behind a dash.
fn split_names(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in line.split([',', ';', '|', '&', '/']) {
        let mut rest = part;
        while let Some((before, after)) = split_at_and(rest) {
            parts.push(before);
            rest = after;
        }
        parts.push(rest);
    }
    parts
}

fn split_at_and(text: &str) -> Option<(&str, &str)> {
    for joint in [" and ", " und ", " et ", " y ", " e ", " og ", " och ", " en ", " и "] {
        if let Some(at) = text.find(joint) {
            return Some((&text[..at], &text[at + joint.len()..]));
        }
    }
    None
}

fn clean_name(part: &str) -> Option<String> {
    let mut name = part.split(" - ").next().unwrap_or(part);
    if let Some(at) = name.find(['(', '<', '[']) {
        name = &name[..at];
    }
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| !word.contains('@') && !word.starts_with("http"))
        .collect();
    let name = words.join(" ");
    let name =
        name.trim_matches(|letter: char| matches!(letter, '-' | '–' | '—' | ':' | '*' | '"'));
    let is_name = name.chars().any(char::is_alphabetic)
        && name.len() <= 80
        && words.len() <= 6
        && !KINDS_OF_STORY.contains(&name.to_lowercase().as_str());
    is_name.then(|| without_opener(name.trim()).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(line: &str) -> Vec<String> {
        parse(line).map(|byline| byline.authors).unwrap_or_default()
    }

    #[test]
    fn credit_lines_give_names() {
        assert_eq!(authors("By  Yereth Rosen"), ["Yereth Rosen"]);
        assert_eq!(
            authors("By  Michael Erman  and  Rachelle Younglai"),
            ["Michael Erman", "Rachelle Younglai"]
        );
        assert_eq!(authors("By Umesh Desai - Analysis"), ["Umesh Desai"]);
        assert_eq!(authors("Von Anna Muster, Karl Groß (dpa)"), ["Anna Muster", "Karl Groß"]);
        assert_eq!(authors("By Jane Doe jane@example.org"), ["Jane Doe"]);
        assert!(authors(" ").is_empty());
    }

    #[test]
    fn sentences_are_no_credit_lines() {
        assert!(is_byline("By Jane Doe"));
        assert!(!is_byline("By Monday the talks had failed."));
        assert!(!is_byline("By then it was too late for the alliance to send any troops"));
    }
}
