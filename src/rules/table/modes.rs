//! R25 and R26: the same in single and bulk pushes, and each record of a mixed batch by itself.

use super::linked::team_column;
use crate::rules::condition::when;
use crate::rules::expectation::{Expectation, ambiguous, documented};
use crate::rules::reading::q;
use crate::rules::row::{Body, Cell, cell, of_cells};
use crate::rules::{
    Condition, Event, Kind, Outcome, Personal, Relation, Role, Row, RowId, Source, Team,
};

pub(super) fn records() -> Vec<Row> {
    vec![
        same_in_both_modes(
            RowId::r(25),
            "Salesforce: a bulk push gives what a single push gives",
            when(&[]).salesforce(),
        ),
        of_cells(
            RowId::r(26),
            "In a batch of several users' records, each record is judged by itself",
            mixed_batch(),
        ),
    ]
}

/// A relation: one determinant is named for both ways to push.
pub(super) fn same_in_both_modes(id: RowId, title: &'static str, condition: Condition) -> Row {
    let expectation = documented(Outcome::Unchanged).a(&[5, 6]);
    Row {
        id,
        title,
        body: Body::Relation(Box::new(Relation {
            condition,
            expectation,
        })),
    }
}

fn mixed_batch() -> Vec<Cell> {
    let record = || when(&[Event::CreateInMixedBatch]).kinds(Kind::RECORDS);
    let linked = |sources| {
        record()
            .personal(&[Personal::Linked])
            .team(Team::USABLE)
            .sources(sources)
    };
    let unlinked = || record().personal(&[Personal::Never]).team(Team::USABLE);
    let by_source = ambiguous(
        q(4, 'a'),
        Role::TeamSync,
        "the source is the same, whoever is \"you\"",
    )
    .recommend_first()
    .a(&[6, 21])
    .b(&[7]);
    let mut cells = vec![
        cell(linked(Source::PERSONAL_COLUMN)).both(own_or_pushers(Role::You)),
        // The table is about Salesforce, and perhaps about HubSpot, too.
        cell(linked(Source::TEAM_COLUMN).hubspot())
            .owner(own_or_pushers(Role::You))
            .created_by(own_or_pushers(Role::You).or(
                q(15, 'b'),
                Role::TeamSync,
                "the table, read for HubSpot too",
            )),
        cell(unlinked().salesforce()).both(own_or_pushers(Role::TeamSync)),
        cell(unlinked().hubspot())
            .owner(own_or_pushers(Role::TeamSync).or(
                q(16, 'c'),
                Outcome::Blank,
                "HubSpot sets no owner by itself",
            ))
            .created_by(own_or_pushers(Role::TeamSync)),
    ];
    cells.extend(team_column(
        &linked(Source::TEAM_COLUMN),
        &own_or_pushers(Role::You),
        &by_source,
    ));
    cells
}

fn own_or_pushers(own: Role) -> Expectation {
    ambiguous(q(4, 'a'), own, "\"you\" is each record's own user")
        .or(
            q(4, 'b'),
            Role::Pusher,
            "\"you\" is whoever pressed the button",
        )
        .recommend_first()
        .a(&[6])
}
