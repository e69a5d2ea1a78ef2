//! Lines of an article that say when it was published: a date and little else.
//!
//! Such a line may date the last change as well, before or behind the publication: "Updated March 12,
//! 2019; posted March 10, 2019".

use super::date::{self, NumericOrder, WrittenDate};
use crate::article::PublicationDate;

/// Words for publishing and the like, in lower case.
pub(super) const PUBLISHING: &[&str] = &[
    "published",
    "posted",
    "publication",
    "veröffentlich",
    "erschienen",
    "publiziert",
    "gepostet",
    "pressemitteilung",
    "stand:",
    "datum:",
    "date:",
    "fecha:",
    "publié",
    "mis en ligne",
    "mise en ligne",
    "paru",
    "publicad",
    "pubblicat",
    "geplaatst",
    "gepubliceerd",
    "opublikowan",
    "dodano",
    "опубликован",
    "опубліковано",
    "дата",
    "publicerad",
    "publisert",
    "offentliggjort",
    "julkaistu",
    "megjelent",
    "yayın",
    "publicat",
    "δημοσιε",
    "نشر",
    "发布",
    "發布",
    "公開",
    "게재",
    "등록",
];

/// Words for changing right before a date, in lower case, as far as they name no publication.
const CHANGING: &[&str] = &[
    "updated",
    "modified",
    "edited",
    "revised",
    "aktualisiert",
    "geändert",
    "bearbeitet",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualizad",
    "actualización",
    "modificad",
    "atualizad",
    "atualização",
    "aggiornat",
    "aggiornamento",
    "bijgewerkt",
    "gewijzigd",
    "aktualizacja",
    "zaktualizowan",
    "обновлен",
    "изменен",
    "оновлен",
    "uppdaterad",
    "oppdatert",
    "opdateret",
    "päivitetty",
    "muokattu",
    "frissít",
    "güncelle",
    "actualizat",
    "ενημερ",
    "تحديث",
    "更新",
    "수정",
];

/// The date of a line, and what it is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct DateLine {
    /// The day, with its time where that is stated.
    pub(in crate::ingest) date: PublicationDate,
    /// What the line calls it.
    pub(in crate::ingest) label: Label,
}

/// What the words before a date call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Label {
    /// Nothing.
    None,
    /// The day of publication.
    Publication,
    /// The day of a change.
    Change,
}

impl Label {
    fn of(words: &str) -> Self {
        if is_labelled(words, PUBLISHING) {
            Self::Publication
        } else if is_labelled(words, CHANGING) {
            Self::Change
        } else {
            Self::None
        }
    }
}

/// Returns the date in a line of a page that says little else.
pub(in crate::ingest) fn read(line: &str, order: NumericOrder) -> Option<DateLine> {
    const MOST_AROUND: usize = 40;
    // A year takes digits, which few lines have.
    if line.len() > LONGEST_LINE || !line.contains(char::is_numeric) {
        return None;
    }
    let dates = Dates::of(line, order);
    let (label, found) = dates.published()?;
    let around = line.len() - dates.length();
    let date = found.to_date()?;
    (around <= MOST_AROUND && found.day.is_some() || around == 0)
        .then_some(DateLine { date, label })
}

/// The longest line, in bytes, that dates an article.
const LONGEST_LINE: usize = 120;

/// Returns the date in a line beside the headline of a page: it says little else, calls the day the one of
/// the publication, or begins or ends with it.
pub(in crate::ingest) fn beside_headline(line: &str, order: NumericOrder) -> Option<DateLine> {
    if line.len() > LONGEST_LINE {
        return None;
    }
    read(line, order).or_else(|| {
        let (label, found) = Dates::of(line, order).published()?;
        let is_at_edge = found.span.start == 0 || found.span.end == line.trim_end().len();
        let is_dated = found.day.is_some() && (label == Label::Publication || is_at_edge);
        let date = found.to_date().filter(|_| is_dated)?;
        Some(DateLine { date, label })
    })
}

/// The most bytes that stand beside a day which is alone: " Uhr", "am ".
const MOST_BESIDE_DAY: usize = 5;

/// Tells whether a line is a day, with a time or without, and nothing else.
pub(in crate::ingest) fn is_day_alone(line: &str) -> bool {
    let dates = Dates::of(line, NumericOrder::default());
    let is_day = dates.published().is_some_and(|(_, found)| found.day.is_some());
    is_day && dates.length() + MOST_BESIDE_DAY >= line.trim().len()
}

/// Returns the date in the line of a page that dates its article: a day whatever else it says, or a month
/// alone.
pub(in crate::ingest) fn in_credit(line: &str, order: NumericOrder) -> Option<DateLine> {
    read(line, order).or_else(|| {
        let (label, found) = Dates::of(line, order).published()?;
        found.day?;
        Some(DateLine { date: found.to_date()?, label })
    })
}

/// Tells whether a line is a date and little else, in either order of numbers.
pub(in crate::ingest) fn is_one(line: &str) -> bool {
    read(line, NumericOrder::default()).is_some()
}

/// Returns the date in `text` that is the one of the publication, as far as it says so, and what the text
/// calls it.
pub(super) fn published_in(text: &str, order: NumericOrder) -> Option<(Label, WrittenDate)> {
    Dates::of(text, order).published()
}

/// Tells whether a text has one of the `labels`, which are in lower case.
pub(super) fn is_labelled(text: &str, labels: &[&str]) -> bool {
    let lower = text.to_lowercase();
    labels.iter().any(|label| lower.contains(label))
}

/// The dates with a year that stand in a text: the first, and those behind it that have a label.
struct Dates(Vec<(Label, WrittenDate)>);

impl Dates {
    fn of(text: &str, order: NumericOrder) -> Self {
        let mut before = 0;
        let mut dates = Vec::new();
        for date in date::find_all(text, order).into_iter().filter(|date| date.year.is_some()) {
            let label = Label::of(&text[before..date.span.start]);
            before = date.span.end;
            if dates.is_empty() || label != Label::None {
                dates.push((label, date));
            }
        }
        Self(dates)
    }

    fn published(&self) -> Option<(Label, WrittenDate)> {
        let first = |label: Label| self.0.iter().find(move |(other, _)| *other == label);
        let wanted = [Label::Publication, Label::None, Label::Change];
        wanted.into_iter().find_map(first).copied()
    }

    /// Returns the bytes that the dates take.
    fn length(&self) -> usize {
        self.0.iter().map(|(_, date)| date.span.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_publication_is_told_from_that_of_a_change() {
        use Label::{Change, None, Publication};
        let cases = [
            ("March 10, 2019", "2019-03-10", None),
            ("Updated March 12, 2019; Posted March 10, 2019", "2019-03-10", Publication),
            ("Published March 10, 2019 | Updated March 12, 2019", "2019-03-10", Publication),
            (
                "PUBLISHED: 08:14, 5 Jan 2023 | UPDATED: 12:52, 6 Jan 2023",
                "2023-01-05",
                Publication,
            ),
            ("Publié le 15/06/2022 à 09:41, mis à jour le 16/06/2022", "2022-06-15", Publication),
            ("10.03.2019, aktualisiert am 12.03.2019, 10:15 Uhr", "2019-03-10", None),
            ("Aktualisiert am 08.09.2023-13:11", "2023-09-08", Change),
            ("Güncelleme Tarihi: Eylül 21, 2023 15:20", "2023-09-21", Change),
            ("3/4/2020", "2020-04-03", None),
        ];
        for (line, day, label) in cases {
            let found = read(line, NumericOrder::DayFirst).expect(line);
            assert_eq!(
                (found.date.to_day().to_string().as_str(), found.label),
                (day, label),
                "{line}"
            );
        }
        let sentence = "From 3 May 2020 to 5 June 2020 the harbour was closed to all ships";
        assert!(!is_one(sentence));
    }
}
