//! Relations between scenarios: two that differ in one thing are run, and what the CRMs recorded is compared. The table of the
//! rules is not asked, so that a mistake in it can't hide here. Each relation is seen to fail for a wrong client.

mod careless;
mod recorded;
mod scene;

use crm_conformance::faulty;
use crm_conformance::suite::run::Connect;
use crm_conformance::sync::Policy;

use recorded::{Recorded, Seen, record};
use scene::{
    CSV, MANUAL, PERSONAL, PROSPECTING, SALESFORCE, STRONGEST, Scene, Team, Turn, WEAKEST,
};

/// Enough for every kind, source and state to come up, and few enough for every test run.
const SCENES: usize = 8;

const SEED: u64 = 5;

/// Two runs that differ in one thing, and what is to hold between them.
struct Relation {
    scenes: Vec<Scene>,
    change: fn(&Scene) -> Scene,
    /// Another seed for the second run: other names, addresses and ids.
    renamed: bool,
    holds: fn(&Scene, &Recorded, &Recorded) -> bool,
}

impl Relation {
    /// The scenes for which it does not hold.
    fn broken_by(&self, connect: &Connect) -> Vec<String> {
        let changed: Vec<Scene> = self.scenes.iter().map(self.change).collect();
        let seed = if self.renamed { SEED + 1 } else { SEED };
        let before = record(&self.scenes, connect, SEED);
        let after = record(&changed, connect, seed);
        let pairs = self.scenes.iter().zip(before.iter().zip(&after));
        pairs
            .filter(|(scene, (before, after))| !self.pair_holds(scene, before, after))
            .map(|(scene, (before, after))| format!("{scene:?}: {before:?}, then {after:?}"))
            .collect()
    }

    fn pair_holds(&self, scene: &Scene, before: &Seen, after: &Seen) -> bool {
        let same_records = self.renamed
            || before
                .iter()
                .zip(after)
                .all(|((one, _), (other, _))| one == other);
        let each = || before.iter().zip(after);
        before.len() == after.len()
            && same_records
            && each().all(|((_, before), (_, after))| (self.holds)(scene, before, after))
    }
}

/// Holds for the reference client, and not for the wrong one.
#[track_caller]
fn check(relation: &Relation, wrong: &str) {
    let policy = faulty::find(wrong)
        .unwrap_or_else(|| panic!("there is no client {wrong}"))
        .policy;
    check_with(relation, &Connect::reference(policy));
}

#[track_caller]
fn check_with(relation: &Relation, wrong: &Connect) {
    let changed = relation
        .scenes
        .iter()
        .filter(|scene| (relation.change)(scene) != **scene);
    assert_eq!(changed.count() == 0, relation.renamed, "nothing changes");

    let reference = Connect::reference(Policy::reference());
    assert_eq!(relation.broken_by(&reference), Vec::<String>::new());
    assert!(!relation.broken_by(wrong).is_empty(), "nothing breaks it");
}

fn the_same(_: &Scene, before: &Recorded, after: &Recorded) -> bool {
    before == after
}

#[test]
fn switching_the_mode_changes_nothing() {
    let relation = Relation {
        scenes: scene::sample(SCENES, |scene| scene.mode == "on its own"),
        change: |scene| Scene {
            mode: "in bulk",
            ..scene.clone()
        },
        renamed: false,
        holds: the_same,
    };

    check(&relation, "bulk-uses-team-sync");
}

#[test]
fn switching_from_by_hand_to_csv_changes_nothing() {
    let relation = Relation {
        scenes: scene::sample(SCENES, |scene| scene.source == MANUAL),
        change: |scene| Scene {
            source: CSV,
            ..scene.clone()
        },
        renamed: false,
        holds: the_same,
    };

    check_with(&relation, &careless::csv_through_team_sync());
}

#[test]
fn switching_from_by_hand_to_prospecting_moves_created_by_to_team_sync_and_nothing_else() {
    let relation = || Relation {
        scenes: scene::sample(SCENES, |scene| {
            scene.crm == SALESFORCE
                && scene.linked
                && scene.team == Team::Connected
                && scene.source == MANUAL
        }),
        change: |scene| Scene {
            source: PROSPECTING,
            ..scene.clone()
        },
        renamed: false,
        holds: |_, before, after| {
            before.owner() == after.owner()
                && before.parts() == Some(("you", "you"))
                && after.parts() == Some(("you", "team sync"))
        },
    };

    check(&relation(), "personal-for-every-source");
    check(&relation(), "owner-follows-creator");
}

#[test]
fn without_a_link_the_owner_is_team_sync_where_it_was_you() {
    let relation = |change| Relation {
        scenes: scene::sample(SCENES, |scene| {
            scene.crm == SALESFORCE && scene.linked && scene.team == Team::Connected
        }),
        change,
        renamed: false,
        holds: |_, before, after| {
            let part = |recorded: &Recorded| recorded.owner().map(|owner| owner.part.clone());
            part(before).as_deref() == Some("you") && part(after).as_deref() == Some("team sync")
        },
    };
    let never_linked = |scene: &Scene| Scene {
        linked: false,
        ..scene.clone()
    };
    let unlinks = |scene: &Scene| Scene {
        unlinks: true,
        ..scene.clone()
    };

    check(&relation(never_linked), "unlinked-user-made-owner");
    check(&relation(unlinks), "unlinked-user-made-owner");
}

#[test]
fn other_names_addresses_and_ids_change_nothing() {
    let relation = Relation {
        scenes: scene::sample(SCENES, |_| true),
        change: Scene::clone,
        renamed: true,
        holds: |_, before, after| before.parts() == after.parts(),
    };

    check_with(&relation, &careless::odd_ids_are_nobody());
}

#[test]
fn who_linked_first_makes_no_difference() {
    let relation = Relation {
        scenes: scene::sample(SCENES, |scene| scene.others.len() > 1),
        change: |scene| Scene {
            others: scene.others.iter().rev().copied().collect(),
            ..scene.clone()
        },
        renamed: false,
        holds: the_same,
    };

    check_with(&relation, &careless::first_linked_stands_in());
}

#[test]
fn somebody_weaker_makes_no_difference() {
    let relation = Relation {
        scenes: scene::sample(SCENES, |scene| {
            scene.others == [STRONGEST, "the Apollo admin"]
        }),
        change: |scene| Scene {
            others: [scene.others.clone(), vec![WEAKEST]].concat(),
            ..scene.clone()
        },
        renamed: false,
        holds: the_same,
    };

    check_with(&relation, &careless::last_linked_stands_in());
}

#[test]
fn somebody_stronger_makes_a_difference_only_where_the_most_permitted_stands_in() {
    let relation = || Relation {
        scenes: scene::sample(SCENES, |scene| scene.others == [WEAKEST]),
        change: |scene| Scene {
            others: vec![WEAKEST, STRONGEST],
            ..scene.clone()
        },
        renamed: false,
        holds: |scene, before, after| {
            if scene.linked || scene.team == Team::Connected {
                return before == after;
            }
            let whoever_it_is = Some(("highest", "highest"));
            before != after && before.parts() == after.parts() && after.parts() == whoever_it_is
        },
    };

    check(&relation(), "lowest-instead-of-highest");
    check(&relation(), "highest-before-team-sync");
}

#[test]
fn it_makes_no_difference_whose_push_comes_first() {
    let relation = Relation {
        scenes: scene::sample(SCENES, |scene| scene.linked)
            .into_iter()
            .map(|scene| Scene {
                kim: Some(Turn::After),
                ..scene
            })
            .collect(),
        change: |scene| Scene {
            kim: Some(Turn::Before),
            ..scene.clone()
        },
        renamed: false,
        holds: the_same,
    };

    check_with(&relation, &careless::everybody_is_whoever_pushed_first());
}

#[test]
fn what_is_yours_by_the_table_does_not_depend_on_team_sync() {
    let relation = |change| Relation {
        scenes: scene::sample(SCENES, |scene| {
            scene.linked && scene.team == Team::Connected && PERSONAL.contains(&scene.source)
        }),
        change,
        renamed: false,
        holds: the_same,
    };
    let none = |scene: &Scene| Scene {
        team: Team::None,
        ..scene.clone()
    };
    let broken = |scene: &Scene| Scene {
        team: Team::Broken,
        ..scene.clone()
    };

    check(&relation(none), "team-sync-for-everything");
    check(&relation(broken), "team-sync-for-everything");
}
