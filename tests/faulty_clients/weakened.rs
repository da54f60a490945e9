//! Features as good as code: whoever drops a Then, or lets it accept somebody else, is told.

use crm_conformance::selftest::weaken::{How, Weakened};

fn weakened() -> &'static Weakened {
    let weakened = super::found().weakened.as_ref();
    weakened.expect("it was asked for")
}

#[test]
fn every_weakened_feature_is_noticed_or_justified() {
    let unnoticed: Vec<_> = weakened()
        .unnoticed()
        .map(|weakening| (&weakening.place, &weakening.then, &weakening.how))
        .collect();

    assert_eq!(unnoticed, vec![]);
    assert_eq!(weakened().stale, Vec::<String>::new());
}

#[test]
fn both_kinds_of_weakenings_are_tried() {
    let dropped = |how: &How| *how == How::Dropped;
    let all = &weakened().weakenings;

    assert!(all.iter().filter(|one| dropped(&one.how)).count() > 100);
    assert!(all.iter().filter(|one| !dropped(&one.how)).count() > 50);
}
