//! METS: what libraries say of the pages of a newspaper, in a document beside them.
//!
//! The pages of an issue have neither title nor date of their own. The document that lists their
//! files has both; it is looked for under the names that libraries give it, in the directory of the
//! page and in the one above, since a directory of pages may be too large to be searched.

use std::fs;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3;

use crate::article::PublicationDate;
use crate::ingest::decode::{declared_in_markup, decode};
use crate::ingest::extract::date;
use crate::ingest::limits::Limits;
use crate::ingest::xml::{Document, Node};
use crate::text::Language;

/// An issue of a newspaper, as its METS document describes it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Issue {
    /// The name of the document's file.
    pub(super) document: String,
    pub(super) newspaper: Option<String>,
    /// The day, with the text that states it.
    pub(super) published: Option<(PublicationDate, String)>,
    pub(super) language: Option<Language>,
    /// The number of the page, from 1.
    pub(super) page: usize,
}

/// Returns what the document beside the page at `page` says of it, where there is one, and the
/// [`fingerprint`] of the documents, taken before they are read.
pub(super) fn issue_of(page: &Path, limits: &Limits) -> (Option<Issue>, u64) {
    let documents = documents(page);
    let fingerprint = fingerprint_of(&documents);
    let issue = documents.into_iter().find_map(|path| {
        if fs::metadata(&path).ok()?.len() > limits.max_record_bytes {
            return None;
        }
        let bytes = fs::read(&path).ok()?;
        let text = decode(&bytes, declared_in_markup(&bytes));
        let document = Document::parse(&text, "METS").ok()?;
        let issue = read_issue(document.root(), page.file_name()?.to_str()?)?;
        Some(Issue { document: path.file_name()?.to_string_lossy().into_owned(), ..issue })
    });
    (issue, fingerprint)
}

/// Returns a number that changes with the documents that may describe the page at `page`: when one
/// comes, goes or changes. It is never 0.
pub(in crate::ingest) fn fingerprint(page: &Path) -> u64 {
    fingerprint_of(&documents(page))
}

fn fingerprint_of(documents: &[PathBuf]) -> u64 {
    let mut hasher = Xxh3::new();
    for path in documents {
        let Ok(metadata) = fs::metadata(path) else { continue };
        let modified = metadata.modified().ok();
        hasher.update(format!("{path:?} {} {modified:?}", metadata.len()).as_bytes());
    }
    hasher.digest().max(1)
}

/// Returns the documents that there are under the names that are looked for.
fn documents(page: &Path) -> Vec<PathBuf> {
    let stem = page.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let prefixes = stem.rmatch_indices(['_', '-']).map(|(end, _)| &stem[..end]).take(4);
    let mut found = Vec::new();
    for directory in page.ancestors().skip(1).take(2) {
        let name = directory.file_name().and_then(|name| name.to_str());
        let mut names = vec!["mets.xml".to_owned(), "METS.xml".to_owned()];
        for start in name.into_iter().chain(prefixes.clone()) {
            let ends = ["", "_mets", "_METS", "-mets", "-METS", ".mets"];
            names.extend(ends.iter().map(|end| format!("{start}{end}.xml")));
        }
        let paths = names.into_iter().map(|name| directory.join(name));
        found.extend(paths.filter(|path| path != page && path.is_file()));
    }
    found
}

/// Returns what a document says of the page whose file has this name; `None` where it is no METS or
/// does not list the file.
fn read_issue(root: Node<'_>, file_name: &str) -> Option<Issue> {
    if root.name() != "mets" {
        return None;
    }
    let page = page_number(root, file_name)?;
    let descriptions: Vec<Node<'_>> = root.children_named("dmdSec").filter(is_of_issue).collect();
    let line = |name: &str| descriptions.iter().find_map(|part| part.first(name)?.line());
    let label = root.attribute("LABEL");
    let title = descriptions.iter().find_map(|part| part.first("titleInfo")?.line_at(&["title"]));
    let published = line("dateIssued").or_else(|| label.map(str::to_owned));
    Some(Issue {
        document: String::new(),
        newspaper: title.or_else(|| label.map(without_date)).filter(|name| !name.is_empty()),
        published: published.and_then(|text| Some((date::parse(&text)?, text))),
        language: line("languageTerm").and_then(|text| Language::parse(&text)),
        page,
    })
}

/// Tells whether a description is of the issue or newspaper rather than of a page or article in it.
fn is_of_issue(part: &Node<'_>) -> bool {
    let id = part.attribute("ID").unwrap_or_default().to_lowercase();
    !["page", "article", "sect", "ad"].iter().any(|inner| id.contains(inner))
}

/// Returns the name in a label such as `The Courier (Town), 1916-01-28`.
fn without_date(label: &str) -> String {
    let end = label.rfind(", ").filter(|end| label[*end..].contains(|c: char| c.is_ascii_digit()));
    label[..end.unwrap_or(label.len())].trim().to_owned()
}

/// Returns the place of a file among those of its kind. Its group holds one of each page, or all
/// files of one page.
fn page_number(root: Node<'_>, file_name: &str) -> Option<usize> {
    let groups: Vec<Vec<String>> = root.all("fileSec").iter().flat_map(file_groups).collect();
    let groups = groups.into_iter().filter(|group| !group.is_empty()).enumerate();
    for (number, group) in groups {
        let Some(place) = group.iter().position(|name| name.eq_ignore_ascii_case(file_name)) else {
            continue;
        };
        return Some(if group.len() > 1 { place + 1 } else { number + 1 });
    }
    None
}

/// Returns the names of the XML files in each innermost group.
fn file_groups(section: &Node<'_>) -> Vec<Vec<String>> {
    let mut groups = Vec::new();
    collect_groups(*section, &mut groups);
    groups
}

fn collect_groups(node: Node<'_>, groups: &mut Vec<Vec<String>>) {
    let files = node.children_named("file").filter_map(|file| file.first("FLocat"));
    let names = files.filter_map(|place| {
        let name = place.attribute("href")?.rsplit(['/', '\\']).next()?;
        name.to_lowercase().ends_with(".xml").then(|| name.to_owned())
    });
    groups.push(names.collect());
    for group in node.children_named("fileGrp") {
        collect_groups(group, groups);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"<mets:mets LABEL="Wrong, 1916-01-01" xmlns:mets="m" xmlns:mods="o">
        <mets:dmdSec ID="pageModsBib1"><mods:titleInfo><mods:title>A page</mods:title></mods:titleInfo>
        </mets:dmdSec><mets:dmdSec ID="issueModsBib"><mets:mdWrap><mets:xmlData><mods:mods>
        <mods:titleInfo><mods:title>The Courier</mods:title></mods:titleInfo><mods:originInfo>
        <mods:dateIssued encoding="iso8601">1916-01-28</mods:dateIssued></mods:originInfo><mods:language>
        <mods:languageTerm>eng</mods:languageTerm></mods:language></mods:mods></mets:xmlData>
        </mets:mdWrap></mets:dmdSec><mets:fileSec><mets:fileGrp><mets:fileGrp><mets:file>
        <mets:FLocat xlink:href="file://./0001.tif"/></mets:file><mets:file>
        <mets:FLocat xlink:href="file://./0001.xml"/></mets:file></mets:fileGrp><mets:fileGrp><mets:file>
        <mets:FLocat xlink:href="./ALTO\0002.XML"/></mets:file></mets:fileGrp></mets:fileGrp>
        </mets:fileSec></mets:mets>"#;

    fn issue(text: &str, page: &str) -> Option<Issue> {
        read_issue(Document::parse(text, "METS").unwrap().root(), page)
    }

    #[test]
    fn issues_name_their_newspaper_and_day() {
        let found = issue(DOCUMENT, "0002.xml").unwrap();
        assert_eq!(found.newspaper.unwrap(), "The Courier");
        assert_eq!(found.published.unwrap().0.to_string(), "1916-01-28");
        assert_eq!(found.language, Language::parse("en"));
        assert_eq!(found.page, 2);
        assert_eq!(issue(DOCUMENT, "0001.xml").unwrap().page, 1);
        assert_eq!(issue(DOCUMENT, "0003.xml"), None);
    }

    #[test]
    fn labels_stand_in_for_descriptions() {
        let text = r#"<mets LABEL="The Courier (Town), 1916-01-28"><fileSec><fileGrp>
            <file><FLocat href="a_1.xml"/></file><file><FLocat href="a_2.xml"/></file></fileGrp>
            </fileSec></mets>"#;
        let found = issue(text, "a_2.xml").unwrap();
        assert_eq!((found.newspaper.as_deref(), found.page), (Some("The Courier (Town)"), 2));
        assert_eq!(found.published.unwrap().0.to_string(), "1916-01-28");
    }

    #[test]
    fn documents_are_found_under_their_common_names() {
        let directory = tempfile::tempdir().unwrap();
        let issue = directory.path().join("1916012801");
        fs::create_dir_all(issue.join("alto")).unwrap();
        let page = issue.join("alto/courier_1916_0001.xml");
        let before = fingerprint(&page);
        for name in ["1916012801.xml", "alto/courier_1916_mets.xml", "other.xml"] {
            fs::write(issue.join(name), "<mets/>").unwrap();
        }
        let found = documents(&page);
        let names = [issue.join("alto/courier_1916_mets.xml"), issue.join("1916012801.xml")];
        assert_eq!(found, names);
        assert_ne!(fingerprint(&page), before);
    }
}
