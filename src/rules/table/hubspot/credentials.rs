//! H6 and H9: credentials that no longer work, and credentials of the other CRM.

use super::{RECORDS, SOMEBODY, activity, create, not_you};
use crate::rules::condition::when;
use crate::rules::expectation::{Expectation, ambiguous, inferred};
use crate::rules::reading::q;
use crate::rules::row::{Cell, cell};
use crate::rules::{Event, Others, Outcome, Personal, Role, Source, Status, Team};

const LOST: &[Personal] = &[Personal::Revoked, Personal::Inactive];

/// As R20 to R24.
pub(super) fn degraded() -> [Cell; 7] {
    let refreshable = || create().personal(&[Personal::Refreshable]);
    let owned = || inferred(Role::You).read_as(q(8, 'a')).a(&[5, 6, 17]);
    let created = || inferred(Role::You).read_as(q(8, 'a')).a(&[3]);
    let creator =
        || lost(Role::TeamSync).or(q(1, 'b'), Role::Highest, "A23 puts \"or\" between the two");
    let blank = |e: Expectation| {
        e.or(
            q(16, 'c'),
            Outcome::Blank,
            "HubSpot sets no owner by itself",
        )
    };
    [
        cell(refreshable().sources(Source::PERSONAL_COLUMN))
            .owner(owned())
            .created_by(created()),
        cell(refreshable().sources(Source::TEAM_COLUMN))
            .owner(owned())
            .created_by(created().or(
                q(15, 'b'),
                Role::TeamSync,
                "the table, read for HubSpot too",
            )),
        cell(activity().personal(&[Personal::Refreshable])).both(created()),
        cell(create().personal(&[Personal::Revoked]).team(Team::USABLE))
            .owner(blank(lost(Role::TeamSync).or(
                q(7, 'c'),
                Role::You,
                "who you are is known",
            )))
            .created_by(creator()),
        cell(create().personal(&[Personal::Inactive]).team(Team::USABLE))
            .owner(blank(lost(Role::TeamSync)))
            .created_by(creator()),
        cell(
            create()
                .personal(LOST)
                .team(Team::UNUSABLE)
                .others(SOMEBODY),
        )
        .owner(blank(lost(Role::Highest)))
        .created_by(lost(Role::Highest)),
        cell(
            create()
                .personal(LOST)
                .team(Team::UNUSABLE)
                .others(&[Others::Nobody]),
        )
        .both(inferred(Outcome::Refused).a(&[3, 25])),
    ]
}

fn lost(next: Role) -> Expectation {
    ambiguous(q(7, 'a'), next, "the next that is available")
        .or(
            q(7, 'b'),
            Outcome::Refused,
            "you are linked, so that nobody else may write for you",
        )
        .a(&[3, 23])
}

/// The state in the CRM pushed to decides; the other one's is there to mislead.
pub(super) fn per_crm() -> [Cell; 3] {
    let made = || when(&[Event::Create]).kinds(RECORDS);
    let here = || {
        made()
            .personal(&[Personal::Linked])
            .other_crm(&[Personal::Never])
            .sources(Source::PERSONAL_COLUMN)
    };
    let there = || {
        made()
            .personal(&[Personal::Never])
            .other_crm(&[Personal::Linked])
            .team(Team::USABLE)
    };
    let creator = || {
        inferred(Role::TeamSync)
            .read_as(q(1, 'a'))
            .or(q(1, 'b'), Role::Highest, "A23 puts \"or\" between the two")
            .a(&[3, 23])
    };
    [
        cell(here()).both(inferred(Role::You).a(&[3]).b(&[3])),
        cell(there().salesforce())
            .owner(inferred(Role::TeamSync).a(&[3, 15]))
            .created_by(creator().b(&[9])),
        cell(there().hubspot())
            .owner(
                Expectation {
                    status: Status::Inferred,
                    ..not_you()
                }
                .a(&[3]),
            )
            .created_by(creator()),
    ]
}
