//! T1 to T8: Salesforce, activities. The actor decides, not the contact.

use crate::rules::condition::{Condition, when};
use crate::rules::expectation::{Expectation, ambiguous, documented, inferred};
use crate::rules::reading::q;
use crate::rules::row::{Cell, cell, of_cells};
use crate::rules::{Event, Kind, Others, Outcome, Personal, Role, Row, RowId, Source, Team};

pub(super) fn rows() -> Vec<Row> {
    vec![
        of_cells(
            RowId::t(1),
            "An activity of a linked user is that user's",
            [cell(activity().personal(&[Personal::Linked]))
                .owner(owned_by_actor())
                .created_by(logged_by_actor())],
        ),
        of_cells(
            RowId::t(2),
            "An activity does not inherit its contact's source",
            [cell(
                activity()
                    .personal(&[Personal::Linked])
                    .team(Team::USABLE)
                    .sources(Source::TEAM_COLUMN),
            )
            .owner(owned_by_actor())
            .created_by(logged_by_actor().a(&[20]).b(&[6]))],
        ),
        of_cells(
            RowId::t(3),
            "An activity of an unlinked user is team sync's",
            [
                cell(activity().personal(&[Personal::Never]).team(Team::USABLE))
                    .owner(inferred(Role::TeamSync).read_as(q(14, 'a')).a(&[8]).b(&[3]))
                    .created_by(documented(Role::TeamSync).a(&[8]).b(&[2, 3])),
            ],
        ),
        of_cells(
            RowId::t(4),
            "An activity of an unlinked user without team sync is the most permitted user's",
            [cell(
                activity()
                    .personal(&[Personal::Never])
                    .team(&[Team::None])
                    .others(&[Others::Ranked, Others::Tie]),
            )
            .owner(inferred(Role::Highest).a(&[3, 23]).b(&[3]))
            .created_by(documented(Role::Highest).a(&[3, 23]).b(&[2, 3]))],
        ),
        of_cells(
            RowId::t(5),
            "An activity on somebody else's contact is still the actor's",
            [cell(
                Condition {
                    events: &[Event::LogOnAnothersContact],
                    ..activity()
                }
                .personal(&[Personal::Linked]),
            )
            .both(inferred(Role::You).a(&[17]).b(&[4]))],
        ),
        of_cells(
            RowId::t(6),
            "An activity of a user whose credential is lost goes to the next available, or is refused",
            lost(),
        ),
        of_cells(
            RowId::t(7),
            "An automatic sequence e-mail is the mailbox owner's or team sync's",
            [
                cell(sequence().team(Team::USABLE)).both(mailbox_or(Role::TeamSync)),
                cell(
                    sequence()
                        .personal(&[Personal::Linked, Personal::Refreshable])
                        .team(Team::UNUSABLE),
                )
                .both(mailbox_or(Role::Highest)),
            ],
        ),
        of_cells(
            RowId::t(8),
            "Notes and meetings go as e-mails, tasks and calls do",
            [
                cell(more().personal(&[Personal::Linked])).both(inferred(Role::You)),
                cell(more().personal(&[Personal::Never]).team(Team::USABLE))
                    .both(inferred(Role::TeamSync)),
            ],
        ),
    ]
}

fn activity() -> Condition {
    when(&[Event::Create]).salesforce().kinds(Kind::ACTIVITIES)
}

fn sequence() -> Condition {
    when(&[Event::SendAutomatically])
        .salesforce()
        .kinds(&[Kind::Email])
}

/// Where no person acted, whoever is next after a personal login.
fn mailbox_or(next: Role) -> Expectation {
    ambiguous(q(5, 'a'), Role::You, "the mailbox is somebody's")
        .or(q(5, 'b'), next, "no person acted")
        .a(&[8, 17])
        .b(&[4])
}

/// Known from other pages alone; informational.
fn more() -> Condition {
    activity().kinds(Kind::MORE_ACTIVITIES)
}

/// Salesforce makes the caller the owner of what names none.
fn owned_by_actor() -> Expectation {
    inferred(Role::You).read_as(q(14, 'a')).a(&[17]).b(&[4])
}

fn logged_by_actor() -> Expectation {
    documented(Role::You).a(&[17]).b(&[4])
}

/// As R21 to R24.
fn lost() -> [Cell; 4] {
    let lost = |personal| activity().personal(personal);
    let either = &[Personal::Revoked, Personal::Inactive];
    let skip_or_refuse = |role, why| {
        ambiguous(q(7, 'a'), role, why)
            .or(q(7, 'b'), Outcome::Refused, "nobody else may write for you")
            .a(&[3])
            .b(&[2, 3])
    };
    let creator = || {
        skip_or_refuse(Role::TeamSync, "as if never linked").or(
            q(1, 'b'),
            Role::Highest,
            "A23 puts \"or\" between the two",
        )
    };
    let owner = || skip_or_refuse(Role::TeamSync, "as if never linked");
    [
        cell(lost(&[Personal::Revoked]).team(Team::USABLE))
            .owner(owner().or(q(7, 'c'), Role::You, "who acted is known"))
            .created_by(creator()),
        cell(lost(&[Personal::Inactive]).team(Team::USABLE))
            .owner(owner())
            .created_by(creator()),
        cell(
            lost(either)
                .team(Team::UNUSABLE)
                .others(&[Others::Ranked, Others::Tie]),
        )
        .both(skip_or_refuse(Role::Highest, "the next that is available"))
        .one_person(),
        cell(lost(either).team(Team::UNUSABLE).others(&[Others::Nobody]))
            .both(inferred(Outcome::Refused).a(&[3]).b(&[2, 3])),
    ]
}
