//! `TYPEOF`: what is answered of a record that may be of several objects.

use std::sync::Arc;

use super::Binder;
use super::path::relationship_name;
use crate::salesforce::schema::SObject;
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::plan::Node;
use crate::salesforce::soql::syntax::{Path, TypeOf};

impl Binder<'_> {
    /// `TYPEOF Owner WHEN User THEN Email ELSE Name END`
    pub(super) fn type_of(&self, type_of: &TypeOf<'_>) -> Result<Node, SoqlError> {
        let at = type_of.relationship.at;
        let names = self.plain(&type_of.relationship);
        let [relationship] = names.as_slice() else {
            return Err(SoqlError::malformed(
                at,
                "TYPEOF takes a relationship of the object itself",
            ));
        };
        let (steps, objects) = self.follow(&[*relationship], at)?;
        let field = steps.first().filter(|_| objects.len() > 1).ok_or_else(|| {
            SoqlError::malformed(
                at,
                format!("{relationship} is not a polymorphic relationship"),
            )
        })?;
        let mut branches = Vec::new();
        for (names, paths) in &type_of.branches {
            let mut keys = Vec::new();
            for name in names {
                let object = objects
                    .iter()
                    .find(|object| object.name.eq_ignore_ascii_case(name.text));
                let object = object
                    .and_then(|object| self.schema.object(&object.name))
                    .ok_or_else(|| SoqlError::no_such_object(name.at, name.text))?;
                keys.push((object, object.key));
            }
            // The fields of one branch are those of each object in it.
            let mut nodes = Vec::new();
            for (object, _) in &keys {
                nodes = self.of_object(object).plain_nodes(paths)?;
            }
            branches.push((keys.into_iter().map(|(_, key)| key).collect(), nodes));
        }
        let mut otherwise = Vec::new();
        for path in &type_of.otherwise {
            let mut names = vec![*relationship];
            names.extend(&path.names);
            let resolved = self.path(&Path { names, at: path.at })?;
            if let [_, name] = resolved.names.as_slice() {
                otherwise.push(Node::Field(name.clone()));
            }
        }
        Ok(Node::TypeOf {
            relationship: relationship_name(field).into(),
            field: field.name.as_ref().into(),
            branches,
            otherwise,
        })
    }

    fn plain_nodes(&self, paths: &[Path<'_>]) -> Result<Vec<Node>, SoqlError> {
        let mut nodes = Vec::new();
        for path in paths {
            self.add_path(path, None, None, &mut nodes)?;
        }
        Ok(nodes)
    }

    fn of_object<'o>(&'o self, object: &'o Arc<SObject>) -> Binder<'o> {
        Binder {
            schema: self.schema,
            object,
            names: Vec::new(),
            now: self.now,
            scope: self.scope,
            nesting: self.nesting,
        }
    }
}
