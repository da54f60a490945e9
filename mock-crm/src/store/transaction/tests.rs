use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use proptest::prelude::*;

use super::*;
use crate::clock::Timestamp;
use crate::ledger::{ChangeRow, CreateRow};
use crate::store::{NewOwner, ObjectKey, Observer, Writer};
use crate::tenant::Crm;
use crate::tenant::log::{Entry, Log, LogChannel};

/// One thing that is done to a store. Owners, keys and records are numbers out of a few.
#[derive(Clone, Debug)]
enum Step {
    Create {
        object: u16,
        owner: Option<u8>,
        keys: Vec<u64>,
    },
    Change {
        record: u32,
        owner: Option<Option<u8>>,
        removed: Vec<u64>,
        added: Vec<u64>,
        deleted: bool,
    },
    Link(u32),
    Unlink(u32),
    /// Steps inside a savepoint, and whether they are kept.
    Nested(Vec<Step>, bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let keys = || prop::collection::vec(0..6_u64, 0..3);
    let owner = || prop::option::of(0..4_u8);
    let leaf = prop_oneof![
        3 => (0..2_u16, owner(), keys())
            .prop_map(|(object, owner, keys)| Step::Create { object, owner, keys }),
        3 => (0..12_u32, prop::option::of(owner()), keys(), keys(), any::<bool>()).prop_map(
            |(record, owner, removed, added, deleted)| Step::Change {
                record,
                owner,
                removed,
                added,
                deleted,
            }
        ),
        1 => (0..4_u32).prop_map(Step::Link),
        1 => (0..4_u32).prop_map(Step::Unlink),
    ];
    let step = leaf.prop_recursive(4, 40, 6, |step| {
        (prop::collection::vec(step, 0..6), any::<bool>())
            .prop_map(|(steps, kept)| Step::Nested(steps, kept))
    });
    prop::collection::vec(step, 0..20)
}

fn owner_id(owner: u8) -> Arc<str> {
    format!("owner {owner}").into()
}

fn link(number: u32) -> Link {
    Link {
        from: Serial(0),
        type_id: number,
        to: Serial(number),
    }
}

fn apply(store: &mut Store, steps: &[Step], counter: &mut i64) {
    let writer = Writer {
        token: "t1".into(),
        app: None,
        user: "sync".into(),
        api: "rest".into(),
        request: 1,
    };
    for step in steps {
        *counter += 1;
        match step {
            Step::Create {
                object,
                owner,
                keys,
            } => {
                let owner = owner.map(owner_id);
                let creation = Creation {
                    object: ObjectKey(*object),
                    at: Timestamp(*counter),
                    created_at: None,
                    created_by: owner.clone().unwrap_or_else(|| "sync".into()),
                    created_by_reason: "token".into(),
                    owner_requested: None,
                    owner_user: owner.clone(),
                    owner,
                    owner_reason: "requested".into(),
                    unique: keys.clone(),
                    body: counter.to_string().into_bytes(),
                };
                store.create(creation, &writer);
            }
            Step::Change {
                record,
                owner,
                removed,
                added,
                deleted,
            } => {
                let owner = owner.map(|owner| NewOwner {
                    owner: owner.map(owner_id),
                    owner_user: None,
                    reason: "requested".into(),
                });
                let change = Change {
                    at: Timestamp(*counter),
                    modified_by: format!("user {counter}").into(),
                    body: Some(counter.to_string().into_bytes()),
                    owner,
                    deleted: Some(*deleted),
                    unique_removed: removed.clone(),
                    unique_added: added.clone(),
                };
                store.change(Serial(*record), change, &writer);
            }
            Step::Link(number) => {
                store.link(link(*number));
            }
            Step::Unlink(number) => {
                store.unlink(link(*number));
            }
            Step::Nested(steps, kept) => {
                let savepoint = store.begin();
                apply(store, steps, counter);
                match kept {
                    true => store.commit(savepoint),
                    false => store.rollback(savepoint),
                }
            }
        }
    }
}

/// The model: only what is kept, done without savepoints, at the same instants.
fn apply_kept(store: &mut Store, steps: &[Step], counter: &mut i64) {
    for step in steps {
        match step {
            Step::Nested(steps, true) => {
                *counter += 1;
                apply_kept(store, steps, counter);
            }
            Step::Nested(steps, false) => *counter += 1 + count(steps),
            step => apply(store, std::slice::from_ref(step), counter),
        }
    }
}

fn count(steps: &[Step]) -> i64 {
    let of = |step: &Step| match step {
        Step::Nested(steps, _) => 1 + count(steps),
        _ => 1,
    };
    steps.iter().map(of).sum()
}

fn store() -> (Store, Receiver<Entry>) {
    let (sender, entries) = channel();
    let log = Log::new(Crm::Salesforce, "00D".into(), LogChannel::new(sender));
    (Store::new(Arc::default(), Some(log)), entries)
}

/// All that can be asked of a store, the numbers of ledger rows left out: those have gaps after a rollback.
fn contents(store: &Store) -> String {
    let text = |symbol| store.symbols.text(symbol).to_owned();
    let records: Vec<_> = (0..store.next_serial().0)
        .filter_map(|serial| store.get(Serial(serial)))
        .map(|record| {
            let people = (
                text(record.created_by),
                text(record.modified_by),
                record.owner.map(text),
            );
            let rest = (
                record.object,
                record.deleted,
                record.modified_at,
                &record.body,
            );
            format!("{people:?} {rest:?}")
        })
        .collect();
    let create = |row: &CreateRow| {
        let people = (row.owner.map(text), text(row.created_by), text(row.api));
        format!("{:?} {:?} {people:?}", row.record, row.at)
    };
    let change = |row: &ChangeRow| {
        let owners = (row.owner_before.map(text), row.owner.map(text));
        format!("{:?} {:?} {owners:?}", row.record, row.at)
    };
    let of_pairs = store.ledger.newest_of_pairs(|owner, _| owner.is_some());
    let ledger: Vec<_> = store
        .ledger
        .creates_after(0)
        .map(create)
        .chain(store.ledger.changes_after(0).map(change))
        .chain(of_pairs.map(create))
        .collect();
    let people = (0..4).map(|owner| {
        let id = owner_id(owner);
        (store.owned_by(&id), store.created_by(&id))
    });
    let scans = (0..2).map(|object| {
        let serials = store.scan(ObjectKey(object)).map(|(serial, _)| serial);
        serials.collect::<Vec<_>>()
    });
    let unique = (0..6).map(|key| store.find_unique(key));
    format!(
        "{records:#?} {ledger:#?} {:?} {:?} {:?} {:?} {:?}",
        people.collect::<Vec<_>>(),
        scans.collect::<Vec<_>>(),
        unique.collect::<Vec<_>>(),
        store.links_from(Serial(0)).collect::<Vec<_>>(),
        store.symbols.len(),
    )
}

proptest! {
    #[test]
    fn what_is_rolled_back_never_was(steps in steps()) {
        let (mut store, entries) = store();
        let ear = Ear::at(&mut store);
        apply(&mut store, &steps, &mut 0);
        let (mut model, _) = self::store();
        let model_ear = Ear::at(&mut model);
        apply_kept(&mut model, &steps, &mut 0);
        let (mut replayed, _) = self::store();
        for entry in entries.try_iter() {
            replayed.replay(serde_json::from_str(&entry.event).unwrap());
        }

        prop_assert_eq!(contents(&store), contents(&model));
        prop_assert_eq!(contents(&replayed), contents(&model));
        prop_assert_eq!(ear.heard(), model_ear.heard());
    }
}

#[test]
fn the_log_hears_of_a_transaction_when_it_is_over() {
    let (mut store, entries) = store();
    let savepoint = store.begin();
    apply(&mut store, &[Step::Link(1), Step::Link(2)], &mut 0);
    assert_eq!(entries.try_iter().count(), 0);

    store.commit(savepoint);

    let heard: Vec<_> = entries.try_iter().map(|entry| entry.event).collect();
    let link = |number| format!(r#"{{"linked":{{"from":0,"type_id":{number},"to":{number}}}}}"#);
    assert_eq!(
        heard,
        [format!(r#"{{"together":[{},{}]}}"#, link(1), link(2))]
    );
}

#[test]
fn what_is_done_together_is_one_event_and_what_panics_is_none() {
    let (mut store, entries) = store();
    store.together(|store| apply(store, &[Step::Link(1), Step::Link(2)], &mut 0));
    let before = contents(&store);

    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.together(|store| {
            apply(store, &[Step::Link(3)], &mut 0);
            panic!("half way");
        })
    }));

    assert!(panicked.is_err());
    assert_eq!(contents(&store), before);
    store.together(|store| apply(store, &[Step::Link(0)], &mut 0));
    assert_eq!(entries.try_iter().count(), 2);
}

#[test]
fn an_observer_hears_of_a_transaction_at_once_when_it_is_over() {
    let (mut store, _entries) = store();
    let ear = Ear::at(&mut store);
    let savepoint = store.begin();
    apply(&mut store, &[create(), create()], &mut 0);
    assert!(ear.0.lock().is_empty());

    store.commit(savepoint);
    apply(&mut store, &[create()], &mut 2);

    let heard: Vec<usize> = ear.0.lock().iter().map(Vec::len).collect();
    assert_eq!(heard, [2, 1]);
}

fn create() -> Step {
    Step::Create {
        object: 0,
        owner: None,
        keys: Vec::new(),
    }
}

/// Hears all there is to hear.
#[derive(Debug, Default)]
struct Ear(parking_lot::Mutex<Vec<Vec<String>>>);

impl Ear {
    fn at(store: &mut Store) -> Arc<Self> {
        let ear = Arc::new(Self::default());
        store.observe(ear.clone());
        ear
    }

    fn heard(&self) -> Vec<String> {
        self.0.lock().concat()
    }
}

impl Observer for Ear {
    fn listens(&self) -> bool {
        true
    }

    fn happened(&self, occurrences: Vec<Occurrence>) {
        let told = occurrences.iter().map(|told| format!("{told:?}"));
        self.0.lock().push(told.collect());
    }
}
