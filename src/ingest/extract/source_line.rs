//! Lines that state where an article is from: `Source: Reuters`.

/// Words for a source, in lower case.
const LABELS: &[&str] = &[
    "source",
    "sources",
    "via",
    "quelle",
    "fuente",
    "fonte",
    "bron",
    "źródło",
    "источник",
    "джерело",
    "kaynak",
    "forrás",
    "zdroj",
    "källa",
    "kilde",
    "lähde",
    "sursa",
    "πηγή",
    "المصدر",
    "مصدر",
    "منبع",
    "מקור",
    "स्रोत",
    "източник",
    "извор",
    "文章来源",
    "信息来源",
    "稿件来源",
    "資料來源",
    "来源",
    "來源",
    "出典",
    "출처",
];

/// The longest name of a source, in bytes.
const LONGEST_NAME: usize = 60;

/// The most words of the name of a source.
const MOST_WORDS: usize = 6;

/// Returns the source that a line states, and nothing else.
pub fn source(line: &str) -> Option<&str> {
    let (label, name) = line.split_once([':', '：'])?;
    let name = name.trim().trim_end_matches('.');
    let is_name = !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name.split_whitespace().count() <= MOST_WORDS;
    let label = label.trim().to_lowercase();
    (is_name && LABELS.contains(&label.as_str()) && !name.contains("://")).then_some(name)
}
