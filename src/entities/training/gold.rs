//! Gold text: documents whose names were marked by hand, in two columns (IOB2).

use crate::article::EntityKind;
use crate::entities::perceptron::label::NameKind;
use crate::text::Span;

/// A document with its names marked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoldDocument {
    /// The text: the tokens of a sentence joined by spaces, sentences by blank lines.
    pub text: String,
    /// The names in order.
    pub(crate) names: Vec<(NameKind, Span)>,
    /// Whether names of other kinds (nationalities, events, works) are marked, too.
    pub(crate) marks_other: bool,
}

/// A line of gold text cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: `{text}` is not a token and a tag such as `B-PER`")]
pub struct GoldError {
    /// The number of the line, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// Reads documents in two columns: a token and its IOB2 tag, sentences separated by blank lines,
/// documents begun by a comment `# newdoc`; other comments are skipped.
///
/// # Errors
///
/// When a line is neither a comment nor a token with a tag.
pub fn read_iob2(text: &str, marks_other: bool) -> Result<Vec<GoldDocument>, GoldError> {
    let mut documents: Vec<GoldDocument> = Vec::new();
    let mut at_start = true;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("# newdoc") || documents.is_empty() {
            documents.push(GoldDocument { marks_other, ..GoldDocument::default() });
        }
        let document = documents.last_mut().expect("one was just pushed");
        if line.is_empty() {
            at_start = true;
        } else if !line.starts_with('#') || line.contains('\t') {
            let wrong = || GoldError { line: number + 1, text: line.to_owned() };
            let (token, tag) = line.split_once('\t').ok_or_else(wrong)?;
            document.push(token, tag, at_start).ok_or_else(wrong)?;
            at_start = false;
        }
    }
    documents.retain(|document| !document.text.is_empty());
    Ok(documents)
}

impl GoldDocument {
    /// Returns the people, organizations and places that are marked, in order.
    pub fn marked(&self) -> Vec<(EntityKind, Span)> {
        let names = self.names.iter();
        names.filter_map(|(kind, span)| Some((kind.entity_kind()?, *span))).collect()
    }

    fn push(&mut self, token: &str, tag: &str, at_start: bool) -> Option<()> {
        if !self.text.is_empty() {
            self.text.push_str(if at_start { "\n\n" } else { " " });
        }
        let span = Span::new(self.text.len(), self.text.len() + token.len());
        self.text.push_str(token);
        if tag == "O" {
            return Some(());
        }
        let (part, kind) = tag.split_once('-')?;
        let kind = match kind {
            "PER" => NameKind::Person,
            "ORG" => NameKind::Organization,
            "LOC" => NameKind::Place,
            "MISC" => NameKind::Other,
            _ => return None,
        };
        match (part, self.names.last_mut()) {
            ("I", Some((last_kind, last))) if *last_kind == kind => last.end = span.end,
            _ => self.names.push((kind, span)),
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_columns_become_text_and_names() {
        let text =
            "# newdoc id = x\nNew\tB-LOC\nYork\tI-LOC\nis\tO\n\nYes\tO\n# newdoc\nIda\tB-PER\n";
        let documents = read_iob2(text, true).expect("gold text");
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[0].text, "New York is\n\nYes");
        assert_eq!(documents[0].names, [(NameKind::Place, Span::new(0, 8))]);
        assert!(read_iob2("a b", true).is_err());
    }
}
