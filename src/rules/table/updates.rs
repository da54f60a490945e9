//! U1 to U10: what happens after the create, and when pusher and owner are two people. The documents say almost nothing.

use super::hubspot::RECORDS as HUBSPOT_RECORDS;
use super::linked::team_column;
use crate::rules::condition::{Condition, when};
use crate::rules::expectation::{Expectation, ambiguous, inferred};
use crate::rules::reading::q;
use crate::rules::row::{Cell, cell, of_cells};
use crate::rules::{Event, Kind, Outcome, Personal, Role, Row, RowId, Source, Team};

const LINKED: &[Personal] = &[Personal::Linked];
const NEVER: &[Personal] = &[Personal::Never];

pub(super) fn rows() -> Vec<Row> {
    vec![
        of_cells(
            RowId::u(1),
            "An update never changes Created By",
            [cell(when(Event::UPDATES)).created_by(inferred(Outcome::Unchanged).a(&[7]))],
        ),
        of_cells(
            RowId::u(2),
            "An update leaves Owner alone while Apollo's owner agrees with it",
            [cell(when(&[Event::UpdateSameOwner]))
                .owner(inferred(Outcome::Unchanged).a(&[17]).b(&[4]))],
        ),
        of_cells(
            RowId::u(3),
            "An update keeps Owner or follows Apollo's owner, never team sync or the highest",
            [
                cell(when(&[Event::UpdateOtherOwner])).owner(
                    ambiguous(
                        q(18, 'a'),
                        Outcome::Unchanged,
                        "no sentence asks for a change",
                    )
                    .or(
                        q(18, 'b'),
                        Role::ApolloOwnersUser,
                        "A17 speaks of syncing ownership",
                    )
                    .a(&[17])
                    .b(&[4]),
                ),
                cell(when(&[Event::UpdateFound])).owner(
                    ambiguous(
                        q(18, 'a'),
                        Outcome::Unchanged,
                        "no sentence asks for a change",
                    )
                    .or(q(18, 'b'), Role::You, "A17 speaks of syncing ownership")
                    .a(&[17])
                    .b(&[4]),
                ),
            ],
        ),
        of_cells(
            RowId::u(4),
            "What team sync created stays created by it after you link",
            [cell(when(&[Event::UpdateAfterLinking]))
                .owner(
                    ambiguous(
                        q(18, 'a'),
                        Outcome::Unchanged,
                        "A24 reads as speaking of later pushes",
                    )
                    .or(
                        q(18, 'b'),
                        Role::You,
                        "the update is a push of yours, and you are linked now",
                    )
                    .a(&[17, 24])
                    .b(&[4]),
                )
                .created_by(inferred(Outcome::Unchanged).a(&[8]))],
        ),
        of_cells(
            RowId::u(5),
            "What you own and created stays yours after you unlink",
            [cell(when(&[Event::UpdateAfterUnlinking]))
                .both(inferred(Outcome::Unchanged).a(&[15]))],
        ),
        of_cells(
            RowId::u(6),
            "Another team sync user takes new records, not old ones",
            another_team_sync(),
        ),
        of_cells(
            RowId::u(7),
            "Another linked CRM user takes your new records, not your old ones",
            another_link(),
        ),
        of_cells(
            RowId::u(8),
            "You push somebody else's record, both linked: yours or theirs, created by you",
            anothers_record(LINKED, pusher_or_owner, || {
                ambiguous(q(5, 'a'), Role::You, "the pusher's credential writes")
                    .recommend_first()
                    .a(&[3, 17])
                    .b(&[3, 4])
            }),
        ),
        of_cells(
            RowId::u(9),
            "You are linked and push an unlinked owner's record: yours or team sync's",
            anothers_record(NEVER, pusher_or_team_sync, pusher_or_team_sync),
        ),
        of_cells(
            RowId::u(10),
            "You are not linked and push a linked owner's record: team sync's or theirs, created by team sync",
            [
                cell(for_another(NEVER, LINKED).salesforce())
                    .owner(team_sync_or_owner())
                    .created_by(by_team_sync()),
                cell(for_another(NEVER, LINKED).hubspot().kinds(HUBSPOT_RECORDS))
                    .owner(team_sync_or_owner().or(
                        q(16, 'c'),
                        Outcome::Blank,
                        "HubSpot sets no owner by itself",
                    ))
                    .created_by(by_team_sync()),
            ],
        ),
    ]
}

fn for_another(you: &'static [Personal], owner: &'static [Personal]) -> Condition {
    when(&[Event::CreateForAnotherOwner])
        .kinds(Kind::RECORDS)
        .personal(you)
        .owners_personal(owner)
        .team(Team::USABLE)
}

/// You are linked. The source table is about Salesforce, and perhaps about HubSpot, too.
fn anothers_record(
    owners_personal: &'static [Personal],
    owner: fn() -> Expectation,
    created_by: fn() -> Expectation,
) -> Vec<Cell> {
    let record = || for_another(LINKED, owners_personal);
    let mut in_hubspot = created_by();
    if !in_hubspot.allows(Role::TeamSync) {
        in_hubspot = in_hubspot.or(
            q(15, 'b'),
            Role::TeamSync,
            "the table, read for HubSpot too",
        );
    }
    let mut cells = vec![
        cell(record().sources(Source::PERSONAL_COLUMN))
            .owner(owner())
            .created_by(created_by()),
        cell(record().sources(Source::TEAM_COLUMN).hubspot())
            .owner(owner())
            .created_by(in_hubspot),
    ];
    cells.extend(team_column(&record(), &owner(), &by_source()));
    cells
}

/// A15, A18 and A24 speak of the pusher; other pages of Apollo's owner.
fn pusher_or_owner() -> Expectation {
    ambiguous(q(4, 'b'), Role::You, "A18 speaks of whoever pushes")
        .or(q(4, 'a'), Role::ApolloOwnersUser, "the record's own user")
        .a(&[15, 18, 24])
        .b(&[4])
}

fn pusher_or_team_sync() -> Expectation {
    ambiguous(q(4, 'b'), Role::You, "A18 speaks of whoever pushes")
        .or(
            q(4, 'a'),
            Role::TeamSync,
            "the record's own user is not linked",
        )
        .a(&[15, 18])
        .b(&[4])
}

fn team_sync_or_owner() -> Expectation {
    ambiguous(q(4, 'b'), Role::TeamSync, "A15 speaks of whoever pushes")
        .or(q(4, 'a'), Role::ApolloOwnersUser, "the record's own user")
        .recommend_first()
        .a(&[15])
}

fn by_source() -> Expectation {
    inferred(Role::TeamSync).a(&[20, 21]).b(&[6, 7])
}

fn by_team_sync() -> Expectation {
    ambiguous(q(4, 'b'), Role::TeamSync, "the pusher has no credential")
        .recommend_first()
        .a(&[15, 23])
        .b(&[9])
}

fn another_team_sync() -> Vec<Cell> {
    let new = || {
        when(&[Event::CreateAfterTeamSyncChange])
            .salesforce()
            .kinds(Kind::RECORDS)
            .team(Team::USABLE)
    };
    let mut cells = vec![
        // Whoever they were: records of linked people stay, too.
        cell(when(&[Event::KeptAfterTeamSyncChange])).both(inferred(Outcome::Unchanged).a(&[8])),
        cell(new().personal(NEVER)).both(inferred(Role::TeamSync).a(&[15, 23]).b(&[9])),
    ];
    cells.extend(team_column(
        &new().personal(LINKED),
        &inferred(Role::You).a(&[18]).b(&[4]),
        &by_source(),
    ));
    cells
}

fn another_link() -> Vec<Cell> {
    let new = || {
        when(&[Event::CreateAfterRelinking])
            .kinds(Kind::RECORDS)
            .personal(LINKED)
    };
    let owned = || inferred(Role::You).a(&[17, 18]).b(&[4]);
    let mut cells = vec![
        // Whoever they were: what team sync created for you stays, too.
        cell(when(&[Event::KeptAfterRelinking]))
            .both(inferred(Outcome::Unchanged).a(&[17]).b(&[4])),
        cell(new().sources(Source::PERSONAL_COLUMN))
            .owner(owned())
            .created_by(inferred(Role::You).a(&[3, 21]).b(&[3, 7])),
    ];
    cells.extend(team_column(
        &new().team(Team::USABLE),
        &owned(),
        &by_source(),
    ));
    cells
}
