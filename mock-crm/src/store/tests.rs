use super::*;
use crate::clock::Timestamp;

const CONTACT: ObjectKey = ObjectKey(0);

fn writer(user: &str) -> Writer {
    Writer {
        token: "t1".into(),
        app: None,
        user: user.into(),
        api: "rest".into(),
        request: 1,
    }
}

fn creation(owner: Option<&str>, creator: &str, unique: &[u64]) -> Creation {
    Creation {
        object: CONTACT,
        at: Timestamp(1_000),
        created_at: None,
        created_by: creator.into(),
        created_by_reason: "token".into(),
        owner_requested: owner.map(Into::into),
        owner: owner.map(Into::into),
        owner_user: owner.map(Into::into),
        owner_reason: "requested".into(),
        unique: unique.to_vec(),
        body: b"{}".to_vec(),
    }
}

fn new_owner(owner: &str) -> Change {
    Change {
        at: Timestamp(2_000),
        modified_by: "admin".into(),
        body: None,
        owner: Some(NewOwner {
            owner: Some(owner.into()),
            owner_user: None,
            reason: "requested".into(),
        }),
        deleted: None,
        unique_removed: Vec::new(),
        unique_added: Vec::new(),
    }
}

fn store() -> Store {
    Store::new(Arc::default(), None)
}

#[test]
fn a_record_and_its_ledger_row_are_put_down_together() {
    let mut store = store();

    let serial = store.create(creation(Some("dana"), "sync", &[]), &writer("sync"));

    let row = store.ledger.creates_after(0).next().unwrap();
    let record = store.get(serial).unwrap();
    assert_eq!((row.sequence, row.record), (1, serial));
    assert_eq!(
        (row.owner, row.created_by),
        (record.owner, record.created_by)
    );
}

#[test]
fn a_new_owner_is_a_row_and_the_creator_stays() {
    let mut store = store();
    let serial = store.create(creation(Some("dana"), "sync", &[]), &writer("sync"));

    store
        .change(serial, new_owner("robin"), &writer("admin"))
        .unwrap();

    assert_eq!(
        (store.owned_by("dana"), store.owned_by("robin")),
        (vec![], vec![serial])
    );
    assert_eq!(store.created_by("sync"), [serial]);
    let row = store.ledger.changes_after(0).next().unwrap();
    assert_eq!(
        row.owner_before.map(|before| store.symbols.text(before)),
        Some("dana")
    );
    assert_eq!(row.sequence, 2);
}

#[test]
fn an_owner_that_comes_back_owns_the_record_once() {
    let mut store = store();
    let first = store.create(creation(Some("dana"), "sync", &[]), &writer("sync"));
    let second = store.create(creation(Some("dana"), "sync", &[]), &writer("sync"));
    store
        .change(first, new_owner("robin"), &writer("admin"))
        .unwrap();

    store
        .change(first, new_owner("dana"), &writer("admin"))
        .unwrap();

    assert_eq!(store.owned_by("dana"), [first, second]);
}

#[test]
fn setting_the_owner_it_has_is_no_change_of_ownership() {
    let mut store = store();
    let serial = store.create(creation(Some("dana"), "sync", &[]), &writer("sync"));

    store
        .change(serial, new_owner("dana"), &writer("admin"))
        .unwrap();

    assert_eq!(store.ledger.changes_after(0).count(), 0);
}

#[test]
fn unique_values_are_found_in_any_case_until_they_are_taken_away() {
    let mut store = store();
    let key = unique_key(CONTACT, "Email", "Ann@X.example");
    let serial = store.create(creation(None, "sync", &[key]), &writer("sync"));

    assert_eq!(
        store.find_unique(unique_key(CONTACT, "email", "ann@x.EXAMPLE")),
        [serial]
    );

    let change = Change {
        owner: None,
        unique_removed: vec![key],
        ..new_owner("x")
    };
    store.change(serial, change, &writer("sync")).unwrap();
    assert!(store.find_unique(key).is_empty());
}

#[test]
fn newest_creates_of_an_owner_and_creator_come_from_all_their_pairs() {
    let mut store = store();
    for (owner, creator) in [("a", "x"), ("b", "x"), ("a", "y"), ("a", "x")] {
        store.create(creation(Some(owner), creator, &[]), &writer(creator));
    }

    let a = store.symbols.find("a");
    let sequences = |store: &Store, wanted: &dyn Fn(Option<Symbol>, Symbol) -> bool| {
        store
            .ledger
            .newest_of_pairs(wanted)
            .map(|row| row.sequence)
            .collect::<Vec<_>>()
    };
    assert_eq!(sequences(&store, &|owner, _| owner == a), [4, 3, 1]);
    assert_eq!(sequences(&store, &|_, _| true), [4, 3, 2, 1]);
}

#[test]
fn oldest_creates_of_a_pair_come_from_where_the_last_page_ended() {
    let mut store = store();
    for (owner, creator) in [("a", "x"), ("b", "x"), ("a", "y"), ("a", "x")] {
        store.create(creation(Some(owner), creator, &[]), &writer(creator));
    }

    let (a, x) = (store.symbols.find("a"), store.symbols.find("x"));
    let sequences = |after, creator: Option<Symbol>| {
        let wanted = |owner, by| owner == a && creator.is_none_or(|creator| creator == by);
        let rows = store.ledger.oldest_of_pairs(after, wanted);
        rows.map(|row| row.sequence).collect::<Vec<_>>()
    };
    assert_eq!(sequences(0, x), [1, 4]);
    assert_eq!(sequences(1, x), [4]);
    assert_eq!(sequences(1, None), [3, 4]);
    assert_eq!(sequences(4, None), [0; 0]);
}

#[test]
fn what_the_log_kept_is_there_again_after_a_replay() {
    let (sender, entries) = std::sync::mpsc::channel();
    let channel = crate::tenant::log::LogChannel::new(sender);
    let log = Log::new(crate::tenant::Crm::Salesforce, "00D".into(), channel);
    let mut store = Store::new(Arc::default(), Some(log));
    let key = unique_key(CONTACT, "Email", "a@x.example");
    let first = store.create(creation(Some("dana"), "sync", &[key]), &writer("sync"));
    let second = store.create(creation(None, "sync", &[]), &writer("sync"));
    store
        .change(first, new_owner("robin"), &writer("admin"))
        .unwrap();
    let link = Link {
        from: first,
        type_id: 279,
        to: second,
    };
    assert!(store.link(link));

    let mut again = self::store();
    for entry in entries.try_iter() {
        again.replay(serde_json::from_str(&entry.event).unwrap());
    }

    assert_eq!(again.owned_by("robin"), [first]);
    assert_eq!(again.find_unique(key), [first]);
    assert_eq!(again.links_from(first).collect::<Vec<_>>(), [link]);
    assert_eq!(again.ledger.changes_after(0).next().unwrap().sequence, 3);
    assert_eq!(again.next_serial(), Serial(2));
}

#[test]
fn a_scan_starts_at_any_record_of_the_object() {
    let mut store = store();
    let other = Creation {
        object: ObjectKey(1),
        ..creation(None, "sync", &[])
    };
    for creation in [
        other.clone(),
        creation(None, "sync", &[]),
        other.clone(),
        other,
    ] {
        store.create(creation, &writer("sync"));
    }
    let from = |object, first| -> Vec<u32> {
        let found = store.scan_from(ObjectKey(object), Serial(first));
        found.map(|(serial, _)| serial.0).collect()
    };

    assert_eq!((from(1, 0), from(1, 1)), (vec![0, 2, 3], vec![2, 3]));
    assert_eq!((from(1, 4), from(0, 1)), (vec![], vec![1]));
    assert_eq!((from(0, 2), from(9, 0)), (vec![], vec![]));
}
