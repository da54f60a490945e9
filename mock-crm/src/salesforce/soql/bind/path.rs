//! Names to fields.

use super::{Binder, expanded};
use crate::salesforce::schema::{Field, Kind, SObject};
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::plan::{FieldPath, TYPE};
use crate::salesforce::soql::syntax::Path;

/// The most relationships in one path. SOQL reference, "Understanding Relationship Query Limitations".
const RELATIONSHIPS: usize = 5;

/// What can be asked of a record that may be of several objects: the fields of the object `Name`.
const NAME_FIELDS: [&str; 13] = [
    "Alias",
    "Email",
    "FirstName",
    "Id",
    "IsActive",
    "LastName",
    "Name",
    "Phone",
    "ProfileId",
    "Title",
    "Type",
    "Username",
    "UserRoleId",
];

/// The last field of a path, as far as it is known before there is a record.
pub(super) struct Resolved<'b> {
    pub(super) path: FieldPath,
    /// `None`: the pseudo-field [`TYPE`].
    pub(super) field: Option<&'b Field>,
    /// The canonical names of the relationships on the way and of the field.
    pub(super) names: Vec<Box<str>>,
}

impl Resolved<'_> {
    pub(super) fn kind(&self) -> Kind {
        self.field.map_or(Kind::String, |field| field.kind)
    }

    pub(super) fn name(&self) -> &str {
        self.field.map_or(TYPE, |field| &field.name)
    }
}

impl<'b> Binder<'b> {
    pub(super) fn path(&self, path: &Path<'_>) -> Result<Resolved<'b>, SoqlError> {
        // One name is a field, even if the object or an alias is called the same.
        let names = match path.names.as_slice() {
            [name] => vec![*name],
            names => expanded(names, &self.names),
        };
        match names.as_slice() {
            [name] => self.own_field(name, path.at),
            [relationships @ .., name] => self.far_field(relationships, name, path.at),
            [] => Err(SoqlError::unexpected(path.at, "")),
        }
    }

    fn own_field(&self, name: &str, at: usize) -> Result<Resolved<'b>, SoqlError> {
        let place = self
            .object
            .place(name)
            .ok_or_else(|| SoqlError::no_such_column(at, name, &self.object.name))?;
        let field = &self.object.fields()[place];
        Ok(Resolved {
            path: FieldPath::field(place),
            field: Some(field),
            names: vec![field.name.as_ref().into()],
        })
    }

    /// Follows relationships; one that can lead to several objects is good for what they have in common.
    fn far_field(
        &self,
        relationships: &[&str],
        name: &str,
        at: usize,
    ) -> Result<Resolved<'b>, SoqlError> {
        let (steps, objects) = self.follow(relationships, at)?;
        let polymorphic = objects.len() > 1;
        let common = |name: &str| NAME_FIELDS.iter().any(|c| c.eq_ignore_ascii_case(name));
        let is_type = polymorphic && name.eq_ignore_ascii_case(TYPE);
        let field = objects
            .iter()
            .find_map(|object| object.field(name))
            .filter(|_| !is_type && (!polymorphic || common(name)));
        if field.is_none() && !is_type {
            let object = match objects.as_slice() {
                [object] => &object.name,
                _ => "Name",
            };
            return Err(SoqlError::no_such_column(at, name, object));
        }
        let last = field.map_or(TYPE, |field| &field.name);
        let names = steps.iter().map(|step| relationship_name(step));
        let first = steps.first().and_then(|step| self.object.place(&step.name));
        let rest = steps.iter().skip(1).map(|step| &*step.name).chain([last]);
        Ok(Resolved {
            path: FieldPath {
                first: first.unwrap_or(0),
                rest: rest.map(Into::into).collect(),
                part: None,
            },
            field,
            names: names.chain([last]).map(Into::into).collect(),
        })
    }

    /// The reference fields behind relationships, and the objects that the last of them can lead to.
    #[allow(clippy::type_complexity, reason = "a pair of lists")]
    pub(super) fn follow(
        &self,
        relationships: &[&str],
        at: usize,
    ) -> Result<(Vec<&'b Field>, Vec<&'b SObject>), SoqlError> {
        if self.scope.is_none() {
            return Err(SoqlError::not_simulated(
                at,
                "a field of another object here",
            ));
        }
        // The wording is unverified.
        if relationships.len() > RELATIONSHIPS {
            let message = format!(
                "SOQL relationship path exceeds {RELATIONSHIPS} levels: {}",
                relationships.join(".")
            );
            return Err(SoqlError::malformed(at, message));
        }
        let mut objects: Vec<&'b SObject> = vec![self.object];
        let mut steps = Vec::new();
        for relationship in relationships {
            let found = objects
                .iter()
                .find_map(|object| object.relationship(relationship));
            let field = found.ok_or_else(|| SoqlError::no_such_relationship(at, relationship))?;
            steps.push(field);
            objects = field
                .referenced()
                .filter_map(|name| self.schema.object(name).map(|object| &**object))
                .collect();
        }
        Ok((steps, objects))
    }

    /// The names of a path, as it would be written without aliases.
    pub(super) fn plain<'p>(&'p self, path: &Path<'p>) -> Vec<&'p str> {
        match path.names.as_slice() {
            [name] => vec![*name],
            names => {
                let known = self.names.iter();
                let known = known.map(|(name, path)| (*name, path.clone())).collect();
                expanded(names, &known)
            }
        }
    }
}

pub(super) fn relationship_name(field: &Field) -> &str {
    field.relationship.as_deref().unwrap_or_default()
}
