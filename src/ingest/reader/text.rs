//! Plain text, one article a file: what is left when nothing else was recognized.

use super::Reader;
use super::plain_text::{self, PlainTextOutcome};
use crate::ingest::ReadOptions;
use crate::ingest::decode::decode;
use crate::ingest::detect::Sample;
use crate::ingest::error::SkipReason;
use crate::ingest::input::Input;
use crate::ingest::records::{Flow, Reading, Records};

/// Reads plain text.
pub(super) struct PlainText;

impl Reader for PlainText {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.text().is_some()
    }

    fn has_page_lines(&self) -> bool {
        true
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let bytes = match input.take_rest(records.options().limits.max_record_bytes) {
            Ok(bytes) => bytes,
            Err(problem) => return records.fail(None, problem),
        };
        let base = records.options().base.as_str();
        if records.learns_lines() {
            let text = decode(&bytes, None);
            return records.learn(|context| plain_text::lines_of(&text, context, base));
        }
        let repeated = records.repeated();
        records.record(None, &bytes, |context| {
            Ok(match plain_text::read_learnt(&decode(&bytes, None), context, repeated, base) {
                PlainTextOutcome::Article(draft) => Reading::Article(draft),
                PlainTextOutcome::NotAnArticle(why) => Reading::Skip(SkipReason::NotAnArticle(why)),
            })
        })
    }
}
