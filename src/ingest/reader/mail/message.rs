//! The articles in one message: itself, the messages of a digest, the documents of an alert, or the web
//! page that is saved in it.

use encoding_rs::Encoding;
use mailparse::{MailHeaderMap, ParsedMail};

use super::{body, sender};
use crate::article::{PublicationDate, Sourced};
use crate::ingest::draft::{Draft, FileContext};
use crate::ingest::error::{Problem, SkipReason};
use crate::ingest::extract::date;
use crate::ingest::reader::{database, given, html};
use crate::ingest::records::Reading;
use crate::ingest::{ReadOptions, decode};

/// An article in a message.
pub(super) struct Article {
    /// Its bytes, where the message holds several.
    pub(super) bytes: Vec<u8>,
    pub(super) content: Content,
    /// What of it could not be read.
    pub(super) damage: Option<Problem>,
}

/// What an article is read from.
#[expect(clippy::large_enum_variant, reason = "one a message, taken apart at once")]
pub(super) enum Content {
    Draft(Draft),
    /// A web page.
    Page {
        html: Vec<u8>,
        declared: Option<&'static Encoding>,
        url: Option<String>,
    },
    /// What a mail program keeps about the folder, in the form of a message.
    FolderData,
}

impl Content {
    /// Reads the article.
    pub(super) fn read(
        self,
        context: &FileContext,
        options: &ReadOptions,
    ) -> Result<Reading, Problem> {
        match self {
            Self::Draft(draft) => Ok(Reading::Draft(draft)),
            Self::FolderData => {
                Ok(Reading::Skip(SkipReason::Unsupported("the data of a mail folder".to_owned())))
            }
            Self::Page { html, declared, url } => {
                let url = url.or_else(|| context.url.clone());
                let context = FileContext { url, ..context.clone() };
                html::read_bytes(&html, declared, &context, options)
            }
        }
    }
}

/// Returns the articles in a message, one at least.
///
/// # Errors
/// Fails where it is not a message.
pub(super) fn articles_in(message: &[u8]) -> Result<Vec<Article>, Problem> {
    let mail = parse(message)?;
    if let Some(page) = saved_page(&mail) {
        return Ok(vec![page]);
    }
    if is_folder_data(&mail) {
        return Ok(vec![Article { bytes: Vec::new(), content: Content::FolderData, damage: None }]);
    }
    let messages = digest_of(&mail).map_or(&[][..], |digest| &digest.subparts);
    let sent = published(&mail);
    let mut articles: Vec<Article> =
        messages.iter().map(|part| read_part(part, sent.as_ref())).collect();
    if articles.is_empty() {
        articles = read_single(&mail);
    }
    Ok(articles)
}

/// Tells whether a message is the first of a folder in which UW IMAP, Dovecot and Pine count the others.
fn is_folder_data(mail: &ParsedMail<'_>) -> bool {
    let counts = ["X-IMAP", "X-IMAPbase"].iter().any(|name| header(mail, name).is_some());
    counts
        && header(mail, "Subject").is_some_and(|subject| subject.ends_with("FOLDER INTERNAL DATA"))
}

fn parse(message: &[u8]) -> Result<ParsedMail<'_>, Problem> {
    let malformed = |error: mailparse::MailParseError| Problem::Malformed {
        format: "mail message",
        reason: error.to_string(),
    };
    mailparse::parse_mail(message).map_err(malformed)
}

/// Returns the part of a message that holds the messages of a digest.
fn digest_of<'p, 'm>(mail: &'p ParsedMail<'m>) -> Option<&'p ParsedMail<'m>> {
    if mail.ctype.mimetype == "multipart/digest" {
        return Some(mail);
    }
    mail.subparts.iter().find_map(digest_of)
}

/// Reads a message of a digest that was sent at this time.
fn read_part(part: &ParsedMail<'_>, sent: Option<&Sourced<PublicationDate>>) -> Article {
    let (bytes, damage) = body::decoded(part);
    let read = parse(&bytes).map(|mail| {
        let body::Text { text, damage, .. } = body::read(&mail);
        (draft_of(&mail, text), damage)
    });
    let (mut draft, inner) = read.unwrap_or_else(|problem| (Draft::default(), Some(problem)));
    draft.published = draft.published.or_else(|| sent.cloned());
    Article { bytes, content: Content::Draft(draft), damage: damage.or(inner) }
}

/// Reads a message that is no digest: one article, or the documents of a news database in it.
fn read_single(mail: &ParsedMail<'_>) -> Vec<Article> {
    let body::Text { text, plain, mut damage } = body::read(mail);
    let documents = database::documents_in(&plain);
    if documents.is_empty() {
        let draft = draft_of(mail, text);
        return vec![Article { bytes: Vec::new(), content: Content::Draft(draft), damage }];
    }
    let read = |(document, draft): (&str, Draft)| Article {
        bytes: document.as_bytes().to_owned(),
        content: Content::Draft(draft),
        damage: damage.take(),
    };
    documents.into_iter().map(read).collect()
}

/// Returns the article that a message with this text is.
fn draft_of(mail: &ParsedMail<'_>, text: String) -> Draft {
    let mut draft = Draft {
        title: header(mail, "Subject").map(|subject| given(subject, "Subject")),
        published: published(mail),
        section: header(mail, "Newsgroups").map(|groups| {
            given(groups.split(',').next().unwrap_or_default().trim().to_owned(), "Newsgroups")
        }),
        url: header(mail, "Archived-At")
            .map(|url| given(url.trim_matches(['<', '>']).to_owned(), "Archived-At")),
        body: text,
        ..Draft::default()
    };
    if let Some(line) = header(mail, "From") {
        sender::read(&line, &mut draft);
    }
    draft
}

/// Returns the value of a header on one line.
fn header(mail: &ParsedMail<'_>, name: &str) -> Option<String> {
    let value = mail.headers.get_first_value(name)?;
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

fn published(mail: &ParsedMail<'_>) -> Option<Sourced<PublicationDate>> {
    let text = header(mail, "Date")?;
    Some(given(date::parse(&text)?, &format!("Date `{text}`")))
}

/// Returns the web page that a browser saved as MHTML: an HTML part with the address of the page, in
/// what was never sent. `Date` is then the day of saving.
fn saved_page(mail: &ParsedMail<'_>) -> Option<Article> {
    let snapshot = header(mail, "Snapshot-Content-Location");
    let is_saved = snapshot.is_some()
        || header(mail, "From").is_some_and(|from| from.to_lowercase().contains("saved by "))
        || ["Message-ID", "Received", "To"].iter().all(|name| header(mail, name).is_none());
    let part = html_part(mail).filter(|_| is_saved)?;
    let url = snapshot.or_else(|| header(part, "Content-Location"));
    let url = url.filter(|url| url.starts_with("http://") || url.starts_with("https://"))?;
    let (html, damage) = body::decoded(part);
    let stated = part.ctype.params.get("charset");
    let declared = stated.and_then(|label| Encoding::for_label(label.as_bytes()));
    let declared = declared.or_else(|| decode::declared_in_markup(&html));
    Some(Article {
        bytes: Vec::new(),
        content: Content::Page { html, declared, url: Some(url) },
        damage,
    })
}

fn html_part<'p, 'm>(part: &'p ParsedMail<'m>) -> Option<&'p ParsedMail<'m>> {
    let is_html = part.ctype.mimetype == "text/html";
    if is_html { Some(part) } else { part.subparts.iter().find_map(html_part) }
}
