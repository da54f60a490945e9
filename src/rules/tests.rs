//! The table against lines written from the reference, not from the code: one line per cell.

mod integrity;
mod other_lines;
mod record_lines;
mod situations;

use super::*;

/// `r(1)`-style ids would hide a typo; a test names rows as features do.
#[track_caller]
fn row_id(id: &str) -> RowId {
    id.parse().unwrap()
}

/// What one row demands of a situation, in one line: field, status letter, outcomes, `*` on the recommended one.
fn line(situation: &Situation, id: &str, edition: Edition) -> String {
    let of_row = expectations(situation, edition)
        .into_iter()
        .filter(|(row, _)| *row == row_id(id));
    let cells: Vec<_> = of_row.map(|(_, expected)| cell_line(&expected)).collect();
    cells.join(" || ")
}

fn cell_line(expected: &Expected) -> String {
    let fields = [
        ("AO", &expected.apollo_owner),
        ("Ow", &expected.owner),
        ("CB", &expected.created_by),
    ];
    let spoken = fields
        .iter()
        .filter_map(|(name, field)| Some(format!("{name} {}", field_line(field.as_ref()?))));
    let mut parts: Vec<_> = spoken.collect();
    parts.extend(expected.joint.map(|_| "same".to_owned()));
    parts.join("; ")
}

fn field_line(expectation: &Expectation) -> String {
    let status = &expectation.status.to_string()[..1];
    let outcomes = expectation.allowed.iter().map(|allowed| {
        let star = if expectation.recommended == Some(allowed.outcome) {
            "*"
        } else {
            ""
        };
        format!("{}{star}", symbol(allowed.outcome))
    });
    format!("{status} {}", outcomes.collect::<Vec<_>>().join(","))
}

/// The letters of the reference's notation.
fn symbol(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Blank => "blank",
        Outcome::Refused => "refused",
        Outcome::Unchanged => "unchanged",
        Outcome::User(role) => match role {
            Role::You => "u",
            Role::FormerYou => "u-old",
            Role::TeamSync => "S",
            Role::FormerTeamSync => "S-old",
            Role::Highest => "H",
            Role::Pusher => "P",
            Role::ApolloOwnersUser => "w",
            Role::FollowedContactsOwner => "followed",
            Role::Confirmer => "confirmer",
            Role::RuleUser => "rule",
        },
    }
}

fn sf(kind: Kind, source: Source) -> Situation {
    Situation::create(Crm::Salesforce, kind, source)
}

fn hs(kind: Kind, source: Source) -> Situation {
    Situation::create(Crm::Hubspot, kind, source)
}

fn you(personal: Personal, situation: Situation) -> Situation {
    Situation {
        personal,
        ..situation
    }
}

fn team(team: Team, situation: Situation) -> Situation {
    Situation { team, ..situation }
}

fn others(others: Others, situation: Situation) -> Situation {
    Situation {
        others,
        ..situation
    }
}

fn after(event: Event, situation: Situation) -> Situation {
    Situation { event, ..situation }
}

#[track_caller]
fn check(id: &str, situation: Situation, expected: &str) {
    assert_eq!(
        line(&situation, id, Edition::Newer),
        expected,
        "{id} in {situation:?}"
    );
}
