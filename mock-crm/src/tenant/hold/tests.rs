use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::Duration;

use super::*;
use crate::store::Link;
use crate::store::Serial;

fn link(number: u32) -> Link {
    Link {
        from: Serial(0),
        type_id: number,
        to: Serial(number),
    }
}

fn links(holding: &Holding) -> Vec<u32> {
    let store = holding.read();
    store
        .links_from(Serial(0))
        .map(|link| link.type_id)
        .collect()
}

fn holding() -> Holding {
    Holding::new(Store::new(Default::default(), None))
}

fn add(holding: &Holding, number: u32) {
    holding.write().link(link(number));
}

#[test]
fn an_inner_transaction_is_taken_back_alone() {
    let holding = holding();

    let outer: Result<(), ()> = holding.transaction(|| {
        add(&holding, 1);
        let inner: Result<(), ()> = holding.transaction(|| {
            add(&holding, 2);
            Err(())
        });
        assert_eq!((inner, links(&holding)), (Err(()), vec![1]));
        add(&holding, 3);
        Ok(())
    });

    assert_eq!((outer, links(&holding)), (Ok(()), vec![1, 3]));
    assert!(!holding.held_here());
}

#[test]
fn a_panic_takes_everything_back_and_loses_nothing() {
    let holding = holding();
    add(&holding, 1);

    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let _: Result<(), ()> = holding.transaction(|| {
            add(&holding, 2);
            let _guard = holding.write();
            panic!("a bug");
        });
    }));

    assert!(panicked.is_err());
    assert_eq!(links(&holding), [1]);
    add(&holding, 3);
    assert_eq!(links(&holding), [1, 3]);
}

#[test]
fn others_wait_and_see_all_of_it_or_nothing() {
    let holding = holding();
    let (seen, seeing) = mpsc::channel();

    std::thread::scope(|scope| {
        let _: Result<(), ()> = holding.transaction(|| {
            add(&holding, 1);
            scope.spawn(|| seen.send(links(&holding)));
            let early = seeing.recv_timeout(Duration::from_millis(50));
            assert!(early.is_err(), "somebody saw {early:?} of a transaction");
            add(&holding, 2);
            Ok(())
        });
        assert_eq!(seeing.recv_timeout(Duration::from_secs(10)), Ok(vec![1, 2]));
    });
}
