//! R09 to R14: Salesforce, no personal login linked.

use crate::rules::condition::{Condition, when};
use crate::rules::expectation::{ambiguous, documented, inferred};
use crate::rules::reading::q;
use crate::rules::row::{cell, of_cells};
use crate::rules::{Event, Kind, Others, Outcome, Personal, Role, Row, RowId, Team};

const SOMEBODY: &[Others] = &[Others::Ranked, Others::Tie];

pub(super) fn rows() -> Vec<Row> {
    vec![
        of_cells(
            RowId::r(9),
            "Not linked, team sync most permitted: team sync owns it and created it",
            [cell(unlinked().team(&[Team::ConnectedAtTop]))
                .owner(documented(Role::TeamSync).read_as(q(3, 'a')).a(&[15, 24]))
                .created_by(documented(Role::TeamSync).a(&[8, 23]).b(&[9]))],
        ),
        of_cells(
            RowId::r(10),
            "Not linked, somebody more permitted than team sync: team sync still owns it",
            [cell(unlinked().team(&[Team::Connected]))
                .owner(documented(Role::TeamSync).read_as(q(3, 'a')).a(&[15, 24]))
                .created_by(
                    documented(Role::TeamSync)
                        .read_as(q(1, 'a'))
                        .or(
                            q(1, 'b'),
                            Role::Highest,
                            "A23 and B9 put \"or\" between the two",
                        )
                        .a(&[8, 23])
                        .b(&[9]),
                )],
        ),
        of_cells(
            RowId::r(11),
            "Not linked, no team sync: the most permitted user owns it and created it",
            [
                cell(unlinked().team(&[Team::None]).others(&[Others::Ranked]))
                    .owner(inferred(Role::Highest).a(&[3, 23]).b(&[3, 9]))
                    .created_by(
                        documented(Role::Highest)
                            .read_as(q(9, 'a'))
                            .a(&[3, 23])
                            .b(&[3, 9]),
                    ),
            ],
        ),
        of_cells(
            RowId::r(12),
            "Not linked, no team sync, several at the top: one of them owns it and created it",
            [cell(unlinked().team(&[Team::None]).others(&[Others::Tie]))
                .both(
                    inferred(Role::Highest)
                        .read_as(q(17, 'a'))
                        .a(&[3, 23])
                        .b(&[3, 9]),
                )
                .one_person()],
        ),
        of_cells(
            RowId::r(13),
            "Not linked, team sync broken: the most permitted user, or a refusal",
            [cell(unlinked().team(&[Team::Broken]).others(SOMEBODY))
                .both(
                    ambiguous(
                        q(20, 'a'),
                        Role::Highest,
                        "a broken credential is not available",
                    )
                    .or(
                        q(20, 'b'),
                        Outcome::Refused,
                        "a broken team sync is to be repaired, not walked around",
                    )
                    .recommend_first()
                    .a(&[3])
                    .b(&[3]),
                )
                .one_person()],
        ),
        of_cells(
            RowId::r(14),
            "Nobody authenticated: refused, and the error log says so",
            [
                cell(unlinked().team(Team::UNUSABLE).others(&[Others::Nobody]))
                    .both(inferred(Outcome::Refused).a(&[3, 25]).b(&[3])),
            ],
        ),
    ]
}

fn unlinked() -> Condition {
    when(&[Event::Create])
        .salesforce()
        .kinds(Kind::RECORDS)
        .personal(&[Personal::Never])
}
