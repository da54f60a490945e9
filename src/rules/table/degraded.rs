//! R15 to R24: Salesforce, something is missing or no longer works.

use super::linked::team_column;
use crate::rules::condition::{Condition, when};
use crate::rules::expectation::{Expectation, ambiguous, documented, inferred};
use crate::rules::reading::q;
use crate::rules::row::{Cell, cell, of_cells};
use crate::rules::{Event, Kind, Others, Outcome, Personal, Role, Row, RowId, Source, Team};

const SOMEBODY: &[Others] = &[Others::Ranked, Others::Tie];
const CONTACT_ACCOUNT: &[Kind] = &[Kind::Contact, Kind::Account];
const LOST: &[Personal] = &[Personal::Revoked, Personal::Inactive];

pub(super) fn rows() -> Vec<Row> {
    vec![
        of_cells(
            RowId::r(15),
            "Linked, no team sync, a personal source: you own it and created it",
            personal_path(&[Team::None]),
        ),
        of_cells(
            RowId::r(16),
            "Linked, no team sync, a team sync source: you own it; three readings of who created it",
            [no_exception(linked().team(&[Team::None]).others(SOMEBODY))],
        ),
        of_cells(
            RowId::r(17),
            "Linked, nobody else authenticated, a team sync source: you own it and created it",
            [cell(
                linked()
                    .team(&[Team::None])
                    .others(&[Others::Nobody])
                    .sources(Source::TEAM_COLUMN),
            )
            .both(
                inferred(Role::You)
                    .read_as(q(6, 'a'))
                    .or(q(6, 'c'), Outcome::Refused, "the source asks for team sync")
                    .a(&[3, 17, 18])
                    .b(&[3, 4]),
            )],
        ),
        of_cells(
            RowId::r(18),
            "Linked, team sync broken, a personal source: you own it and created it",
            personal_path(&[Team::Broken]),
        ),
        of_cells(
            RowId::r(19),
            "Linked, team sync broken, a team sync source: you own it; three readings of who created it",
            [no_exception(linked().team(&[Team::Broken]))],
        ),
        of_cells(
            RowId::r(20),
            "A dead access token that can be refreshed counts as linked",
            refreshable(),
        ),
        of_cells(
            RowId::r(21),
            "Your credential is revoked, team sync connected: team sync, or a refusal; never a colleague",
            [
                cell(create().personal(&[Personal::Revoked]).team(Team::USABLE))
                    .owner(
                        ambiguous(q(7, 'a'), Role::TeamSync, "as if you had never linked")
                            .or(
                                q(7, 'b'),
                                Outcome::Refused,
                                "you are linked, so that nobody else may write for you",
                            )
                            .or(
                                q(7, 'c'),
                                Role::You,
                                "who you are is known, even if you cannot write",
                            )
                            .a(&[3, 15])
                            .b(&[3]),
                    )
                    .created_by(next_available()),
            ],
        ),
        of_cells(
            RowId::r(22),
            "Your CRM user is inactive, team sync connected: team sync, or a refusal",
            [
                cell(create().personal(&[Personal::Inactive]).team(Team::USABLE))
                    .owner(
                        ambiguous(
                            q(7, 'a'),
                            Role::TeamSync,
                            "as if you had never linked; an inactive user cannot own",
                        )
                        .or(
                            q(7, 'b'),
                            Outcome::Refused,
                            "you are linked, so that nobody else may write for you",
                        )
                        .a(&[3, 15])
                        .b(&[3]),
                    )
                    .created_by(next_available()),
            ],
        ),
        of_cells(
            RowId::r(23),
            "Your credential is lost, no team sync: the most permitted user, or a refusal",
            [cell(
                create()
                    .personal(LOST)
                    .team(Team::UNUSABLE)
                    .others(SOMEBODY),
            )
            .both(
                ambiguous(q(7, 'a'), Role::Highest, "the next that is available")
                    .or(
                        q(7, 'b'),
                        Outcome::Refused,
                        "you are linked, so that nobody else may write for you",
                    )
                    .a(&[3])
                    .b(&[3]),
            )
            .one_person()],
        ),
        of_cells(
            RowId::r(24),
            "Your credential is lost and nobody else is authenticated: refused",
            [cell(
                create()
                    .personal(LOST)
                    .team(Team::UNUSABLE)
                    .others(&[Others::Nobody]),
            )
            .both(inferred(Outcome::Refused).a(&[3, 25]).b(&[3]))],
        ),
    ]
}

fn create() -> Condition {
    when(&[Event::Create]).salesforce().kinds(Kind::RECORDS)
}

fn linked() -> Condition {
    create().personal(&[Personal::Linked])
}

/// The personal side of the table never touches team sync.
fn personal_path(teams: &'static [Team]) -> [Cell; 2] {
    let personal = || linked().team(teams).sources(Source::PERSONAL_COLUMN);
    [
        cell(personal().kinds(CONTACT_ACCOUNT))
            .owner(documented(Role::You).a(&[3, 17, 18]).b(&[3, 4]))
            .created_by(documented(Role::You).a(&[3, 20, 21]).b(&[3, 6, 7])),
        cell(personal().kinds(&[Kind::Lead]))
            .owner(documented(Role::You).a(&[18]))
            .created_by(
                inferred(Role::You)
                    .read_as(q(13, 'a'))
                    .a(&[20, 21])
                    .b(&[6, 7]),
            ),
    ]
}

/// The exception names team sync, and there is none.
fn no_exception(condition: Condition) -> Cell {
    cell(condition.sources(Source::TEAM_COLUMN))
        .owner(
            inferred(Role::You)
                .or(q(6, 'c'), Outcome::Refused, "a refused record has no owner")
                .a(&[17, 18])
                .b(&[4]),
        )
        .created_by(exception_without_team_sync(Expectation::recommend_first))
}

fn exception_without_team_sync(recommend: fn(Expectation) -> Expectation) -> Expectation {
    recommend(
        ambiguous(
            q(6, 'a'),
            Role::You,
            "the exception cannot apply, so the general rule remains",
        )
        .or(
            q(6, 'b'),
            Role::Highest,
            "the next in A3's order after team sync",
        )
        .or(q(6, 'c'), Outcome::Refused, "the source asks for team sync")
        .a(&[3, 21])
        .b(&[3, 7]),
    )
}

/// The same as linked, but inferred: no sentence speaks of tokens.
fn refreshable() -> Vec<Cell> {
    let create = || create().personal(&[Personal::Refreshable]);
    let owned = || inferred(Role::You).read_as(q(8, 'a')).a(&[17, 18]).b(&[4]);
    let activity = when(&[Event::Create])
        .salesforce()
        .kinds(Kind::ACTIVITIES)
        .personal(&[Personal::Refreshable]);
    let mut cells = vec![
        cell(create().sources(Source::PERSONAL_COLUMN))
            .owner(owned())
            .created_by(
                inferred(Role::You)
                    .read_as(q(8, 'a'))
                    .a(&[3, 21])
                    .b(&[3, 7]),
            ),
        no_exception(create().team(Team::UNUSABLE)),
        cell(activity).both(inferred(Role::You).read_as(q(8, 'a')).a(&[17]).b(&[4])),
    ];
    let by_team_sync = inferred(Role::TeamSync).a(&[21]).b(&[7]);
    cells.extend(team_column(
        &create().team(Team::USABLE),
        &owned(),
        &by_team_sync,
    ));
    cells
}

fn next_available() -> Expectation {
    ambiguous(q(7, 'a'), Role::TeamSync, "as if you had never linked")
        .or(
            q(1, 'b'),
            Role::Highest,
            "A23 puts \"or\" between team sync and the highest",
        )
        .or(
            q(7, 'b'),
            Outcome::Refused,
            "you are linked, so that nobody else may write for you",
        )
        .a(&[3, 23])
        .b(&[3, 9])
}
