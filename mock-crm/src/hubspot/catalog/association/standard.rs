//! HubSpot's own association types between the types that are simulated.
//!
//! Numbers as HubSpot's guide to associations lists them; the official Python client has most of them, too.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{AssociationType, Table, TypeId};
use crate::hubspot::catalog::{Catalog, ObjectType};

/// One kind of connection, with its number from here and from there.
struct Row {
    from: &'static str,
    to: &'static str,
    out: u32,
    back: u32,
    role: Role,
}

/// What a kind says beyond that there is a connection.
#[derive(Clone, Copy)]
enum Role {
    /// Nothing; there is a primary one, too, which has the plain name in v3.
    BesidePrimary,
    /// Nothing, and there is no primary one, or one with a name of its own.
    Plain,
    /// `to` is the primary one of `from`, which has one at most; the first becomes it.
    Primary {
        /// v3 names, where they are not the plain ones.
        names: Option<[&'static str; 2]>,
    },
    /// `to` is a child of `from`, and has one parent at most.
    Parent,
}

const fn row(from: &'static str, to: &'static str, out: u32, back: u32, role: Role) -> Row {
    Row {
        from,
        to,
        out,
        back,
        role,
    }
}

const PRIMARY: Role = Role::Primary { names: None };

/// Which v3 names the primary ones of leads have is known for contacts only.
const fn primary_of_lead(names: [&'static str; 2]) -> Role {
    Role::Primary { names: Some(names) }
}

static ROWS: [Row; 36] = [
    row("contacts", "companies", 1, 2, PRIMARY),
    row("contacts", "companies", 279, 280, Role::BesidePrimary),
    row("contacts", "deals", 4, 3, Role::Plain),
    row("contacts", "contacts", 449, 449, Role::Plain),
    row("contacts", "calls", 193, 194, Role::Plain),
    row("contacts", "emails", 197, 198, Role::Plain),
    row("contacts", "meetings", 199, 200, Role::Plain),
    row("contacts", "notes", 201, 202, Role::Plain),
    row("contacts", "tasks", 203, 204, Role::Plain),
    row("companies", "companies", 13, 14, Role::Parent),
    row("companies", "companies", 450, 450, Role::Plain),
    row("companies", "calls", 181, 182, Role::Plain),
    row("companies", "emails", 185, 186, Role::Plain),
    row("companies", "meetings", 187, 188, Role::Plain),
    row("companies", "notes", 189, 190, Role::Plain),
    row("companies", "tasks", 191, 192, Role::Plain),
    row("deals", "companies", 5, 6, PRIMARY),
    row("deals", "companies", 341, 342, Role::BesidePrimary),
    row("deals", "deals", 451, 451, Role::Plain),
    row("deals", "calls", 205, 206, Role::Plain),
    row("deals", "emails", 209, 210, Role::Plain),
    row("deals", "meetings", 211, 212, Role::Plain),
    row("deals", "notes", 213, 214, Role::Plain),
    row("deals", "tasks", 215, 216, Role::Plain),
    row("calls", "meetings", 399, 400, Role::Plain),
    row(
        "leads",
        "contacts",
        578,
        579,
        primary_of_lead(["lead_to_primary_contact", "primary_contact_to_lead"]),
    ),
    row("leads", "contacts", 608, 609, Role::Plain),
    row(
        "leads",
        "companies",
        580,
        581,
        primary_of_lead(["lead_to_primary_company", "primary_company_to_lead"]),
    ),
    row("leads", "companies", 610, 611, Role::Plain),
    row(
        "leads",
        "deals",
        582,
        583,
        primary_of_lead(["lead_to_primary_deal", "primary_deal_to_lead"]),
    ),
    row("leads", "deals", 1037, 1038, Role::Plain),
    row("leads", "calls", 596, 597, Role::Plain),
    row("leads", "emails", 598, 599, Role::Plain),
    row("leads", "meetings", 600, 601, Role::Plain),
    row("leads", "notes", 854, 855, Role::Plain),
    row("leads", "tasks", 646, 647, Role::Plain),
];

/// All of them.
pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let catalog = Catalog::default();
        let mut table = Table::default();
        for row in &ROWS {
            if let (Some(from), Some(to)) = (catalog.find(row.from), catalog.find(row.to)) {
                row.add_to(&mut table, from, to);
            }
        }
        table
    });
    &TABLE
}

impl Row {
    fn add_to(&self, table: &mut Table, from: &ObjectType, to: &ObjectType) {
        table.add(self.seen(from, to, false));
        if self.out != self.back {
            table.add(self.seen(to, from, true));
        }
    }

    fn seen(&self, from: &ObjectType, to: &ObjectType, reversed: bool) -> AssociationType {
        let (id, inverse) = match reversed {
            false => (self.out, self.back),
            true => (self.back, self.out),
        };
        AssociationType {
            id: TypeId::HubspotDefined(id),
            inverse: TypeId::HubspotDefined(inverse),
            from: from.key,
            to: to.key,
            name: self.name(from, to, reversed),
            label: self.label(reversed).map(Cow::Borrowed),
            single: match self.role {
                Role::Primary { .. } => !reversed,
                // The child has one parent.
                Role::Parent => reversed,
                Role::Plain | Role::BesidePrimary => false,
            },
            automatic: matches!(self.role, Role::Primary { .. }),
        }
    }

    fn name(&self, from: &ObjectType, to: &ObjectType, reversed: bool) -> String {
        let plain = || [&*from.singular, "_to_", &*to.singular].concat();
        match self.role {
            Role::Primary { names: Some(names) } => names[usize::from(reversed)].to_owned(),
            Role::BesidePrimary => plain() + "_unlabeled",
            Role::Parent if reversed => "child_to_parent_company".to_owned(),
            Role::Parent => "parent_to_child_company".to_owned(),
            Role::Plain | Role::Primary { .. } => plain(),
        }
    }

    fn label(&self, reversed: bool) -> Option<&'static str> {
        match self.role {
            Role::Primary { .. } => Some("Primary"),
            Role::Parent if reversed => Some("Parent Company"),
            Role::Parent => Some("Child Company"),
            Role::Plain | Role::BesidePrimary => None,
        }
    }
}
