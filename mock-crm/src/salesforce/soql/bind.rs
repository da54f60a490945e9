//! Syntax to plan: names are looked up in the org's schema, literals become values of the field's type.

mod condition;
mod select;

use std::sync::Arc;

use super::frame::SoqlError;
use super::plan::{FieldPath, Plan, TYPE};
use super::syntax::{Condition, Name, Path, Query};
use crate::clock::Timestamp;
use crate::query::{Direction, Filter, Nulls, Order};
use crate::salesforce::org::Org;
use crate::salesforce::principals::Principal;
use crate::salesforce::schema::{Field, Kind, SObject, Schema};
use crate::store::Store;

/// What a query is asked of, by whom, and when.
#[derive(Clone, Copy, Debug)]
pub(in crate::salesforce) struct Scope<'s> {
    pub(in crate::salesforce) org: &'s Org,
    pub(in crate::salesforce) store: &'s Store,
    pub(in crate::salesforce) principal: &'s Principal,
    pub(in crate::salesforce) now: Timestamp,
    /// `queryAll` sees the recycle bin.
    pub(in crate::salesforce) deleted: bool,
}

/// Makes a plan of a query.
///
/// # Errors
/// With the place, where a name is none of the org's, or a literal does not go with its field.
pub(in crate::salesforce) fn bind(query: &Query<'_>, scope: Scope<'_>) -> Result<Plan, SoqlError> {
    let object = visible(query.from, scope)?;
    bind_object(query, object, scope)
}

fn visible(name: Name<'_>, scope: Scope<'_>) -> Result<Arc<SObject>, SoqlError> {
    let object = scope.org.schema().object(name.text).cloned();
    object
        .filter(|object| scope.principal.sees(object))
        .ok_or_else(|| SoqlError::no_such_object(name.at, name.text))
}

fn bind_object(
    query: &Query<'_>,
    object: Arc<SObject>,
    scope: Scope<'_>,
) -> Result<Plan, SoqlError> {
    if query.offset > 2000 {
        return Err(SoqlError::offset());
    }
    let binder = Binder {
        schema: scope.org.schema(),
        object: &object,
        from: query.from.text,
        alias: query.alias,
        now: scope.now,
        scope: Some(scope),
    };
    let filter = match &query.condition {
        Some(condition) => binder.condition(condition)?,
        None => Filter::All(Vec::new()),
    };
    let (shape, order, group_order) = binder.shape(query)?;
    Ok(Plan {
        shape,
        filter,
        order,
        group_order,
        limit: query.limit,
        offset: query.offset,
        object,
    })
}

/// Makes a filter of a condition over an object's own fields, as assignment rules have them.
///
/// # Errors
/// As [`bind`]; also for a sub-select.
pub(in crate::salesforce) fn bind_criteria(
    condition: &Condition<'_>,
    object: &Arc<SObject>,
) -> Result<Filter<FieldPath>, SoqlError> {
    Binder {
        schema: &Schema::standard(),
        object,
        from: &object.name,
        alias: None,
        now: Timestamp(0),
        scope: None,
    }
    .condition(condition)
}

struct Binder<'b> {
    schema: &'b Schema,
    object: &'b Arc<SObject>,
    from: &'b str,
    alias: Option<&'b str>,
    now: Timestamp,
    /// `None`: no records to look at, so no sub-selects and no way to other objects.
    scope: Option<Scope<'b>>,
}

/// The last field of a path, as far as it is known before there is a record.
struct Resolved<'b> {
    path: FieldPath,
    /// `None`: the pseudo-field [`TYPE`].
    field: Option<&'b Field>,
    /// The canonical names of the relationships on the way and of the field.
    names: Vec<Box<str>>,
}

impl<'b> Binder<'b> {
    fn path(&self, path: &Path<'_>) -> Result<Resolved<'b>, SoqlError> {
        let mut names = path.names.as_slice();
        // `Contact.Name` and `c.Name` start at the object itself.
        if let [first, rest @ ..] = names
            && !rest.is_empty()
            && (first.eq_ignore_ascii_case(self.from)
                || self
                    .alias
                    .is_some_and(|alias| alias.eq_ignore_ascii_case(first)))
        {
            names = rest;
        }
        match names {
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
            path: FieldPath {
                first: place,
                rest: Vec::new(),
            },
            field: Some(field),
            names: vec![field.name.as_ref().into()],
        })
    }

    /// Follows relationships; one that can lead to several objects is good for the fields of any of them.
    fn far_field(
        &self,
        relationships: &[&str],
        name: &str,
        at: usize,
    ) -> Result<Resolved<'b>, SoqlError> {
        if self.scope.is_none() {
            return Err(SoqlError::not_simulated(
                at,
                "a field of another object here",
            ));
        }
        let mut objects: Vec<&'b SObject> = vec![self.object];
        let (mut fields, mut names) = (Vec::new(), Vec::new());
        for relationship in relationships {
            let found = objects
                .iter()
                .find_map(|object| object.relationship(relationship));
            let field = found.ok_or_else(|| SoqlError::no_such_relationship(at, relationship))?;
            names.push(field.relationship.as_deref().unwrap_or_default().into());
            fields.push(field);
            objects = field
                .referenced()
                .filter_map(|name| self.schema_object(name))
                .collect();
        }
        let field = objects.iter().find_map(|object| object.field(name));
        let polymorphic = objects.len() > 1 && name.eq_ignore_ascii_case(TYPE);
        if field.is_none() && !polymorphic {
            let object = objects.first().map_or("", |object| &object.name);
            return Err(SoqlError::no_such_column(at, name, object));
        }
        let field = field.filter(|_| !polymorphic);
        names.push(field.map_or(TYPE, |field| &field.name).into());
        let first = fields
            .first()
            .and_then(|field| self.object.place(&field.name))
            .unwrap_or(0);
        let rest = fields.iter().skip(1).map(|field| &*field.name);
        let rest = rest
            .chain([field.map_or(TYPE, |field| &*field.name)])
            .map(Into::into);
        Ok(Resolved {
            path: FieldPath {
                first,
                rest: rest.collect(),
            },
            field,
            names,
        })
    }

    fn schema_object(&self, name: &str) -> Option<&'b SObject> {
        self.schema.object(name).map(|object| &**object)
    }

    fn filterable(&self, path: &Path<'_>) -> Result<Resolved<'b>, SoqlError> {
        let resolved = self.path(path)?;
        match resolved.field {
            Some(field) if !field.filterable() => Err(SoqlError::field(
                path.at,
                format!("field '{}' can not be filtered in a query call", field.name),
            )),
            _ => Ok(resolved),
        }
    }

    fn sortable(&self, path: &Path<'_>) -> Result<FieldPath, SoqlError> {
        let resolved = self.path(path)?;
        match resolved.field {
            Some(field) if !field.filterable() => Err(SoqlError::field(
                path.at,
                format!("field '{}' can not be sorted in a query call", field.name),
            )),
            _ => Ok(resolved.path),
        }
    }
}

fn order<F>(field: F, descending: bool, nulls_last: bool) -> Order<F> {
    Order {
        field,
        direction: if descending {
            Direction::Descending
        } else {
            Direction::Ascending
        },
        nulls: if nulls_last {
            Nulls::Last
        } else {
            Nulls::First
        },
    }
}

fn is_id(field: Option<&Field>) -> bool {
    field.is_some_and(|field| matches!(field.kind, Kind::Id | Kind::Reference))
}
