//! Features as good as code: whoever drops a Then, or lets it accept somebody else, is told.

use crm_conformance::selftest::weaken::{How, Weakened};

fn weakened() -> &'static Weakened {
    let weakened = super::found().weakened.as_ref();
    weakened.expect("it was asked for")
}

/// What nobody here would notice, by the faulty clients' own rows alone: `self-test --weaken` runs them through all features.
/// A line more is a Then that no wrong client needs; a line less is what this list is for.
#[test]
fn which_weakened_features_go_unnoticed() {
    let mut lines: Vec<String> = weakened()
        .unnoticed()
        .map(|weakening| {
            let (path, _) = weakening.place.rsplit_once(':').unwrap_or_default();
            let how = match &weakening.how {
                How::Dropped => "dropped".to_owned(),
                How::Loosened { to } => format!("to: {to}"),
            };
            format!("{path}: {}: {} ({how})", weakening.scenario, weakening.then)
        })
        .collect();
    lines.sort();

    insta::assert_snapshot!("unnoticed", lines.join("\n"));
}

#[test]
fn what_is_justified_needs_it() {
    assert_eq!(weakened().stale, Vec::<String>::new());
}

#[test]
fn both_kinds_of_weakenings_are_tried() {
    let dropped = |how: &How| *how == How::Dropped;
    let all = &weakened().weakenings;

    assert!(all.iter().filter(|one| dropped(&one.how)).count() > 100);
    assert!(all.iter().filter(|one| !dropped(&one.how)).count() > 50);
}
