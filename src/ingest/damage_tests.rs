//! Properties of all readers and containers on files that were damaged in every way: nothing panics,
//! what comes out does not depend on how the bytes come in, and the bytes of every article are found
//! again.
//!
//! A test run tries a few cases; `MORGUE_FUZZ_CASES=100000` tries as many.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use proptest::sample::Index;

use super::error::{Problem, RecordError};
use super::reader::READERS;
use super::records::Record;
use super::testing::{SAMPLES, Seen, bytes_of_record, read_as, read_by, read_in_pieces};
use crate::article::ContentHash;

fn config() -> ProptestConfig {
    let told = std::env::var("MORGUE_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { max_shrink_iters: 4096, ..ProptestConfig::with_cases(told.unwrap_or(48)) }
}

/// What is done to the bytes of a file.
#[derive(Clone, Debug)]
enum Damage {
    Cut(Index),
    Set(Index, u8),
    Flip(Index, u8),
    Remove(Index, Index),
    Repeat(Index, Index, u8),
    Insert(Index, Vec<u8>),
    Splice(Index, usize, Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Damage::Cut),
        (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (at(), 0..8_u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        (at(), at()).prop_map(|(from, to)| Damage::Remove(from, to)),
        (at(), at(), 1..4_u8).prop_map(|(from, to, times)| Damage::Repeat(from, to, times)),
        (at(), telling_bytes()).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (at(), 0..SAMPLES.len(), at())
            .prop_map(|(at, other, from)| Damage::Splice(at, other, from)),
    ]
}

/// Bytes that some format takes for a mark.
fn telling_bytes() -> impl Strategy<Value = Vec<u8>> {
    const MARKS: &[&[u8]] = &[
        b"\n",
        b"\r\n\r\n",
        b"\0",
        b"\"",
        b"<",
        b"</",
        b"<!--",
        b"<![CDATA[",
        b"&#x110000;",
        b"\xFF\xFE",
        b"\xEF\xBB\xBF",
        b"\nFrom a 1:2 2022\n",
        b"Content-Length: 18446744073709551615\r\n",
        b"Content-Length: 0\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"ffffffff\r\n",
        b"WARC/1.0\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"\x1F\x8B\x08",
        b"PK\x03\x04",
        b"[[[[[[[[",
        b"{\"a\":",
        b"---\n",
        "\u{1F600}\u{301}".as_bytes(),
    ];
    prop_oneof![
        proptest::sample::select(MARKS).prop_map(<[u8]>::to_vec),
        proptest::collection::vec(any::<u8>(), 1..12),
    ]
}

fn apply(damage: &Damage, bytes: &mut Vec<u8>) {
    let between = |one: &Index, other: &Index| {
        let (one, other) = (one.index(bytes.len() + 1), other.index(bytes.len() + 1));
        one.min(other)..one.max(other)
    };
    match damage {
        Damage::Cut(at) => bytes.truncate(at.index(bytes.len() + 1)),
        Damage::Set(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Damage::Flip(at, bit) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        Damage::Set(..) | Damage::Flip(..) => {}
        Damage::Remove(from, to) => drop(bytes.drain(between(from, to))),
        Damage::Repeat(from, to, times) => {
            let range = between(from, to);
            let part = bytes[range.clone()].repeat((*times).into());
            bytes.splice(range.end..range.end, part);
        }
        Damage::Insert(at, part) => {
            let at = at.index(bytes.len() + 1);
            bytes.splice(at..at, part.iter().copied());
        }
        Damage::Splice(at, other, from) => {
            let other = SAMPLES[*other].as_bytes();
            bytes.truncate(at.index(bytes.len() + 1));
            bytes.extend_from_slice(&other[from.index(other.len())..]);
        }
    }
}

fn damaged(sample: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for damage in damages {
        apply(damage, &mut bytes);
    }
    bytes
}

/// What came out, in a form that can be compared: each record and the hash of its bytes.
fn told(seen: &[Seen]) -> Vec<String> {
    let hash = |seen: &Seen| match &seen.0 {
        Record::Article(article) => article.content_hash.to_string(),
        _ => String::new(),
    };
    seen.iter().map(|seen| format!("{seen} {}", hash(seen))).collect()
}

fn check_records(seen: &[Seen]) -> Result<(), TestCaseError> {
    let mut locators = BTreeSet::new();
    for seen in seen {
        if let Record::Failed(RecordError { problem: Problem::Panicked(_), .. }) = &seen.0 {
            return Err(TestCaseError::fail(seen.to_string()));
        }
        if let Record::Article(article) = &seen.0 {
            let is_new = locators.insert(article.locator.clone());
            prop_assert!(is_new, "two articles are at {}", article.locator);
        }
    }
    Ok(())
}

fn check_file(bytes: &[u8], size: usize) -> Result<(), TestCaseError> {
    let seen = read_as("a", bytes);
    check_records(&seen)?;
    prop_assert_eq!(told(&seen), told(&read_in_pieces("a", bytes, size)));
    for seen in &seen {
        if let Record::Article(article) = &seen.0 {
            let found = bytes_of_record(bytes, &article.locator);
            let hash = found.map(|found| ContentHash::of(&found));
            prop_assert_eq!(hash, Some(article.content_hash), "{}", article.locator);
        }
    }
    Ok(())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn tar(members: &[&[u8]]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (number, member) in members.iter().enumerate() {
        let mut header = tar::Header::new_gnu();
        header.set_size(member.len() as u64);
        builder.append_data(&mut header, format!("d/{number}"), *member).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip(members: &[&[u8]]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (number, member) in members.iter().enumerate() {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(format!("d/{number}"), options).unwrap();
        writer.write_all(member).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(0);
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Puts two samples into a container of each kind.
fn contained(kind: usize, one: &[u8], other: &[u8]) -> Vec<u8> {
    match kind {
        0 => tar(&[one, other]),
        1 => zip(&[one, other]),
        2 => [gzip(one), gzip(other)].concat(),
        3 => bzip2(one),
        4 => xz(one),
        5 => zstd::encode_all(one, 1).unwrap(),
        6 => gzip(&tar(&[one, &gzip(other)])),
        _ => zip(&[&tar(&[one]), &zip(&[other])]),
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn damage_costs_no_reader(
        which in 0..SAMPLES.len(),
        times in 1..4_usize,
        size in 1..300_usize,
        damages in proptest::collection::vec(damage(), 0..6),
    ) {
        let bytes = damaged(&SAMPLES[which].as_bytes().repeat(times), &damages);
        let seen = read_by(READERS[which], &bytes, usize::MAX);
        check_records(&seen)?;
        prop_assert_eq!(told(&seen), told(&read_by(READERS[which], &bytes, size)));
        check_file(&bytes, size)?;
    }

    #[test]
    fn damage_costs_no_container(
        kind in 0..8_usize,
        one in 0..SAMPLES.len(),
        other in 0..SAMPLES.len(),
        size in 1..300_usize,
        damages in proptest::collection::vec(damage(), 0..4),
    ) {
        let whole = contained(kind, SAMPLES[one].as_bytes(), SAMPLES[other].as_bytes());
        check_file(&damaged(&whole, &damages), size)?;
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), size in 1..300_usize) {
        for reader in READERS {
            check_records(&read_by(*reader, &bytes, size))?;
        }
        check_file(&bytes, size)?;
    }
}
