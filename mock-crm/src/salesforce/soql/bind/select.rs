//! What a query answers, and in which order.

use super::operand::Use;
use super::path::relationship_name;
use super::{Binder, Nesting, Resolved, bind_object, order};
use crate::query::Order;
use crate::salesforce::schema::{Field, Kind};
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::functions::{Aggregate, Function, Shown};
use crate::salesforce::soql::plan::{FieldPath, Node, Shape};
use crate::salesforce::soql::syntax::{Call, Item, Name, Operand, Path, Query, TypeOf};

/// Sub-queries inside of sub-queries. SOQL reference, "Understanding Relationship Query Limitations".
const DEEPEST: usize = 5;

/// A node's last name: the field, or the field as it is shown under a name of its own.
struct Leaf<'l> {
    name: &'l str,
    shown: Option<Shown>,
}

impl Binder<'_> {
    pub(super) fn shape(
        &self,
        query: &Query<'_>,
    ) -> Result<(Shape, Vec<Order<FieldPath>>), SoqlError> {
        let aggregated = query.select.iter().find_map(aggregate);
        let grouped = aggregated.is_some() || !query.group_by.operands.is_empty();
        if grouped && (self.nesting.subqueries > 0 || self.nesting.semi_join) {
            return Err(SoqlError::malformed(
                query.from.at,
                "Only root queries support aggregate expressions",
            ));
        }
        match aggregated {
            Some(Call {
                function: Function::Aggregate(Aggregate::Count),
                argument: None,
                at,
            }) => self.count(query, *at).map(|shape| (shape, Vec::new())),
            _ if grouped => {
                let groups = self.groups(query)?;
                Ok((Shape::Groups(groups), Vec::new()))
            }
            _ => {
                if let Some(having) = &query.having {
                    return Err(SoqlError::having_without_groups(having));
                }
                let shape = Shape::Records(self.nodes(query)?);
                Ok((shape, self.orders(query)?))
            }
        }
    }

    /// `SELECT COUNT()`, which stands alone. The wording is unverified.
    fn count(&self, query: &Query<'_>, at: usize) -> Result<Shape, SoqlError> {
        let alone = query.select.len() == 1
            && query.order_by.is_empty()
            && query.group_by.operands.is_empty()
            && query.having.is_none();
        match alone {
            true => Ok(Shape::Count),
            false => Err(SoqlError::malformed(
                at,
                "COUNT() must be the only element of the SELECT list, without GROUP BY and ORDER BY",
            )),
        }
    }

    fn orders(&self, query: &Query<'_>) -> Result<Vec<Order<FieldPath>>, SoqlError> {
        let orders = query.order_by.iter().map(|item| {
            let target = match &item.key {
                Operand::Path(_) => self.target(&item.key, Use::Sort)?,
                Operand::Call(call) => {
                    return Err(SoqlError::malformed(
                        call.at,
                        "a function in ORDER BY needs GROUP BY",
                    ));
                }
            };
            // A list of picked values has no order.
            if target.kind == Kind::MultiPicklist {
                let message = format!("field '{}' can not be sorted in a query call", target.name);
                return Err(SoqlError::field(item.key.at(), message));
            }
            Ok(order(target.field, item.descending, item.nulls_last))
        });
        orders.collect()
    }

    fn nodes(&self, query: &Query<'_>) -> Result<Vec<Node>, SoqlError> {
        let mut nodes = Vec::new();
        for item in &query.select {
            match item {
                Item::Operand(Operand::Path(path), None) => {
                    self.add_path(path, None, None, &mut nodes)?;
                }
                Item::Operand(Operand::Path(path), Some(_)) => {
                    return Err(SoqlError::malformed(
                        path.at,
                        "only aggregate expressions use field aliasing",
                    ));
                }
                Item::Operand(Operand::Call(call), alias) => {
                    let (path, shown) = shown(call)?;
                    self.add_path(path, Some(shown), *alias, &mut nodes)?;
                }
                Item::Fields(which, at) => self.all_fields(which, *at, query.limit, &mut nodes)?,
                Item::Subquery(query, at) => nodes.push(self.children(query, *at)?),
                Item::TypeOf(type_of) => nodes.push(self.type_of(type_of)?),
            }
        }
        Ok(nodes)
    }

    fn add_path(
        &self,
        path: &Path<'_>,
        shown: Option<Shown>,
        alias: Option<&str>,
        nodes: &mut Vec<Node>,
    ) -> Result<(), SoqlError> {
        let resolved = self.path(path)?;
        let last = resolved.names.last().map_or("", |name| name);
        let name = alias.unwrap_or(last).to_owned();
        let fields = fields_of(&resolved, self.object.fields());
        let leaf = Leaf { name: &name, shown };
        match add(nodes, &resolved.names, &fields, &leaf) {
            true => Ok(()),
            // The place and the code are unverified.
            false => Err(SoqlError::field(
                path.at,
                format!("duplicate field selected: {}", resolved.names.join(".")),
            )),
        }
    }

    fn all_fields(
        &self,
        which: &str,
        at: usize,
        limit: Option<usize>,
        nodes: &mut Vec<Node>,
    ) -> Result<(), SoqlError> {
        let (standard, custom) = match which.to_ascii_uppercase().as_str() {
            "ALL" => (true, true),
            "STANDARD" => (true, false),
            "CUSTOM" => (false, true),
            _ => return Err(SoqlError::unexpected(at, which)),
        };
        if custom && limit.is_none_or(|limit| limit > 200) {
            return Err(SoqlError::malformed(
                at,
                "The SOQL FIELDS function must have a LIMIT of at most 200",
            ));
        }
        for field in self.object.fields() {
            let own = field.name.ends_with("__c");
            if (own && custom || !own && standard)
                && !nodes.iter().any(|node| named(node, &field.name))
            {
                nodes.push(Node::Field(field.name.as_ref().into()));
            }
        }
        Ok(())
    }

    /// A sub-query over the records that refer to this one.
    fn children(&self, query: &Query<'_>, at: usize) -> Result<Node, SoqlError> {
        let Name { text, at: name_at } = query.from;
        let Some(scope) = self.scope else {
            return Err(SoqlError::not_simulated(at, "a sub-query here"));
        };
        if self.nesting.semi_join || self.nesting.subqueries == DEEPEST {
            return Err(SoqlError::malformed(
                at,
                "Nesting of SELECT clauses is too deep",
            ));
        }
        let (object, field, name) = self
            .schema
            .child_relationships(self.object)
            .into_iter()
            .find(|(object, _, name)| {
                name.eq_ignore_ascii_case(text) && scope.principal.sees(object)
            })
            .ok_or_else(|| SoqlError::no_such_relationship(name_at, text))?;
        let nesting = Nesting {
            subqueries: self.nesting.subqueries + 1,
            ..self.nesting
        };
        let plan = bind_object(query, object, scope, nesting)?;
        Ok(Node::Children {
            relationship: name.into(),
            field,
            plan: std::sync::Arc::new(plan),
        })
    }

    /// `TYPEOF Owner WHEN User THEN Email ELSE Name END`
    fn type_of(&self, type_of: &TypeOf<'_>) -> Result<Node, SoqlError> {
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

    fn of_object<'o>(
        &'o self,
        object: &'o std::sync::Arc<crate::salesforce::schema::SObject>,
    ) -> Binder<'o> {
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

/// The function that makes the query one over groups.
fn aggregate<'i, 'q>(item: &'i Item<'q>) -> Option<&'i Call<'q>> {
    let Item::Operand(Operand::Call(call), _) = item else {
        return None;
    };
    match (call.function, call.argument.as_deref()) {
        (Function::Shown(_), Some(Operand::Call(inner))) => {
            matches!(inner.function, Function::Aggregate(_)).then_some(inner)
        }
        (Function::Shown(_), _) => None,
        _ => Some(call),
    }
}

/// `FORMAT(convertCurrency(Amount))`: what is shown, and how.
fn shown<'c, 'q>(call: &'c Call<'q>) -> Result<(&'c Path<'q>, Shown), SoqlError> {
    match (call.function, call.argument.as_deref()) {
        (Function::Shown(shown), Some(Operand::Path(path))) => Ok((path, shown)),
        (Function::Shown(shown), Some(Operand::Call(inner)))
            if inner.function == Function::Shown(Shown::Currency) =>
        {
            let (path, _) = self::shown(inner)?;
            Ok((path, shown))
        }
        (_, Some(Operand::Call(inner))) => {
            Err(SoqlError::unexpected(inner.at, inner.function.name()))
        }
        _ => Err(SoqlError::unexpected(call.at, call.function.name())),
    }
}

fn named(node: &Node, name: &str) -> bool {
    match node {
        Node::Field(known) | Node::Shown { name: known, .. } => known.eq_ignore_ascii_case(name),
        _ => false,
    }
}

/// The names of the fields on a path from the object.
fn fields_of(resolved: &Resolved<'_>, own: &[Field]) -> Vec<Box<str>> {
    let first = own.get(resolved.path.first);
    first
        .map(|field| field.name.as_ref().into())
        .into_iter()
        .chain(resolved.path.rest.iter().cloned())
        .collect()
}

/// Adds a field to the tree of what is answered; fields behind the same relationship come together. `false`: it was
/// there.
fn add(nodes: &mut Vec<Node>, names: &[Box<str>], fields: &[Box<str>], leaf: &Leaf<'_>) -> bool {
    match (names, fields) {
        ([_], [field, ..]) => {
            let new = !nodes.iter().any(|node| named(node, leaf.name));
            if new {
                nodes.push(match leaf.shown {
                    None => Node::Field(field.clone()),
                    Some(how) => Node::Shown {
                        name: leaf.name.into(),
                        field: field.clone(),
                        how,
                    },
                });
            }
            new
        }
        ([relationship, names @ ..], [field, fields @ ..]) => {
            let known = nodes.iter().position(
                |node| matches!(node, Node::Parent { relationship: known, .. } if known == relationship),
            );
            let place = known.unwrap_or_else(|| {
                nodes.push(Node::Parent {
                    relationship: relationship.clone(),
                    field: field.clone(),
                    nodes: Vec::new(),
                });
                nodes.len() - 1
            });
            match nodes.get_mut(place) {
                Some(Node::Parent { nodes, .. }) => add(nodes, names, fields, leaf),
                _ => true,
            }
        }
        _ => true,
    }
}
