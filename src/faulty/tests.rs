//! The list itself: names, rows, and that each client really is another one than the reference client.

mod differences;

use super::*;
use crate::rules::{self, Edition, ReadingId, RowId};
use differences::conduct;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_variation_has_a_name_of_its_own_and_can_be_found() {
    let all = variations();
    let names: BTreeSet<_> = all.iter().map(|(name, _)| name).collect();

    assert_eq!(names.len(), all.len());
    for client in [catalogue(), warned()].concat() {
        assert!(find(client.name).is_some_and(|found| found.name == client.name));
    }
}

#[test]
fn every_variation_does_something_that_neither_the_reference_nor_another_does() {
    let mut known = vec![("reference", conduct(&Policy::reference()))];
    let mut twins = vec![];
    for (name, policy) in variations() {
        let conduct = conduct(&policy);
        let same = known.iter().filter(|(_, other)| *other == conduct);
        twins.extend(same.map(|(other, _)| (*other, name)));
        known.push((name, conduct));
    }

    assert_eq!(known[0].1, conduct(&Policy::reference()));
    assert_eq!(twins, vec![]);
}

#[test]
fn every_documented_row_is_broken_by_two_clients_at_least() {
    let mut broken_by: BTreeMap<RowId, usize> = BTreeMap::new();
    for client in catalogue() {
        assert!(!client.breaks.is_empty(), "{} breaks nothing", client.name);
        for row in client.breaks {
            let row: RowId = row.parse().expect(client.name);
            *broken_by.entry(row).or_default() += 1;
        }
    }
    let documented = || {
        rules::rows()
            .iter()
            .filter(|row| row.documented_in(Edition::Newer))
    };
    let untested: Vec<_> = documented()
        .map(|row| (row.id, broken_by.get(&row.id).copied().unwrap_or_default()))
        .filter(|(_, clients)| *clients < 2)
        .collect();

    assert_eq!(documented().count(), 24);
    assert_eq!(untested, vec![]);
}

#[test]
fn every_permitted_variation_follows_a_reading_that_its_row_allows() {
    for client in permitted() {
        let row: RowId = client.row.parse().expect(client.name);
        let reading: ReadingId = client.reading.parse().expect(client.name);

        let expectations = rules::row(row).expect(client.name).expectations();
        let mut allowed = expectations
            .iter()
            .flat_map(|expectation| &expectation.allowed);
        assert!(
            allowed.any(|one| one.reading == Some(reading)),
            "{}",
            client.name
        );
    }
}

/// The numbers of the list; some were never given.
const LISTED: &[u8] = &[
    1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 30,
    31, 33, 34, 35, 36, 37, 38, 41, 42, 43, 44, 45, 46, 49, 50, 51, 52, 54, 55, 56, 58, 59, 60, 63,
    66, 67, 69, 70, 72, 73, 75, 77, 78, 79, 81, 82, 83, 85, 88, 89, 90, 91, 93, 94, 95, 97, 98,
    101, 102, 103, 106,
];

#[test]
fn every_listed_fault_has_a_client_or_a_reason_for_having_none() {
    let sources: Vec<_> = [catalogue(), warned()]
        .concat()
        .into_iter()
        .map(|client| client.source)
        .collect();
    let reasons: BTreeSet<_> = UNOBSERVED.iter().map(|fault| fault.fault).collect();
    let in_a_source = |source: &&str, fault: &str| {
        let mut words = source.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word == fault)
    };

    let forgotten: Vec<_> = LISTED
        .iter()
        .map(|number| format!("M{number:02}"))
        .filter(|fault| !reasons.contains(fault.as_str()))
        .filter(|fault| !sources.iter().any(|source| in_a_source(source, fault)))
        .collect();

    assert_eq!(reasons.len(), UNOBSERVED.len());
    assert_eq!(forgotten, Vec::<String>::new());
}
