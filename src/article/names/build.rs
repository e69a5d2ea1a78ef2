//! Laying out a table of names as bytes, in the form that [`NameTable`](super::NameTable) reads.

use super::table::{EMPTY_SLOT, MAGIC, NO_ENTITY, probed_slots, slot_count};
use super::{EntityRow, FormRow};
use crate::text::{Analyzer, Language, words};

/// Returns the bytes of the table of these entities and names; equal tables give equal bytes.
pub(super) fn table_bytes(entities: &[EntityRow], mut forms: Vec<FormRow>) -> Vec<u8> {
    forms.sort_unstable_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
    forms.dedup_by(|one, other| (one.kind, &one.name) == (other.kind, &other.name));
    debug_assert!(
        forms.iter().all(|form| form.entity.is_none_or(|row| (row as usize) < entities.len()))
    );
    let mut analyzer = Analyzer::new(Language::ENGLISH);
    let form_entities: Vec<u32> =
        forms.iter().map(|form| form.entity.unwrap_or(NO_ENTITY)).collect();
    let (by_entity, entity_starts) = index_by_entity(&form_entities, entities.len());
    let count = |form: &FormRow| u32::try_from(form.count).unwrap_or(u32::MAX);

    let mut bytes = MAGIC.to_vec();
    write_strings(forms.iter().map(|form| &form.name), &mut bytes);
    write_strings(forms.iter().map(|form| folded(&form.name, &mut analyzer)), &mut bytes);
    write_strings(forms.iter().map(|form| &form.through), &mut bytes);
    write_strings(entities.iter().map(|entity| &entity.name), &mut bytes);
    write_strings(entities.iter().map(identifier_lines), &mut bytes);
    write_bytes(forms.iter().map(|form| form.kind as u8), &mut bytes);
    write_bytes(forms.iter().map(|form| form.reason as u8), &mut bytes);
    write_bytes(entities.iter().map(|entity| entity.kind as u8), &mut bytes);
    write_numbers(forms.iter().map(count), &mut bytes);
    write_numbers(form_entities, &mut bytes);
    write_numbers(by_entity, &mut bytes);
    write_numbers(entity_starts, &mut bytes);
    write_numbers(slots(&forms), &mut bytes);
    bytes
}

/// Returns the names by the hash of each.
fn slots(forms: &[FormRow]) -> Vec<u32> {
    let mut slots = vec![EMPTY_SLOT; slot_count(forms.len())];
    for (number, form) in forms.iter().enumerate() {
        let mut probed = probed_slots(form.kind, &form.name, slots.len());
        let free = probed.find(|slot| slots[*slot] == EMPTY_SLOT);
        slots[free.expect("there are more slots than names")] = number as u32;
    }
    slots
}

/// Returns the names by entity, and where those of each entity start, with the end of the last.
fn index_by_entity(form_entities: &[u32], entities: usize) -> (Vec<u32>, Vec<u32>) {
    let entity = |form: &u32| form_entities[*form as usize];
    let mut forms: Vec<u32> = (0..form_entities.len() as u32).collect();
    forms.retain(|form| entity(form) != NO_ENTITY);
    forms.sort_by_key(entity);
    let start = |wanted| forms.partition_point(|form| entity(form) < wanted) as u32;
    let starts = (0..=entities as u32).map(start).collect();
    (forms, starts)
}

fn identifier_lines(entity: &EntityRow) -> String {
    entity.identifiers.iter().map(|(scheme, value)| format!("{scheme}={value}\n")).collect()
}

/// Returns the exact forms of the words of a name, a space between them.
fn folded(name: &str, analyzer: &mut Analyzer) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in words(name) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(analyzer.terms(word.text).0);
    }
    folded
}

fn write_strings(strings: impl Iterator<Item: AsRef<str>>, bytes: &mut Vec<u8>) {
    let mut text = String::new();
    let ends: Vec<u32> = strings
        .map(|string| {
            text.push_str(string.as_ref());
            u32::try_from(text.len()).expect("names are far less than 4 GiB")
        })
        .collect();
    write_bytes(text.into_bytes(), bytes);
    write_numbers(ends, bytes);
}

fn write_bytes(written: impl IntoIterator<Item = u8>, bytes: &mut Vec<u8>) {
    let start = bytes.len();
    bytes.extend([0; size_of::<u64>()]);
    bytes.extend(written);
    let length = (bytes.len() - start - size_of::<u64>()) as u64;
    bytes[start..start + size_of::<u64>()].copy_from_slice(&length.to_le_bytes());
}

fn write_numbers(numbers: impl IntoIterator<Item = u32>, bytes: &mut Vec<u8>) {
    write_bytes(numbers.into_iter().flat_map(u32::to_le_bytes), bytes);
}
