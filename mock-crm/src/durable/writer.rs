//! The one thread that writes.

use std::sync::mpsc::Receiver;

use rusqlite::Connection;
use tokio::sync::watch;

use super::schema::INSERT;
use super::{Gate, Progress};
use crate::tenant::log::Entry;

/// The most entries of one transaction: enough to make the sync cheap, and few enough that nobody waits long for it.
const GROUP: usize = 4_096;

pub(super) fn spawn(
    mut connection: Connection,
    mut gate: Gate,
    waiting: Receiver<Entry>,
    progress: watch::Sender<Progress>,
) {
    let write = move || {
        while let Ok(first) = waiting.recv() {
            let group = std::iter::once(first).chain(waiting.try_iter()).take(GROUP);
            match commit(&mut connection, &mut gate, group) {
                Ok(entries) => progress.send_modify(|progress| progress.committed += entries),
                // What comes after a lost group would not replay, so nothing more is written.
                Err(error) => return fail(&progress, &error.to_string()),
            }
        }
    };
    let spawned = std::thread::Builder::new()
        .name("durable-log".to_owned())
        .spawn(write);
    if let Err(error) = spawned {
        // The closure and with it the sender are gone: whoever waits is told that the writer has stopped.
        tracing::error!(%error, "could not start the writer of the durable log");
    }
}

/// Writes one group and returns when it is on disk; the number of its entries.
fn commit(
    connection: &mut Connection,
    gate: &mut Gate,
    group: impl Iterator<Item = Entry>,
) -> rusqlite::Result<u64> {
    let transaction = connection.transaction()?;
    let mut entries = 0;
    {
        let mut insert = transaction.prepare_cached(INSERT)?;
        for entry in group {
            insert.execute((entry.crm.to_string(), &*entry.tenant, entry.event))?;
            entries += 1;
        }
    }
    let mut transaction = Some(transaction);
    gate(&mut || {
        transaction
            .take()
            .map_or(Ok(()), rusqlite::Transaction::commit)
    })?;
    Ok(entries)
}

fn fail(progress: &watch::Sender<Progress>, error: &str) {
    tracing::error!(
        error,
        "the durable log could not be written: every answer from here on is an error"
    );
    progress.send_modify(|progress| progress.failure = Some(error.into()));
}
