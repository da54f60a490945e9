use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use super::*;
use crate::tenant::Crm;
use crate::tenant::log::{Event, Log};

fn entries(directory: &Path) -> Vec<(Crm, String, String)> {
    let durable = Durable::open(directory, 1).unwrap();
    let mut entries = Vec::new();
    durable
        .replay(|entry| {
            entries.push((entry.crm, entry.tenant.to_string(), entry.event));
            Ok(())
        })
        .unwrap();
    entries
}

/// The writer ends, and lets go of the file, shortly after the last sender is gone.
async fn reopened(directory: &Path) -> Vec<(Crm, String, String)> {
    for _ in 0..200 {
        if Durable::open(directory, 1).is_ok() {
            return entries(directory);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the writer still has the file");
}

fn salesforce_log(channel: &LogChannel) -> Log {
    Log::new(Crm::Salesforce, "00D".into(), channel.clone())
}

#[tokio::test]
async fn what_was_written_is_there_when_the_directory_is_opened_again() {
    let directory = tempfile::tempdir().unwrap();
    let durable = Durable::open(directory.path(), 1).unwrap();
    let (channel, written) = durable.log();
    durable.write();

    salesforce_log(&channel).append(&Event::Closed);
    Log::new(Crm::Hubspot, "62515".into(), channel.clone()).append(&Event::Closed);
    written.reached(channel.sent()).await.unwrap();
    drop(channel);

    let closed = "\"closed\"".to_owned();
    assert_eq!(
        reopened(directory.path()).await,
        [
            (Crm::Salesforce, "00D".to_owned(), closed.clone()),
            (Crm::Hubspot, "62515".to_owned(), closed)
        ]
    );
}

/// A gate, and the means to let one sync call begin and one return.
fn held_gate() -> (Gate, Sender<()>, Sender<()>) {
    let (begin, may_begin) = channel();
    let (finish, may_return) = channel();
    let gate: Gate = Box::new(move |commit| {
        may_begin.recv().expect("the test lets it begin");
        commit()?;
        may_return.recv().expect("the test lets it return");
        Ok(())
    });
    (gate, begin, finish)
}

#[tokio::test]
async fn nobody_is_told_of_a_write_before_the_sync_call_returns() {
    let directory = tempfile::tempdir().unwrap();
    let (gate, begin, finish) = held_gate();
    let durable = Durable::open(directory.path(), 1).unwrap().gated(gate);
    let (channel, written) = durable.log();
    durable.write();
    salesforce_log(&channel).append(&Event::Closed);
    let sent = channel.sent();
    let held_back = async |written: &Written| {
        tokio::time::timeout(Duration::from_millis(50), written.reached(sent))
            .await
            .is_err()
    };

    assert!(held_back(&written).await);
    begin.send(()).unwrap();
    assert!(held_back(&written).await);
    finish.send(()).unwrap();

    written.reached(sent).await.unwrap();
}

#[tokio::test]
async fn after_a_failed_commit_nothing_is_acknowledged_and_nothing_more_is_written() {
    let directory = tempfile::tempdir().unwrap();
    let mut commits = 0;
    let gate: Gate = Box::new(move |commit| {
        commits += 1;
        match commits {
            2 => Err(rusqlite::Error::InvalidQuery),
            _ => commit(),
        }
    });
    let durable = Durable::open(directory.path(), 1).unwrap().gated(gate);
    let (channel, written) = durable.log();
    durable.write();
    let log = salesforce_log(&channel);
    let mut told = Vec::new();
    for _ in 0..3 {
        log.append(&Event::Closed);
        told.push(written.reached(channel.sent()).await.is_ok());
    }
    drop((log, channel));

    assert_eq!(told, [true, false, false]);
    assert!(written.failure().is_some());
    assert_eq!(reopened(directory.path()).await.len(), 1);
}

#[test]
fn a_directory_that_is_in_use_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let _first = Durable::open(directory.path(), 1).unwrap();

    let second = Durable::open(directory.path(), 1);

    assert!(matches!(second, Err(DurableError::InUse { .. })));
}

#[test]
fn every_start_has_its_generation_and_all_have_the_seed_of_the_first() {
    let directory = tempfile::tempdir().unwrap();

    let starts = [7, 8].map(|seed| Durable::open(directory.path(), seed).unwrap().start());

    let start = |generation| Start {
        generation,
        random_seed: 7,
    };
    assert_eq!(starts, [start(0), start(1)]);
}

#[test]
fn a_file_of_another_format_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    Connection::open(directory.path().join("mock-crm.sqlite"))
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();

    let opened = Durable::open(directory.path(), 1);

    assert!(matches!(
        opened,
        Err(DurableError::Format { found: 99, .. })
    ));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(
        directory.path().join("mock-crm.sqlite"),
        "just a text that somebody left here\n".repeat(100),
    )
    .unwrap();

    assert!(matches!(
        Durable::open(directory.path(), 1),
        Err(DurableError::Sqlite { .. })
    ));
}
