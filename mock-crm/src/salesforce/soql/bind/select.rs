//! What a query answers, and in which order.

use super::operand::Use;
use super::tree::{Leaf, add, fields_of, named};
use super::{Binder, Nesting, bind_object, order};
use crate::query::Order;
use crate::salesforce::schema::Kind;
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::functions::{Aggregate, Function, Shown};
use crate::salesforce::soql::plan::{FieldPath, Node, Shape};
use crate::salesforce::soql::syntax::{Call, Item, Name, Operand, Path, Query};

/// Sub-queries inside of sub-queries. SOQL reference, "Understanding Relationship Query Limitations".
const DEEPEST: usize = 5;

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
                Ok((Shape::Groups(Box::new(groups)), Vec::new()))
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

    pub(super) fn add_path(
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
