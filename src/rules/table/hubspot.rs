//! H1 to H11: HubSpot. The source table is about Salesforce; an owner that is not sent stays blank.

mod by_products;
mod credentials;

use super::modes::same_in_both_modes;
use crate::rules::condition::{Condition, when};
use crate::rules::expectation::{Expectation, ambiguous, documented, inferred};
use crate::rules::reading::q;
use crate::rules::row::{cell, of_cells};
use crate::rules::{Event, Kind, Others, Outcome, Personal, Role, Row, RowId, Source, Team};
use by_products::by_products;
use credentials::{degraded, per_crm};

pub(super) const RECORDS: &[Kind] = &[Kind::Contact, Kind::Account];
const SOMEBODY: &[Others] = &[Others::Ranked, Others::Tie];

pub(super) fn rows() -> Vec<Row> {
    vec![
        of_cells(
            RowId::h(1),
            "HubSpot, linked, a personal source: you own it and created it",
            [cell(linked(Source::PERSONAL_COLUMN))
                .owner(yours())
                .created_by(documented(Role::You).a(&[3]))],
        ),
        of_cells(
            RowId::h(2),
            "HubSpot, linked, a team sync source: you own it; the table may not apply",
            [cell(linked(Source::TEAM_COLUMN).team(Team::USABLE))
                .owner(yours())
                .created_by(
                    ambiguous(
                        q(15, 'a'),
                        Role::You,
                        "A19 and A20 speak of Salesforce, so A3's general rule remains",
                    )
                    .or(
                        q(15, 'b'),
                        Role::TeamSync,
                        "the table's header no longer says Salesforce",
                    )
                    .recommend_first()
                    .a(&[3, 20, 21]),
                )],
        ),
        of_cells(
            RowId::h(3),
            "HubSpot, not linked: team sync created it, and you do not own it",
            [cell(unlinked().team(Team::USABLE))
                .owner(not_you())
                .created_by(team_sync_or_highest())],
        ),
        of_cells(
            RowId::h(4),
            "HubSpot, not linked, no team sync: the most permitted user created it",
            [
                cell(unlinked().team(&[Team::None]).others(SOMEBODY))
                    .owner(highest_or_blank())
                    .created_by(documented(Role::Highest).a(&[3, 23])),
                // The table is silent on a broken team sync here; as R13.
                cell(unlinked().team(&[Team::Broken]).others(SOMEBODY))
                    .owner(highest_or_blank().or(
                        q(20, 'b'),
                        Outcome::Refused,
                        "a broken team sync is to be repaired",
                    ))
                    .created_by(
                        ambiguous(
                            q(20, 'a'),
                            Role::Highest,
                            "a broken credential is not available",
                        )
                        .or(
                            q(20, 'b'),
                            Outcome::Refused,
                            "a broken team sync is to be repaired",
                        )
                        .recommend_first()
                        .a(&[3]),
                    ),
            ],
        ),
        of_cells(
            RowId::h(5),
            "HubSpot, nobody authenticated: refused",
            [
                cell(unlinked().team(Team::UNUSABLE).others(&[Others::Nobody]))
                    .both(inferred(Outcome::Refused).a(&[3, 25])),
            ],
        ),
        of_cells(
            RowId::h(6),
            "HubSpot, a credential that needs a refresh or is lost: as in Salesforce, or a blank owner",
            degraded(),
        ),
        of_cells(
            RowId::h(7),
            "HubSpot, an activity of a linked user is that user's",
            [cell(activity().personal(&[Personal::Linked]))
                .owner(inferred(Role::You).read_as(q(14, 'a')).a(&[17]))
                .created_by(documented(Role::You).a(&[17]))],
        ),
        of_cells(
            RowId::h(8),
            "HubSpot, an activity of an unlinked user was created by team sync",
            [
                cell(activity().personal(&[Personal::Never]).team(Team::USABLE))
                    .owner(
                        ambiguous(q(16, 'a'), Role::TeamSync, "as the record would be")
                            .or(
                                q(16, 'c'),
                                Outcome::Blank,
                                "HubSpot sets no owner by itself",
                            )
                            .recommend_first(),
                    )
                    .created_by(inferred(Role::TeamSync).a(&[23])),
            ],
        ),
        of_cells(
            RowId::h(9),
            "A login that is linked in one CRM does not count in the other",
            per_crm(),
        ),
        same_in_both_modes(
            RowId::h(10),
            "HubSpot: a bulk push gives what a single push gives",
            when(&[]).hubspot(),
        ),
        of_cells(
            RowId::h(11),
            "A company made along with a contact's push has that push's Owner and Created By",
            by_products(),
        ),
    ]
}

fn create() -> Condition {
    when(&[Event::Create]).hubspot().kinds(RECORDS)
}

fn linked(sources: &'static [Source]) -> Condition {
    create().personal(&[Personal::Linked]).sources(sources)
}

fn unlinked() -> Condition {
    create().personal(&[Personal::Never])
}

fn activity() -> Condition {
    when(&[Event::Create]).hubspot().kinds(Kind::ACTIVITIES)
}

fn yours() -> Expectation {
    documented(Role::You).a(&[5, 6, 17])
}

/// A5 and A6 let ownership depend on linking, so that it cannot be you; who else it is, no sentence says.
fn not_you() -> Expectation {
    ambiguous(q(16, 'a'), Role::TeamSync, "as A15 says for Salesforce")
        .or(
            q(16, 'b'),
            Role::Highest,
            "whoever may be the creator by A23 may be the owner",
        )
        .or(
            q(16, 'c'),
            Outcome::Blank,
            "HubSpot sets no owner by itself",
        )
        .recommend_first()
        .a(&[5, 6])
}

fn highest_or_blank() -> Expectation {
    ambiguous(q(16, 'b'), Role::Highest, "owner and creator are one")
        .or(
            q(16, 'c'),
            Outcome::Blank,
            "HubSpot sets no owner by itself",
        )
        .recommend_first()
        .a(&[5, 6])
}

fn team_sync_or_highest() -> Expectation {
    documented(Role::TeamSync)
        .read_as(q(1, 'a'))
        .or(q(1, 'b'), Role::Highest, "A23 puts \"or\" between the two")
        .a(&[23])
}
