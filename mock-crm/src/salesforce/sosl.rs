//! SOSL: words that are looked for in the texts of records, whatever object they are of.
//!
//! A word is found as soon as it is stored; real orgs index a little later.

mod group;
mod term;

use super::schema::SObject;
use super::soql::{self, Plan, Scope, SoqlError};
use crate::store::Serial;
use group::Group;
pub(super) use term::Term;

/// The most records of one search. SOSL reference, "LIMIT".
const MOST: usize = 2000;

/// The longest search, in characters. Salesforce, "SOQL and SOSL Limits".
const LONGEST: usize = 100_000;

/// What is looked for, and where.
#[derive(Debug)]
pub(super) struct Search {
    term: Term,
    group: Group,
    plans: Vec<Plan>,
    limit: usize,
}

/// Reads `FIND {term} IN … RETURNING …`.
///
/// # Errors
/// With the place, where the text is no SOSL, or names what the org has not.
pub(super) fn bind(text: &str, scope: Scope<'_>) -> Result<Search, SoqlError> {
    if text.chars().count() > LONGEST {
        let message = "SOSL statements cannot be longer than 100000 characters.";
        return Err(SoqlError::search(message));
    }
    let (term, end) = find(text)?;
    bind_term(Term::read(term)?, text, end, scope)
}

/// Reads the clauses in `text` from the byte `start` on.
///
/// # Errors
/// As [`bind`].
pub(super) fn bind_term(
    term: Term,
    text: &str,
    start: usize,
    scope: Scope<'_>,
) -> Result<Search, SoqlError> {
    let clauses = soql::parse_search(text, start)?;
    let group = match clauses.group {
        Some(name) => Group::named(name.text).ok_or_else(|| {
            SoqlError::malformed_at(name.at, format!("unexpected token: '{}'", name.text))
        })?,
        None => Group::All,
    };
    let mut plans = Vec::new();
    for query in &clauses.returning {
        let plan = soql::bind(query, scope)?;
        if !plan.answers_records() {
            let message = "RETURNING takes no aggregate functions";
            return Err(SoqlError::malformed_at(query.from.at, message));
        }
        if !searchable(&plan.object) {
            return Err(SoqlError::not_searchable(query.from.at, query.from.text));
        }
        plans.push(plan);
    }
    if clauses.returning.is_empty() {
        plans = everywhere(scope)?;
    }
    Ok(Search {
        term,
        group,
        plans,
        limit: clauses.limit.map_or(MOST, |limit| limit.min(MOST)),
    })
}

/// The term between the braces, and where the text goes on.
fn find(text: &str) -> Result<(&str, usize), SoqlError> {
    let start = text.trim_start();
    let word = start.get(..4).unwrap_or(start);
    if !word.eq_ignore_ascii_case("FIND") {
        let word = start.split_whitespace().next().unwrap_or("<EOF>");
        let at = text.len() - start.len();
        return Err(SoqlError::malformed_at(
            at,
            format!("unexpected token: '{word}'"),
        ));
    }
    let no_term =
        || SoqlError::search("No search term found. The search term must be enclosed in braces.");
    let braced = start[4..].trim_start();
    let inner = braced.strip_prefix('{').ok_or_else(no_term)?;
    let mut escaped = false;
    let close = inner.find(|letter| {
        let closes = letter == '}' && !escaped;
        escaped = letter == '\\' && !escaped;
        closes
    });
    let term = &inner[..close.ok_or_else(no_term)?];
    let end = text.len() - inner.len() + term.len() + 1;
    Ok((term, end))
}

/// Records of the set-up can't be found, but for users.
fn searchable(object: &SObject) -> bool {
    !object.setup || object.name == "User"
}

/// The ids of all objects that can be found: what a search without RETURNING answers.
fn everywhere(scope: Scope<'_>) -> Result<Vec<Plan>, SoqlError> {
    let objects = scope.org.schema().objects().iter();
    let objects = objects.filter(|object| searchable(object) && scope.principal.sees(object));
    let plans = objects.map(|object| {
        let query = format!("SELECT Id FROM {}", object.name);
        soql::bind(&soql::parse(&query)?, scope)
    });
    plans.collect()
}

impl Search {
    /// The records that are found, by the plan that says what of them is answered.
    pub(super) fn run(&self, scope: Scope<'_>) -> Vec<(&Plan, Vec<Serial>)> {
        let mut left = self.limit;
        let found = self.plans.iter().map(|plan| {
            let fields: Vec<_> = self.group.fields(&plan.object).collect();
            let wanted = |row: &super::records::row::Row<'_>| {
                let texts: Vec<_> = fields.iter().map(|field| row.value(field)).collect();
                self.term.matches(&term::words(&texts))
            };
            let mut serials = match left {
                0 => Vec::new(),
                _ => soql::run_where(plan, scope, &wanted),
            };
            serials.truncate(left);
            left -= serials.len();
            (plan, serials)
        });
        found.collect()
    }
}
