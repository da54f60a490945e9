//! Aggregate queries. SOQL reference, "GROUP BY", "HAVING", "Aggregate Functions".

use super::operand::{Target, Use};
use super::{Binder, order};
use crate::query::Filter;
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::functions::{Function, Shown};
use crate::salesforce::soql::plan::{Column, Computed, FieldPath, GroupKey, Groups};
use crate::salesforce::soql::syntax::{Call, Condition, GroupingSets, Item, Operand, Query};

/// What is known while the columns are read.
struct Grouping {
    by: Vec<Target<FieldPath>>,
    computed: Vec<Computed>,
    unnamed: usize,
}

impl Grouping {
    fn place(&self, path: &FieldPath) -> Option<usize> {
        self.by.iter().position(|group| group.field == *path)
    }

    /// Columns without a name are numbered.
    fn name(&mut self, alias: Option<&str>) -> String {
        let number = self.unnamed;
        self.unnamed += usize::from(alias.is_none());
        alias.map_or_else(|| format!("expr{number}"), str::to_owned)
    }

    /// The place of a function's result among those that are computed for each group.
    fn compute(&mut self, wanted: Computed) -> usize {
        let known = self.computed.iter().position(|known| *known == wanted);
        known.unwrap_or_else(|| {
            self.computed.push(wanted);
            self.computed.len() - 1
        })
    }
}

impl Binder<'_> {
    pub(super) fn groups(&self, query: &Query<'_>) -> Result<Groups, SoqlError> {
        let by = query.group_by.operands.iter();
        let by = by.map(|operand| self.target(operand, Use::Group));
        let mut grouping = Grouping {
            by: by.collect::<Result<_, _>>()?,
            computed: Vec::new(),
            unnamed: 0,
        };
        let columns = query.select.iter();
        let columns = columns.map(|item| self.column(item, &mut grouping));
        let columns = columns.collect::<Result<_, _>>()?;
        let having = match &query.having {
            Some(having) => self.having(having, &mut grouping)?,
            None => Filter::All(Vec::new()),
        };
        let mut keys = Vec::new();
        for item in &query.order_by {
            let key = self.group_key(&item.key, "Ordered field", &mut grouping)?;
            keys.push(order(key.field, item.descending, item.nulls_last));
        }
        Ok(Groups {
            sets: sets(query.group_by.sets, grouping.by.len()),
            by: grouping.by.into_iter().map(|group| group.field).collect(),
            computed: grouping.computed,
            columns,
            having,
            order: keys,
        })
    }

    fn column(&self, item: &Item<'_>, grouping: &mut Grouping) -> Result<Column, SoqlError> {
        match item {
            Item::Operand(Operand::Call(call), alias) => self.called(call, *alias, false, grouping),
            Item::Operand(operand @ Operand::Path(path), alias) => {
                let key = self.group_key(operand, "Field", grouping)?;
                let last = self.path(path)?.names.pop().unwrap_or_default();
                Ok(Column::Group {
                    name: alias.unwrap_or(&last).to_owned(),
                    place: place_of(key.field),
                    kind: key.kind,
                })
            }
            Item::Fields(_, at) | Item::Subquery(_, at) => Err(SoqlError::malformed(
                *at,
                "not allowed in an aggregate query",
            )),
            Item::TypeOf(type_of) => Err(SoqlError::malformed(
                type_of.relationship.at,
                "TYPEOF is not allowed in an aggregate query",
            )),
        }
    }

    fn called(
        &self,
        call: &Call<'_>,
        alias: Option<&str>,
        formatted: bool,
        grouping: &mut Grouping,
    ) -> Result<Column, SoqlError> {
        match (call.function, call.argument.as_deref()) {
            (Function::Shown(shown), Some(Operand::Call(inner))) => {
                self.called(inner, alias, formatted || shown == Shown::Format, grouping)
            }
            (Function::Grouping, Some(argument)) => {
                let key = self.group_key(argument, "Field", grouping)?;
                Ok(Column::Subtotal {
                    name: grouping.name(alias),
                    place: place_of(key.field),
                })
            }
            (Function::Aggregate(_), _) => {
                let key = self.aggregate(call, grouping)?;
                Ok(Column::Aggregate {
                    name: grouping.name(alias),
                    place: place_of(key.field),
                    kind: key.kind,
                    formatted,
                })
            }
            _ => {
                let operand = Operand::Call(call.clone());
                let key = self.group_key(&operand, "Field", grouping)?;
                Ok(Column::Group {
                    name: grouping.name(alias),
                    place: place_of(key.field),
                    kind: key.kind,
                })
            }
        }
    }

    fn having(
        &self,
        having: &Condition<'_>,
        grouping: &mut Grouping,
    ) -> Result<Filter<GroupKey>, SoqlError> {
        super::semi_join::absent(having)?;
        let grouping = std::cell::RefCell::new(grouping);
        self.condition_of(having, &|operand| {
            self.group_key(operand, "Field", &mut grouping.borrow_mut())
        })
    }

    /// A function over groups, or one of the fields that are grouped by.
    fn group_key(
        &self,
        operand: &Operand<'_>,
        what: &str,
        grouping: &mut Grouping,
    ) -> Result<Target<GroupKey>, SoqlError> {
        if let Operand::Call(call) = operand
            && matches!(call.function, Function::Aggregate(_))
        {
            return self.aggregate(call, grouping);
        }
        let target = match operand {
            // A field that can't be grouped by is told that it isn't.
            Operand::Path(path) => {
                let resolved = self.path(path)?;
                Target {
                    kind: resolved.kind(),
                    name: resolved.name().to_owned(),
                    field: resolved.path,
                }
            }
            Operand::Call(_) => self.target(operand, Use::Group)?,
        };
        let Some(place) = grouping.place(&target.field) else {
            let message = format!("{what} must be grouped or aggregated: {}", operand.text());
            return Err(SoqlError::malformed(operand.at(), message));
        };
        Ok(Target {
            field: GroupKey::Group(place),
            kind: target.kind,
            name: target.name,
        })
    }

    fn aggregate(
        &self,
        call: &Call<'_>,
        grouping: &mut Grouping,
    ) -> Result<Target<GroupKey>, SoqlError> {
        let Function::Aggregate(function) = call.function else {
            return Err(SoqlError::unexpected(call.at, call.function.name()));
        };
        let Some(argument) = call.argument.as_deref() else {
            return Err(SoqlError::malformed(
                call.at,
                "COUNT() must be the only element of the SELECT list",
            ));
        };
        let target = match argument {
            Operand::Path(_) => self.target(argument, Use::Filter)?,
            // Currencies are all the same.
            Operand::Call(Call {
                function: Function::Shown(Shown::Currency),
                argument: Some(inner),
                ..
            }) => self.target(inner, Use::Filter)?,
            Operand::Call(inner) => {
                return Err(SoqlError::unexpected(inner.at, inner.function.name()));
            }
        };
        if !function.takes(target.kind) {
            let message = format!(
                "field {} does not support aggregate operator {}",
                target.name,
                call.function.name()
            );
            return Err(SoqlError::malformed(argument.at(), message));
        }
        let place = grouping.compute(Computed {
            function,
            path: Some(target.field),
        });
        Ok(Target {
            field: GroupKey::Aggregate(place),
            kind: function.kind(target.kind),
            name: format!("{}({})", call.function.name(), target.name),
        })
    }
}

fn place_of(key: GroupKey) -> usize {
    match key {
        GroupKey::Group(place) | GroupKey::Aggregate(place) => place,
    }
}

/// Which of `count` fields count in each of the groupings; the whole one first.
fn sets(sets: GroupingSets, count: usize) -> Vec<Vec<bool>> {
    match sets {
        GroupingSets::All => vec![vec![true; count]],
        GroupingSets::Rollup => (0..=count)
            .rev()
            .map(|kept| (0..count).map(|place| place < kept).collect())
            .collect(),
        GroupingSets::Cube => (0..1_usize << count)
            .map(|left_out| (0..count).map(|place| left_out >> place & 1 == 0).collect())
            .collect(),
    }
}
