//! Whole stretches of situations at once.

use std::collections::BTreeSet;

use super::*;

#[test]
fn rows_that_share_a_situation_accept_something_in_common() {
    for situation in creates() {
        for pick in [owner_of, creator_of] {
            let lists: Vec<Vec<Outcome>> = expectations(&situation, Edition::Newer)
                .iter()
                .filter_map(|(_, expected)| pick(expected))
                .collect();
            let common = lists.iter().skip(1).fold(
                lists.first().cloned().unwrap_or_default(),
                |common, list| {
                    common
                        .into_iter()
                        .filter(|outcome| list.contains(outcome))
                        .collect()
                },
            );
            assert!(
                lists.is_empty() || !common.is_empty(),
                "{situation:?}: {lists:?}"
            );
        }
    }
}

#[test]
fn every_salesforce_create_has_a_row() {
    let records = creates().filter(|s| s.crm == Crm::Salesforce && Kind::RECORDS.contains(&s.kind));
    for situation in records {
        let found = expectations(&situation, Edition::Newer);
        let records_rows = found
            .iter()
            .filter(|(_, expected)| expected.owner.is_some())
            .count();
        assert_eq!(
            records_rows,
            1,
            "{situation:?}: {:?}",
            found
                .iter()
                .map(|(id, _)| id.to_string())
                .collect::<Vec<_>>()
        );
    }
}

#[test]
fn whoever_may_be_the_creator_may_write_and_nobody_else() {
    let prospecting = Situation::create(Crm::Salesforce, Kind::Contact, Source::Prospecting);
    assert_eq!(
        allowed_credentials(&prospecting),
        BTreeSet::from([Role::TeamSync])
    );
    let manual = Situation {
        source: Some(Source::Manual),
        ..prospecting.clone()
    };
    assert_eq!(allowed_credentials(&manual), BTreeSet::from([Role::You]));
    let revoked = Situation {
        personal: Personal::Revoked,
        ..manual.clone()
    };
    assert_eq!(
        allowed_credentials(&revoked),
        BTreeSet::from([Role::TeamSync, Role::Highest])
    );
    let update = Situation {
        event: Event::UpdateSameOwner,
        ..manual
    };
    assert_eq!(
        allowed_credentials(&update),
        BTreeSet::from([Role::You, Role::TeamSync])
    );
}

fn owner_of(expected: &Expected) -> Option<Vec<Outcome>> {
    Some(
        expected
            .owner
            .as_ref()?
            .allowed
            .iter()
            .map(|allowed| allowed.outcome)
            .collect(),
    )
}

fn creator_of(expected: &Expected) -> Option<Vec<Outcome>> {
    Some(
        expected
            .created_by
            .as_ref()?
            .allowed
            .iter()
            .map(|allowed| allowed.outcome)
            .collect(),
    )
}

fn creates() -> impl Iterator<Item = Situation> {
    let kinds = [Kind::RECORDS, Kind::ACTIVITIES].concat();
    let personal = [
        Personal::Linked,
        Personal::Refreshable,
        Personal::Never,
        Personal::Revoked,
        Personal::Inactive,
    ];
    let teams = [
        Team::Connected,
        Team::ConnectedAtTop,
        Team::None,
        Team::Broken,
    ];
    let others = [Others::Nobody, Others::Ranked, Others::Tie];
    let mut all = vec![];
    for crm in Crm::ALL {
        for kind in kinds
            .iter()
            .filter(|kind| crm == Crm::Salesforce || **kind != Kind::Lead)
        {
            for source in Source::ALL {
                for personal in personal {
                    for team in teams {
                        all.extend(others.map(|others| Situation {
                            personal,
                            team,
                            others,
                            ..Situation::create(crm, *kind, source)
                        }));
                    }
                }
            }
        }
    }
    all.into_iter()
}
