//! HubSpot's own kinds of association and their numbers.

use serde_json::{Value, json};

use crate::store::Serial;

/// How two types are connected. Numbers as in HubSpot's client libraries.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kind {
    from: &'static str,
    to: &'static str,
    /// The type id seen from `from`.
    pub(super) out: u32,
    /// The type id seen from `to`.
    pub(super) back: u32,
    /// Of what `from` has one primary of: the same two, labelled.
    pub(super) primary: Option<(u32, u32)>,
}

/// A kind, seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Direction {
    pub(super) kind: &'static Kind,
    reversed: bool,
}

const fn kind(from: &'static str, to: &'static str, out: u32, back: u32) -> Kind {
    Kind {
        from,
        to,
        out,
        back,
        primary: None,
    }
}

const fn with_primary(plain: Kind, out: u32, back: u32) -> Kind {
    Kind {
        primary: Some((out, back)),
        ..plain
    }
}

static KINDS: [Kind; 20] = [
    with_primary(kind("contacts", "companies", 279, 280), 1, 2),
    with_primary(kind("deals", "companies", 341, 342), 5, 6),
    kind("contacts", "deals", 4, 3),
    kind("calls", "contacts", 194, 193),
    kind("emails", "contacts", 198, 197),
    kind("meetings", "contacts", 200, 199),
    kind("notes", "contacts", 202, 201),
    kind("tasks", "contacts", 204, 203),
    kind("calls", "companies", 182, 181),
    kind("emails", "companies", 186, 185),
    kind("meetings", "companies", 188, 187),
    kind("notes", "companies", 190, 189),
    kind("tasks", "companies", 192, 191),
    kind("calls", "deals", 206, 205),
    kind("emails", "deals", 210, 209),
    kind("meetings", "deals", 212, 211),
    kind("notes", "deals", 214, 213),
    kind("tasks", "deals", 216, 215),
    kind("contacts", "contacts", 449, 449),
    kind("companies", "companies", 450, 450),
];

/// How records of two types are connected.
pub(super) fn direction(from: &str, to: &str) -> Option<Direction> {
    directions().find(|direction| direction.from() == from && direction.to() == to)
}

/// What a type id means for records of a type, and whether it is the primary one.
pub(super) fn direction_of_type(from: &str, type_id: u32) -> Option<(Direction, bool)> {
    let ours = directions().filter(|direction| direction.from() == from);
    let mut found = ours.filter_map(|direction| {
        let primary = direction.primary_type() == Some(type_id);
        (primary || direction.plain_types().0 == type_id).then_some((direction, primary))
    });
    found.next()
}

fn directions() -> impl Iterator<Item = Direction> {
    let both = |kind| [false, true].map(|reversed| Direction { kind, reversed });
    KINDS.iter().flat_map(both)
}

impl Direction {
    fn from(self) -> &'static str {
        if self.reversed {
            self.kind.to
        } else {
            self.kind.from
        }
    }

    /// The type at the other end.
    pub(super) fn to(self) -> &'static str {
        if self.reversed {
            self.kind.from
        } else {
            self.kind.to
        }
    }

    /// The two ends as the kind has them.
    pub(super) fn order(self, from: Serial, to: Serial) -> (Serial, Serial) {
        if self.reversed {
            (to, from)
        } else {
            (from, to)
        }
    }

    /// The unlabelled type, seen from here and from there.
    pub(super) fn plain_types(self) -> (u32, u32) {
        match self.reversed {
            false => (self.kind.out, self.kind.back),
            true => (self.kind.back, self.kind.out),
        }
    }

    fn primary_type(self) -> Option<u32> {
        let (out, back) = self.kind.primary?;
        Some(if self.reversed { back } else { out })
    }

    /// All types, seen from here.
    pub(super) fn types(self) -> Vec<u32> {
        self.primary_type()
            .into_iter()
            .chain([self.plain_types().0])
            .collect()
    }

    /// As v4 lists a type.
    pub(super) fn described(self, type_id: u32) -> Value {
        let label = (self.primary_type() == Some(type_id)).then_some("Primary");
        json!({ "category": "HUBSPOT_DEFINED", "typeId": type_id, "label": label })
    }

    /// As v3 names a type: `contact_to_company`, and `contact_to_company_unlabeled` where there is a primary one, too.
    pub(super) fn name(self, from: &str, to: &str, type_id: u32) -> String {
        let suffix = match self.primary_type() {
            Some(primary) if primary != type_id => "_unlabeled",
            _ => "",
        };
        format!("{from}_to_{to}{suffix}")
    }
}
