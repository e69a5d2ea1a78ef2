//! How well copies are told: on the near-duplicates of the gold web archive.
//!
//! A group of copies says of each two of its members that they are copies. Such a pair is right
//! when the gold lists it (Jaccard's coefficient of at least .4) or when all shingles of the two
//! bodies, not the sample, say so as well: the list was itself made from a sample and misses some,
//! among them texts that are the same word for word. The strict figure, for which those count as
//! wrong, is printed beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use morgue::article::PublicationDate;
use morgue::neardup::{Mark, Sketch, SketchedArticle, group};
use morgue::text;

use crate::gold;

/// Two paths, the smaller first.
type Pair = (String, String);

#[test]
fn near_duplicates_of_the_web_archive_are_grouped() {
    let Some(gold) = gold::set("reuters-web") else { return };
    let listed = listed_pairs(&gold);
    let articles = read_articles(&gold);
    let start = Instant::now();
    let sketched: Vec<SketchedArticle> = articles
        .values()
        .map(|(date, body)| SketchedArticle::new(*date, Sketch::of(body)))
        .collect();
    let sketching = start.elapsed();
    let marks: Vec<Mark> = sketched.iter().map(SketchedArticle::mark).collect();
    let Ok(groups) = group(&marks, &sketched);
    let rate = articles.len() as f64 / start.elapsed().as_secs_f64();
    let bytes: usize = sketched.iter().map(|article| 8 * article.sketch().to_numbers().len()).sum();
    let paths: Vec<&str> = articles.keys().map(String::as_str).collect();
    let groups: Vec<Vec<&str>> = groups
        .into_iter()
        .map(|group| group.into_iter().map(|place| paths[place as usize]).collect())
        .collect();

    let found = pairs_of(&groups);
    let strictly_right = found.iter().filter(|pair| listed.contains_key(*pair)).count();
    let right = found
        .iter()
        .filter(|pair| listed.contains_key(*pair) || resemblance(&articles, pair) >= 0.4)
        .count();
    let wanted: Vec<_> = listed.iter().filter(|(_, jaccard)| **jaccard >= 0.6).collect();
    let recalled = wanted.iter().filter(|(pair, _)| found.contains(*pair)).count();
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let precision = share(right, found.len());
    let recall = share(recalled, wanted.len());
    println!(
        "copies: {} pairs, precision {precision:.4} (strict {:.4}), recall {recall:.4}; \
         {rate:.0} articles/s, {} bytes an article, sketching {sketching:?}",
        found.len(),
        share(strictly_right, found.len()),
        bytes / articles.len()
    );
    assert!(precision >= 0.99, "precision {precision:.4}");
    assert!(recall >= 0.97, "recall {recall:.4}");
}

fn listed_pairs(gold: &Path) -> BTreeMap<Pair, f64> {
    let table = fs::read_to_string(gold.join("reuters-web.near-duplicates.tsv")).unwrap();
    table
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (ordered(cells[1], cells[2]), cells[0].parse().unwrap())
        })
        .collect()
}

/// Returns date and body of each file, the lines of its header taken off.
fn read_articles(gold: &Path) -> BTreeMap<String, (Option<PublicationDate>, String)> {
    let table = fs::read_to_string(gold.join("reuters-web.meta.tsv")).unwrap();
    let mut articles = BTreeMap::new();
    for line in table.lines().skip(1) {
        let mut cells = line.split('\t');
        let (path, published) = (cells.next().unwrap(), cells.next().unwrap());
        let date = published.get(..10).map(|day| day.parse().unwrap());
        let bytes = fs::read(gold.join("reuters-web").join(path)).unwrap();
        let page = String::from_utf8_lossy(&bytes);
        let body: Vec<&str> = page.lines().skip_while(|line| line.starts_with("--")).collect();
        articles.insert(path.to_owned(), (date, body.join("\n")));
    }
    articles
}

fn pairs_of(groups: &[Vec<&str>]) -> BTreeSet<Pair> {
    let mut pairs = BTreeSet::new();
    for members in groups {
        for (position, one) in members.iter().enumerate() {
            pairs.extend(members[..position].iter().map(|two| ordered(one, two)));
        }
    }
    pairs
}

fn ordered(one: &str, two: &str) -> Pair {
    (one.min(two).to_owned(), one.max(two).to_owned())
}

/// Returns Jaccard's coefficient of all runs of five words of the two bodies.
fn resemblance(
    articles: &BTreeMap<String, (Option<PublicationDate>, String)>,
    (one, two): &Pair,
) -> f64 {
    let shingles = |path: &String| -> BTreeSet<String> {
        let words: Vec<String> =
            text::words(&articles[path].1).map(|word| text::fold(word.text)).collect();
        words.windows(5).map(|run| run.join(" ")).collect()
    };
    let (one, two) = (shingles(one), shingles(two));
    let shared = one.intersection(&two).count();
    shared as f64 / (one.len() + two.len() - shared) as f64
}
