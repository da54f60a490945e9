//! Search groups: the fields that a search looks into. SOSL reference, "IN SearchGroup".

use crate::salesforce::schema::{Field, Flags, Kind, SObject};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    All,
    Name,
    Email,
    Phone,
    /// Names, addresses and numbers: which fields real orgs take is not published.
    Sidebar,
}

impl Group {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "ALL" => Self::All,
            "NAME" => Self::Name,
            "EMAIL" => Self::Email,
            "PHONE" => Self::Phone,
            "SIDEBAR" => Self::Sidebar,
            _ => return None,
        })
    }

    pub(super) fn fields(self, object: &SObject) -> impl Iterator<Item = &Field> {
        object
            .fields()
            .iter()
            .filter(move |field| self.contains(field))
    }

    fn contains(self, field: &Field) -> bool {
        let (name, kind) = (field.flags.has(Flags::NAME), field.kind);
        match self {
            Self::All => kind.textual(),
            Self::Name => name,
            Self::Email => kind == Kind::Email,
            Self::Phone => kind == Kind::Phone,
            Self::Sidebar => name || matches!(kind, Kind::Email | Kind::Phone),
        }
    }
}
