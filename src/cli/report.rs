//! The report of a run as JSON: `schema/index-report.v1.schema.json`.
//!
//! It is here and not with the other JSON because a report is the pipeline's, which `output` does
//! not know.

use schemars::JsonSchema;
use serde::Serialize;

use crate::index::ProblemKind;
use crate::pipeline::IndexReport;

/// What a run of `morgue index` did.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Index report", deny_unknown_fields)]
pub(super) struct IndexReportJson<'report> {
    /// The version of this form: 1.
    #[schemars(extend("const" = 1))]
    pub version: u32,
    /// Whether there was anything to commit.
    pub committed: bool,
    /// Why all of the archive was read into a new index; null where it was not.
    pub rebuilt: Option<&'report str>,
    /// Files of the archive.
    pub files: FilesJson,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// Articles.
    pub articles: ArticlesJson,
    /// Files and records left out on purpose.
    pub skipped: u64,
    /// Files and records that could not be read.
    pub failed: u64,
    /// Each of them, in the order of their places.
    pub problems: Vec<ProblemJson<'report>>,
}

/// Numbers of files.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct FilesJson {
    /// Not there at the last run.
    pub added: u64,
    /// Read again because their bytes changed.
    pub changed: u64,
    /// Gone.
    pub removed: u64,
    /// With a new time but the same bytes.
    pub touched: u64,
    /// As they were.
    pub unchanged: u64,
}

/// Numbers of articles.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ArticlesJson {
    /// Read in this run.
    pub read: u64,
    /// In the index now.
    pub total: u64,
}

/// A file or record that gave no article, or an article whose names could not be found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ProblemJson<'report> {
    /// Its path, members and record: `2024/a.zip!b.jsonl#17`.
    pub place: &'report str,
    /// `skipped` where it was left out on purpose, `failed` where it could not be read, or its names
    /// not be found.
    pub kind: ProblemKindJson,
    /// Why.
    pub reason: &'report str,
}

/// Whether something was left out on purpose.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum ProblemKindJson {
    /// It holds no article.
    Skipped,
    /// It could not be read, or its names could not be found.
    Failed,
}

/// Returns the report as JSON.
pub(super) fn to_json(report: &IndexReport) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&IndexReportJson::of(report))
}

impl<'report> IndexReportJson<'report> {
    fn of(report: &'report IndexReport) -> Self {
        let problems = report.problems.iter().map(|problem| ProblemJson {
            place: &problem.place,
            kind: match problem.kind {
                ProblemKind::Skipped => ProblemKindJson::Skipped,
                ProblemKind::Failed => ProblemKindJson::Failed,
            },
            reason: &problem.reason,
        });
        Self {
            version: 1,
            committed: report.committed,
            rebuilt: report.rebuilt.as_deref(),
            files: FilesJson {
                added: report.files_added,
                changed: report.files_changed,
                removed: report.files_removed,
                touched: report.files_touched,
                unchanged: report.files_unchanged,
            },
            bytes: report.bytes,
            articles: ArticlesJson { read: report.articles_read, total: report.articles_total },
            skipped: report.skipped() as u64,
            failed: report.failed() as u64,
            problems: problems.collect(),
        }
    }
}
