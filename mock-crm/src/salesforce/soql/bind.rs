//! Syntax to plan: names are looked up in the org's schema, literals become values of the field's type.

mod condition;
mod groups;
mod literal;
mod operand;
mod path;
mod select;
mod semi_join;
mod tree;
mod type_of;

use std::sync::Arc;

use super::frame::SoqlError;
use super::plan::{FieldPath, Plan};
use super::syntax::{Condition, Name, Query};
use crate::clock::Timestamp;
use crate::query::{Direction, Filter, Nulls, Order, Test, Value};
use crate::salesforce::org::Org;
use crate::salesforce::principals::Principal;
use crate::salesforce::schema::{SObject, Schema};
use crate::store::Store;
use path::Resolved;

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
    bind_object(query, object, scope, Nesting::default())
}

fn visible(name: Name<'_>, scope: Scope<'_>) -> Result<Arc<SObject>, SoqlError> {
    let object = scope.org.schema().object(name.text).cloned();
    object
        .filter(|object| scope.principal.sees(object))
        .ok_or_else(|| SoqlError::no_such_object(name.at, name.text))
}

/// How deep a query is inside of others.
#[derive(Clone, Copy, Debug, Default)]
struct Nesting {
    /// Sub-queries in SELECT around it.
    subqueries: usize,
    /// It is the sub-select of a semi-join.
    semi_join: bool,
}

fn bind_object(
    query: &Query<'_>,
    object: Arc<SObject>,
    scope: Scope<'_>,
    nesting: Nesting,
) -> Result<Plan, SoqlError> {
    if query.offset > 2000 {
        return Err(SoqlError::offset());
    }
    let binder = Binder {
        schema: scope.org.schema(),
        object: &object,
        names: names(query),
        now: scope.now,
        scope: Some(scope),
        nesting,
    };
    let condition = query.condition.as_ref();
    semi_join::check(condition, nesting.semi_join)?;
    let mut filters = vec![binder.scope_filter(query.scope)?];
    if let Some(condition) = condition {
        filters.push(binder.condition(condition)?);
    }
    let (shape, order) = binder.shape(query)?;
    Ok(Plan {
        shape,
        filter: Filter::All(filters),
        order,
        limit: query.limit,
        offset: query.offset,
        object,
    })
}

/// What the first name of a path may be, and the relationships that it stands for.
type Names<'b> = Vec<(&'b str, Vec<&'b str>)>;

/// `Contact.Name` and `c.Name` start at the object itself; `a.Name` of `FROM Contact c, c.Account a` does not.
fn names<'q>(query: &Query<'q>) -> Names<'q> {
    let mut names: Names<'q> = vec![(query.from.text, Vec::new())];
    names.extend(query.alias.map(|alias| (alias, Vec::new())));
    for (path, alias) in &query.joined {
        let path = expanded(&path.names, &names);
        names.push((alias.text, path));
    }
    names
}

fn expanded<'q>(path: &[&'q str], names: &Names<'q>) -> Vec<&'q str> {
    let [first, rest @ ..] = path else {
        return Vec::new();
    };
    match names
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(first))
    {
        Some((_, start)) => start.iter().chain(rest).copied().collect(),
        None => path.to_vec(),
    }
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
        names: vec![(&object.name, Vec::new())],
        now: Timestamp(0),
        scope: None,
        nesting: Nesting::default(),
    }
    .condition(condition)
}

struct Binder<'b> {
    schema: &'b Schema,
    object: &'b Arc<SObject>,
    names: Names<'b>,
    now: Timestamp,
    /// `None`: no records to look at, so no sub-selects and no way to other objects.
    scope: Option<Scope<'b>>,
    nesting: Nesting,
}

impl Binder<'_> {
    /// `USING SCOPE`: whose records. Team and territory scopes need what the mock does not have.
    fn scope_filter(&self, name: Option<Name<'_>>) -> Result<Filter<FieldPath>, SoqlError> {
        const OTHERS: [&str; 6] = [
            "delegated",
            "mine_and_my_groups",
            "my_territory",
            "my_team_territory",
            "scopingRule",
            "team",
        ];
        let Some(Name { text, at }) = name else {
            return Ok(Filter::All(Vec::new()));
        };
        let is = |scope: &&str| scope.eq_ignore_ascii_case(text);
        match self.object.place("OwnerId") {
            _ if is(&"everything") => Ok(Filter::All(Vec::new())),
            Some(place) if is(&"mine") => {
                let user = self.scope.map(|scope| scope.principal.id.to_string());
                let user = Value::Text(user.unwrap_or_default().into());
                Ok(Filter::Test(FieldPath::field(place), Test::Equal(user)))
            }
            _ if OTHERS.iter().any(is) => {
                Err(SoqlError::not_simulated(at, format!("USING SCOPE {text}")))
            }
            // The wording is unverified.
            _ => Err(SoqlError::malformed(
                at,
                format!("scope '{text}' is not supported on {}", self.object.name),
            )),
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
