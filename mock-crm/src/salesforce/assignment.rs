//! Assignment rules: who gets a lead or a case, whatever the caller wanted.

use std::collections::HashMap;
use std::sync::Arc;

use super::schema::{SObject, Source};
use super::soql::{self, FieldPath};
use super::spec::AssignmentRuleSpec;
use crate::ids::SalesforceId;
use crate::query::{Filter, Value};
use crate::store::ObjectKey;

/// The rules of an org.
#[derive(Debug, Default)]
pub(super) struct AssignmentRules {
    rules: Vec<Rule>,
    defaults: HashMap<ObjectKey, Target>,
}

/// Who gets a record.
#[derive(Clone, Debug)]
pub(super) enum Target {
    User(Arc<str>),
    Queue(Arc<str>),
}

impl Target {
    pub(super) fn id(&self) -> &Arc<str> {
        match self {
            Self::User(id) | Self::Queue(id) => id,
        }
    }

    pub(super) fn user(&self) -> Option<&Arc<str>> {
        match self {
            Self::User(id) => Some(id),
            Self::Queue(_) => None,
        }
    }
}

#[derive(Debug)]
struct Rule {
    id: Arc<str>,
    object: ObjectKey,
    active: bool,
    owner: Target,
    criteria: Option<Filter<FieldPath>>,
}

/// Which rule a request wants run. REST guide, "Assignment Rule Header": on unless it says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum AutoAssign {
    /// The active one.
    #[default]
    Active,
    /// None.
    Off,
    /// This one, active or not.
    Rule(Arc<str>),
}

impl AutoAssign {
    /// The value of a `Sforce-Auto-Assign` header; `None`: neither a truth value nor an id.
    pub(super) fn read(value: &str) -> Option<Self> {
        match value.trim() {
            value if value.eq_ignore_ascii_case("true") => Some(Self::Active),
            value if value.eq_ignore_ascii_case("false") => Some(Self::Off),
            value => SalesforceId::parse(value).map(|id| Self::Rule(id.as_str().into())),
        }
    }
}

/// What the rules say about a record.
#[derive(Debug)]
pub(super) enum Assigned<'r> {
    /// An entry matched.
    ByRule(&'r Target),
    /// A rule ran and nothing matched.
    ByDefault(&'r Target),
}

impl AssignmentRules {
    /// Adds a rule; what is wrong with it, and in which part of the specification.
    pub(super) fn add(
        &mut self,
        id: Arc<str>,
        object: &Arc<SObject>,
        spec: &AssignmentRuleSpec,
        owner: Target,
    ) -> Result<(), (&'static str, String)> {
        let another = |rule: &Rule| rule.active && rule.object == object.key;
        if spec.active && self.rules.iter().any(another) {
            return Err(("active", format!("two rules of {} are active", object.name)));
        }
        let criteria = spec.criteria.as_deref().map(|text| {
            let condition = soql::parse_condition(text)?;
            soql::bind_criteria(&condition, object)
        });
        let criteria = criteria
            .transpose()
            .map_err(|error| ("criteria", error.message().to_owned()))?;
        self.rules.push(Rule {
            id,
            object: object.key,
            active: spec.active,
            owner,
            criteria,
        });
        Ok(())
    }

    pub(super) fn set_default(&mut self, object: ObjectKey, owner: Target) {
        self.defaults.insert(object, owner);
    }

    /// Runs the rule that is wanted over a record; `None` where none runs, and the owner stays as it is.
    pub(super) fn assign<'v>(
        &self,
        object: &SObject,
        wanted: &AutoAssign,
        value: &dyn Fn(&str) -> Value<'v>,
    ) -> Option<Assigned<'_>> {
        let rule = self.rules.iter().find(|rule| {
            rule.object == object.key
                && match wanted {
                    AutoAssign::Active => rule.active,
                    AutoAssign::Off => false,
                    AutoAssign::Rule(id) => rule.id == *id,
                }
        })?;
        let field_value = |path: &FieldPath| {
            object
                .fields()
                .get(path.first)
                .filter(|field| field.source == Source::Body)
                .map_or(Value::Null, |field| value(&field.name))
        };
        let matches = rule
            .criteria
            .as_ref()
            .is_none_or(|criteria| criteria.matches(&field_value));
        if matches {
            return Some(Assigned::ByRule(&rule.owner));
        }
        self.defaults.get(&object.key).map(Assigned::ByDefault)
    }
}
