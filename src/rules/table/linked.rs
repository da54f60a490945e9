//! R01 to R08: Salesforce, personal login linked and team sync connected. The source decides Created By, never Owner.

use crate::rules::condition::{Condition, when};
use crate::rules::expectation::{Expectation, ambiguous, documented, inferred};
use crate::rules::reading::q;
use crate::rules::row::{Cell, cell, of_cells};
use crate::rules::{Event, Kind, Personal, Role, Row, RowId, Source, Team};

const CONTACT: &[Kind] = &[Kind::Contact];
const ACCOUNT: &[Kind] = &[Kind::Account];
const CONTACT_ACCOUNT: &[Kind] = &[Kind::Contact, Kind::Account];
const CONTACT_LEAD: &[Kind] = &[Kind::Contact, Kind::Lead];

pub(super) fn rows() -> Vec<Row> {
    vec![
        of_cells(
            RowId::r(1),
            "Made by hand while linked: you own it and created it",
            [cell(of(CONTACT_ACCOUNT, &[Source::Manual]))
                .owner(yours().a(&[24]))
                .created_by(created_by_you())],
        ),
        of_cells(
            RowId::r(2),
            "From a CSV upload while linked: you own it and created it",
            [cell(of(CONTACT_ACCOUNT, &[Source::Csv]))
                .owner(yours())
                .created_by(created_by_you())],
        ),
        of_cells(
            RowId::r(3),
            "From the Chrome extension in Gmail while linked: you own it and created it",
            [
                cell(of(CONTACT, &[Source::Gmail]))
                    .owner(yours())
                    .created_by(created_by_you()),
                // The table lists contacts alone here, but the general rule and the column agree.
                cell(of(ACCOUNT, &[Source::Gmail]))
                    .owner(yours())
                    .created_by(inferred(Role::You).a(&[3, 17]).b(&[3, 4])),
            ],
        ),
        of_cells(
            RowId::r(4),
            "From the Chrome extension in LinkedIn while linked: you own it, team sync created it",
            [
                cell(of(CONTACT, &[Source::Linkedin]))
                    .owner(yours())
                    .created_by(created_by_team_sync()),
                cell(of(ACCOUNT, &[Source::Linkedin]))
                    .owner(yours())
                    .created_by(account_outside_the_table()),
            ],
        ),
        of_cells(
            RowId::r(5),
            "From prospecting while linked: you own it, team sync created it",
            [cell(of(CONTACT_ACCOUNT, &[Source::Prospecting]))
                .owner(yours())
                .created_by(created_by_team_sync())],
        ),
        of_cells(
            RowId::r(6),
            "From job change enrichment while linked: you own it, team sync created it",
            [
                cell(of(CONTACT, &[Source::JobChange]))
                    .owner(yours())
                    .created_by(created_by_team_sync()),
                cell(of(ACCOUNT, &[Source::JobChange]))
                    .owner(yours())
                    .created_by(account_outside_the_table()),
                // Nobody pushed, so that "you" is Apollo's owner only by reading.
                cell(Condition {
                    events: &[Event::CreateAutomatically],
                    ..of(CONTACT, &[Source::JobChange])
                })
                .owner(inferred(Role::You).read_as(q(5, 'a')).a(&[17, 18]).b(&[4]))
                .created_by(created_by_team_sync()),
            ],
        ),
        of_cells(
            RowId::r(7),
            "Pushed as a lead while linked: you own it, its contact's source decides the creator",
            [
                cell(of(&[Kind::Lead], Source::PERSONAL_COLUMN))
                    .owner(lead())
                    .created_by(
                        inferred(Role::You)
                            .read_as(q(13, 'a'))
                            .a(&[20, 21])
                            .b(&[6, 7]),
                    ),
                cell(of(&[Kind::Lead], Source::TEAM_COLUMN))
                    .owner(lead())
                    .created_by(
                        inferred(Role::TeamSync)
                            .read_as(q(13, 'a'))
                            .a(&[20, 21])
                            .b(&[6, 7]),
                    ),
            ],
        ),
        of_cells(
            RowId::r(8),
            "An account made along with a contact's push has that push's Owner and Created By",
            by_products(),
        ),
    ]
}

/// One push, one credential: the account is as the contact it came with.
fn by_products() -> [Cell; 3] {
    let account = |sources| Condition {
        events: &[Event::CreateAsByProduct],
        ..of(ACCOUNT, sources)
    };
    let owned = || inferred(Role::You).a(&[17, 18]).b(&[4]);
    [
        cell(account(Source::PERSONAL_COLUMN))
            .owner(owned())
            .created_by(inferred(Role::You).a(&[20, 21]).b(&[6, 7])),
        cell(account(Source::TEAM_COLUMN))
            .owner(owned())
            .created_by(inferred(Role::TeamSync).a(&[20, 21]).b(&[6, 7])),
        cell(account(&[]).personal(&[Personal::Never]))
            .owner(inferred(Role::TeamSync).a(&[15]))
            .created_by(
                inferred(Role::TeamSync)
                    .read_as(q(1, 'a'))
                    .or(q(1, 'b'), Role::Highest, "A23 puts \"or\" between the two")
                    .a(&[23])
                    .b(&[9]),
            ),
    ]
}

fn of(kinds: &'static [Kind], sources: &'static [Source]) -> Condition {
    when(&[Event::Create])
        .salesforce()
        .kinds(kinds)
        .sources(sources)
        .personal(&[Personal::Linked])
        .team(Team::USABLE)
}

fn yours() -> Expectation {
    documented(Role::You).a(&[17, 18]).b(&[4])
}

/// Leads are named by the newer document alone.
fn lead() -> Expectation {
    documented(Role::You).a(&[18])
}

fn created_by_you() -> Expectation {
    documented(Role::You)
        .read_as(q(2, 'b'))
        .a(&[20, 21])
        .b(&[6, 7])
}

/// That the two differ is licensed by A7 and A11: Created By is not made to follow the Apollo user.
fn created_by_team_sync() -> Expectation {
    documented(Role::TeamSync)
        .a(&[7, 11, 19, 20, 21])
        .b(&[5, 6, 7])
}

/// A source of team sync's column in Salesforce, in a situation that the table above has no row for.
///
/// The column names accounts from prospecting alone: of the others either creator is accepted, as in R04 and R06.
pub(super) fn team_column(
    condition: &Condition,
    owner: &Expectation,
    created_by: &Expectation,
) -> [Cell; 3] {
    let of = |kinds, sources| {
        cell(condition.clone().salesforce().kinds(kinds).sources(sources)).owner(owner.clone())
    };
    [
        of(CONTACT_LEAD, Source::TEAM_COLUMN).created_by(created_by.clone()),
        of(ACCOUNT, &[Source::Prospecting]).created_by(created_by.clone()),
        of(ACCOUNT, &[Source::Linkedin, Source::JobChange]).created_by(account_outside_the_table()),
    ]
}

fn account_outside_the_table() -> Expectation {
    ambiguous(
        q(12, 'a'),
        Role::You,
        "the table lists contacts only, so the general rule remains",
    )
    .or(
        q(12, 'b'),
        Role::TeamSync,
        "the column, read as if it spoke of accounts too",
    )
    .a(&[3, 21])
    .b(&[3, 7])
}
