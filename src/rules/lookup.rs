use std::collections::BTreeSet;

use super::{Body, Edition, Event, Expected, Personal, Role, RowId, Situation, Team, rows};

/// The rows of the table that speak of the situation, and what each demands of it in this edition.
///
/// Relations and invariants are not among them: they are judged on several records, or on all.
pub fn expectations(situation: &Situation, edition: Edition) -> Vec<(RowId, Expected)> {
    let cells = rows().iter().filter_map(|row| match &row.body {
        Body::Cells(cells) => Some(cells.iter().map(|cell| (row.id, cell))),
        _ => None,
    });
    let holding = cells
        .flatten()
        .filter(|(_, cell)| cell.condition.holds(situation));
    holding
        .filter_map(|(id, cell)| Some((id, cell.expected.in_edition(edition, situation)?)))
        .collect()
}

impl Expected {
    fn in_edition(&self, edition: Edition, situation: &Situation) -> Option<Self> {
        let narrow =
            |field: &Option<super::Expectation>| field.as_ref()?.in_edition(edition, situation.crm);
        let expected = Self {
            apollo_owner: narrow(&self.apollo_owner),
            owner: narrow(&self.owner),
            created_by: narrow(&self.created_by),
            joint: self.joint,
        };
        let silent = expected.fields().next().is_none();
        (!silent).then_some(expected)
    }
}

/// Whose credentials may make the record (N6), whatever the reading.
///
/// It is made by one of those whom the rows allow as Created By, since both CRMs take the creator from the token.
pub fn allowed_credentials(situation: &Situation) -> BTreeSet<Role> {
    if situation.event.updates() {
        return available(situation);
    }
    let rows = expectations(situation, Edition::Newer);
    let fields = rows
        .iter()
        .filter_map(|(_, expected)| expected.created_by.as_ref());
    let creators: BTreeSet<_> = fields.flat_map(|created_by| created_by.roles()).collect();
    if creators.is_empty() {
        available(situation)
    } else {
        creators
    }
}

/// Whose credentials may write to the record once it is there (N6): its creators, and whoever could push it now.
pub fn allowed_updaters(situation: &Situation) -> BTreeSet<Role> {
    &allowed_credentials(situation) | &available(situation)
}

/// The credentials that A3 names, without an order between team sync and the highest.
fn available(situation: &Situation) -> BTreeSet<Role> {
    let mut roles = BTreeSet::new();
    let working = matches!(situation.personal, Personal::Linked | Personal::Refreshable);
    if working {
        roles.insert(Role::You);
    }
    if Team::USABLE.contains(&situation.team) {
        roles.insert(Role::TeamSync);
    }
    // Where no person acts there may be no "you".
    if !working || situation.event == Event::SendAutomatically {
        roles.insert(Role::Highest);
    }
    if situation.event == Event::UpdateOtherOwner || situation.owners_personal.is_some() {
        roles.insert(Role::ApolloOwnersUser);
    }
    roles
}

/// Who may at all be Owner or Created By in the situation (N1): you, team sync, the highest, and whom the rows name.
pub fn permitted_principals(situation: &Situation) -> BTreeSet<Role> {
    let named = expectations(situation, Edition::Newer);
    let named = named
        .iter()
        .flat_map(|(_, expected)| [&expected.owner, &expected.created_by])
        .flatten();
    [Role::You, Role::TeamSync, Role::Highest]
        .into_iter()
        .chain(named.flat_map(|field| field.roles()))
        .collect()
}
