//! Any bytes as a file of an archive: nothing may panic, and no two articles may be at one place.
//!
//! `cargo +nightly fuzz run reader` lets the content tell the format, so that any files are good to
//! start from. `MORGUE_FORMAT=warc` puts before the bytes what makes them a file of that format, so
//! that one reader or decoder gets all the attention.
#![no_main]

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use morgue::ingest::{FileContext, Problem, ReadOptions, Record, read_bytes};

/// A format: its name, the path of the file, and how the file starts.
struct Format {
    name: &'static str,
    path: &'static str,
    start: &'static [u8],
}

const fn format(name: &'static str, path: &'static str, start: &'static [u8]) -> Format {
    Format { name, path, start }
}

const FORMATS: &[Format] = &[
    format("any", "a", b""),
    format("warc", "a", b"WARC/1.0\r\n"),
    format(
        "http",
        "a",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 2000\r\n\r\nHTTP/1.1 200 OK\r\n",
    ),
    format("arc", "a", b"filedesc://a 1.2.3.4 20140301000000 text/plain 5\n1 0 x\n"),
    format("mbox", "a", b"From a Tue Jan 25 18:15:00 2022\nFrom: a@x.example\nMessage-ID: 1\n"),
    format("mail", "a", b"From: a@x.example\nMIME-Version: 1.0\n"),
    format("reuters", "a", b"<REUTERS NEWID=\"1\">"),
    format("trec", "a", b"<DOC>\n"),
    format("nitf", "a", b"<nitf>"),
    format("newsml-g2", "a", b"<newsItem>"),
    format("newsml", "a", b"<NewsML>"),
    format("reuters-corpus", "a", b"<newsitem>"),
    format("alto", "a", b"<alto>"),
    format("hocr", "a", b"<html><div class='ocr_page'>"),
    format("rss", "a", b"<rss><channel>"),
    format("atom", "a", b"<feed xmlns='http://www.w3.org/2005/Atom'>"),
    format("html", "a", b"<html>"),
    format("xml", "a", b"<?xml version='1.0'?>"),
    format("json", "a.json", b"{\""),
    format("json-lines", "a.jsonl", b"{\""),
    format("json-array", "a.json", b"[{\""),
    format("ninjs", "a.json", b"{\"uri\": \"u\", \"pubstatus\": \"usable\", "),
    format("page-text", "sn85038022/seq-1.txt", b"A"),
    format("markdown", "a.md", b""),
    format("front-matter", "a.md", b"---\ntitle: "),
    format("csv", "a.csv", b"title,text,date,byline\n"),
    format("tsv", "a.tsv", b"title\ttext\tdate\tbyline\n"),
    format("nexis", "a.txt", b"1 of 2 DOCUMENTS\n\nThe Crier\n\nJanuary 25, 2022 Tuesday\n\nTalks\n\nBYLINE: "),
    format("factiva", "a.txt", b"HD   Talks\nPD   25 January 2022\nSN   The Crier\nLP   "),
    format("proquest", "a.txt", b"____________________________________________________________\n\nDocument 1 of 2\n\nTalks\n\nAuthor: "),
    format("mhtml", "a", b"From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example/a\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\n\n--b\nContent-Type: text/html\n"),
    format("text", "a.txt", b"A"),
    format("gzip", "a", b"\x1F\x8B\x08"),
    format("zstd", "a", b"\x28\xB5\x2F\xFD"),
    format("xz", "a", b"\xFD7zXZ\0"),
    format("bzip2", "a", b"BZh91AY&SY"),
    format("zip", "a", b"PK\x03\x04"),
    format("utf-16", "a", b"\xFF\xFE"),
    format("utf-32", "a", b"\0\0\xFE\xFF"),
];

static FORMAT: LazyLock<&Format> = LazyLock::new(|| {
    let name = std::env::var("MORGUE_FORMAT").unwrap_or_else(|_| "any".to_owned());
    let found = FORMATS.iter().find(|format| format.name == name);
    found.unwrap_or_else(|| panic!("there is no format `{name}`"))
});

fuzz_target!(|bytes: &[u8]| {
    let file = [FORMAT.start, bytes].concat();
    let context = FileContext { path: FORMAT.path.to_owned(), ..FileContext::default() };
    let mut places = HashSet::new();
    read_bytes(context, file, &ReadOptions::default(), &mut |record| {
        match record {
            Record::Article(article) => assert!(places.insert(article.locator)),
            Record::Failed(error) => assert!(!matches!(error.problem, Problem::Panicked(_))),
            Record::Skipped { .. } => {}
        }
        ControlFlow::Continue(())
    });
});
