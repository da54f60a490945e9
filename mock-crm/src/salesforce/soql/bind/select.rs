//! What a query answers, and in which order.

use super::{Binder, Resolved, bind_object, order};
use crate::query::Order;
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::plan::{Column, Computed, FieldPath, GroupKey, Node, Shape};
use crate::salesforce::soql::syntax::{Aggregate, Item, Name, OrderKey, Query};

type Ordered = (Shape, Vec<Order<FieldPath>>, Vec<Order<GroupKey>>);

impl Binder<'_> {
    pub(super) fn shape(&self, query: &Query<'_>) -> Result<Ordered, SoqlError> {
        if let [Item::Aggregate(aggregate, None)] = query.select.as_slice()
            && aggregate.path.is_none()
            && query.group_by.is_empty()
        {
            return Ok((Shape::Count, Vec::new(), Vec::new()));
        }
        let aggregated = query
            .select
            .iter()
            .any(|item| matches!(item, Item::Aggregate(..)));
        if aggregated || !query.group_by.is_empty() {
            return self.groups(query);
        }
        let shape = Shape::Records(self.nodes(query)?);
        let mut keys = Vec::new();
        for item in &query.order_by {
            let OrderKey::Path(path) = &item.key else {
                return Err(SoqlError::malformed(
                    query.from.at,
                    "an aggregate in ORDER BY needs GROUP BY",
                ));
            };
            keys.push(order(
                self.sortable(path)?,
                item.descending,
                item.nulls_last,
            ));
        }
        Ok((shape, keys, Vec::new()))
    }

    fn nodes(&self, query: &Query<'_>) -> Result<Vec<Node>, SoqlError> {
        let mut nodes = Vec::new();
        for item in &query.select {
            match item {
                Item::Path(path, None) => {
                    let resolved = self.path(path)?;
                    add(&mut nodes, &resolved, self.object);
                }
                Item::Path(path, Some(_)) => {
                    return Err(SoqlError::malformed(
                        path.at,
                        "only aggregate expressions use field aliasing",
                    ));
                }
                Item::Fields(which, at) => self.all_fields(which, *at, query.limit, &mut nodes)?,
                Item::Subquery(query, at) => nodes.push(self.children(query, *at)?),
                Item::Aggregate(aggregate, _) => {
                    return Err(SoqlError::unexpected(aggregate.at, "("));
                }
            }
        }
        Ok(nodes)
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
                && !nodes.iter().any(|node| names(node, &field.name))
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
        let (object, field, name) = self
            .schema
            .child_relationships(self.object)
            .into_iter()
            .find(|(_, _, name)| name.eq_ignore_ascii_case(text))
            .ok_or_else(|| SoqlError::no_such_relationship(name_at, text))?;
        let plan = bind_object(query, object, scope)?;
        Ok(Node::Children {
            relationship: name.into(),
            field,
            plan: Box::new(plan),
        })
    }

    fn groups(&self, query: &Query<'_>) -> Result<Ordered, SoqlError> {
        let by = query
            .group_by
            .iter()
            .map(|path| self.filterable(path).map(|resolved| resolved.path));
        let by = by.collect::<Result<Vec<_>, _>>()?;
        let (mut computed, mut columns, mut unnamed) = (Vec::new(), Vec::new(), 0);
        for item in &query.select {
            match item {
                Item::Path(path, alias) => {
                    let resolved = self.path(path)?;
                    let place = by
                        .iter()
                        .position(|group| *group == resolved.path)
                        .ok_or_else(|| {
                            let name = path.names.join(".");
                            SoqlError::malformed(
                                path.at,
                                format!("Field must be grouped or aggregated: {name}"),
                            )
                        })?;
                    let last = resolved.names.last().map_or("", |name| name);
                    let name = alias.unwrap_or(last).to_owned();
                    columns.push(Column::Group { name, place });
                }
                Item::Aggregate(aggregate, alias) => {
                    let place = self.compute(aggregate, &mut computed)?;
                    let name = alias.map_or_else(
                        || {
                            unnamed += 1;
                            format!("expr{}", unnamed - 1)
                        },
                        str::to_owned,
                    );
                    columns.push(Column::Aggregate { name, place });
                }
                Item::Fields(_, at) | Item::Subquery(_, at) => {
                    return Err(SoqlError::malformed(
                        *at,
                        "not allowed in an aggregate query",
                    ));
                }
            }
        }
        let mut keys = Vec::new();
        for item in &query.order_by {
            let key = match &item.key {
                OrderKey::Aggregate(aggregate) => {
                    GroupKey::Aggregate(self.compute(aggregate, &mut computed)?)
                }
                OrderKey::Path(path) => {
                    let resolved = self.path(path)?;
                    let place = by.iter().position(|group| *group == resolved.path);
                    GroupKey::Group(place.ok_or_else(|| {
                        SoqlError::malformed(
                            path.at,
                            format!(
                                "Ordered field must be grouped or aggregated: {}",
                                path.names.join(".")
                            ),
                        )
                    })?)
                }
            };
            keys.push(order(key, item.descending, item.nulls_last));
        }
        let shape = Shape::Groups {
            by,
            computed,
            columns,
        };
        Ok((shape, Vec::new(), keys))
    }

    /// The place of the function's result among those that are computed for each group.
    fn compute(
        &self,
        aggregate: &Aggregate<'_>,
        computed: &mut Vec<Computed>,
    ) -> Result<usize, SoqlError> {
        let path = aggregate.path.as_ref().map(|path| self.filterable(path));
        let path = path.transpose()?.map(|resolved| resolved.path);
        let wanted = Computed {
            function: aggregate.function,
            path,
        };
        Ok(computed
            .iter()
            .position(|known| *known == wanted)
            .unwrap_or_else(|| {
                computed.push(wanted);
                computed.len() - 1
            }))
    }
}

fn names(node: &Node, name: &str) -> bool {
    matches!(node, Node::Field(known) if &**known == name)
}

/// Adds a field to the tree of what is answered; fields behind the same relationship come together.
fn add(
    nodes: &mut Vec<Node>,
    resolved: &Resolved<'_>,
    object: &crate::salesforce::schema::SObject,
) {
    let first = object.fields().get(resolved.path.first);
    let steps = first.map(|field| field.name.as_ref().into());
    let fields: Vec<Box<str>> = steps
        .into_iter()
        .chain(resolved.path.rest.iter().cloned())
        .collect();
    add_steps(nodes, &resolved.names, &fields);
}

fn add_steps(nodes: &mut Vec<Node>, names: &[Box<str>], fields: &[Box<str>]) {
    match (names, fields) {
        ([name], _) if !nodes.iter().any(|node| self::names(node, name)) => {
            nodes.push(Node::Field(name.clone()));
        }
        ([_], _) => {}
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
            if let Some(Node::Parent { nodes, .. }) = nodes.get_mut(place) {
                add_steps(nodes, names, fields);
            }
        }
        _ => {}
    }
}
