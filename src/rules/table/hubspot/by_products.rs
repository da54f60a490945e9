//! H11: companies that come along with a contact.

use super::{create, not_you};
use crate::rules::expectation::inferred;
use crate::rules::reading::q;
use crate::rules::row::{Cell, cell};
use crate::rules::{Condition, Event, Kind, Personal, Role, Source, Team};

/// One push, one credential: the company is as the contact it came with.
pub(super) fn by_products() -> [Cell; 3] {
    let company = || {
        Condition {
            events: &[Event::CreateAsByProduct],
            ..create()
        }
        .kinds(&[Kind::Account])
    };
    let linked = |sources| company().personal(&[Personal::Linked]).sources(sources);
    let owned = || inferred(Role::You).a(&[5, 6, 17]);
    [
        cell(linked(Source::PERSONAL_COLUMN))
            .owner(owned())
            .created_by(inferred(Role::You).a(&[3])),
        cell(linked(Source::TEAM_COLUMN)).owner(owned()).created_by(
            inferred(Role::You)
                .read_as(q(15, 'a'))
                .or(
                    q(15, 'b'),
                    Role::TeamSync,
                    "the table, read for HubSpot too",
                )
                .a(&[3]),
        ),
        cell(company().personal(&[Personal::Never]).team(Team::USABLE))
            .owner(not_you())
            .created_by(
                inferred(Role::TeamSync)
                    .read_as(q(1, 'a'))
                    .or(q(1, 'b'), Role::Highest, "A23 puts \"or\" between the two")
                    .a(&[23]),
            ),
    ]
}
