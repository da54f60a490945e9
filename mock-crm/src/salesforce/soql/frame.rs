//! Errors of a query, with the place in it.

use super::syntax::Condition;
use crate::salesforce::error::ApiError;
use crate::salesforce::spec::Switches;

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::salesforce) struct SoqlError {
    kind: SoqlErrorKind,
    at: usize,
    message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SoqlErrorKind {
    Malformed,
    Field,
    Object,
    NotSimulated,
    /// A refusal that has no place.
    Plain(Plain),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plain {
    IdFilter,
    Offset,
    Search,
}

impl SoqlError {
    fn new(kind: SoqlErrorKind, at: usize, message: impl Into<String>) -> Self {
        Self {
            kind,
            at,
            message: message.into(),
        }
    }

    /// `MALFORMED_QUERY`
    pub(super) fn malformed(at: usize, message: impl Into<String>) -> Self {
        Self::new(SoqlErrorKind::Malformed, at, message)
    }

    pub(super) fn unexpected(at: usize, token: &str) -> Self {
        Self::malformed(at, format!("unexpected token: '{token}'"))
    }

    /// `INVALID_FIELD`
    pub(super) fn field(at: usize, message: impl Into<String>) -> Self {
        Self::new(SoqlErrorKind::Field, at, message)
    }

    pub(super) fn no_such_column(at: usize, column: &str, object: &str) -> Self {
        let message = format!(
            "No such column '{column}' on entity '{object}'. If you are attempting to use a custom field, be sure to \
             append the '__c' after the custom field name. Please reference your WSDL or the describe call for the \
             appropriate names."
        );
        Self::field(at, message)
    }

    pub(super) fn no_such_relationship(at: usize, relationship: &str) -> Self {
        let message = format!(
            "Didn't understand relationship '{relationship}' in field path. If you are attempting to use a custom \
             relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL \
             or the describe call for the appropriate names."
        );
        Self::field(at, message)
    }

    /// `INVALID_TYPE`
    pub(super) fn no_such_object(at: usize, object: &str) -> Self {
        let message = format!(
            "sObject type '{object}' is not supported. If you are attempting to use a custom object, be sure to append \
             the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate \
             names."
        );
        Self::new(SoqlErrorKind::Object, at, message)
    }

    /// The wording is unverified.
    pub(super) fn having_without_groups(having: &Condition<'_>) -> Self {
        let at = having.at();
        Self::malformed(at, "HAVING needs GROUP BY or an aggregate function")
    }

    /// Correct SOQL that the mock does not understand.
    pub(super) fn not_simulated(at: usize, what: impl Into<String>) -> Self {
        Self::new(SoqlErrorKind::NotSimulated, at, what)
    }

    pub(super) fn id_filter(value: &str) -> Self {
        Self::new(SoqlErrorKind::Plain(Plain::IdFilter), 0, value)
    }

    pub(super) fn offset() -> Self {
        Self::new(SoqlErrorKind::Plain(Plain::Offset), 0, "")
    }

    /// `MALFORMED_SEARCH`, of a search as a whole.
    pub(in crate::salesforce) fn search(message: impl Into<String>) -> Self {
        Self::new(SoqlErrorKind::Plain(Plain::Search), 0, message)
    }

    /// What is wrong with the object that a search is to return.
    pub(in crate::salesforce) fn not_searchable(at: usize, object: &str) -> Self {
        // The wording is unverified.
        let message = format!("entity type {object} does not support search");
        Self::new(SoqlErrorKind::Object, at, message)
    }

    /// As [`Self::malformed`], for the other modules of searches.
    pub(in crate::salesforce) fn malformed_at(at: usize, message: impl Into<String>) -> Self {
        Self::malformed(at, message)
    }

    /// As [`Self::in_frame`], for a search: `MALFORMED_SEARCH` instead of `MALFORMED_QUERY`.
    pub(in crate::salesforce) fn in_search(self, search: &str) -> ApiError {
        match self.in_frame(search) {
            ApiError::MalformedQuery { message } => ApiError::MalformedSearch { message },
            error => error,
        }
    }

    /// What is wrong, without the place.
    pub(in crate::salesforce) fn message(&self) -> &str {
        &self.message
    }

    /// The refusal, in the vendor's frame where the org gives one.
    pub(in crate::salesforce) fn refused(self, query: &str, switches: &Switches) -> ApiError {
        match self.kind {
            SoqlErrorKind::Malformed if !switches.malformed_query_frame => {
                ApiError::MalformedQuery {
                    message: self.message,
                }
            }
            _ => self.in_frame(query),
        }
    }

    /// The refusal in the vendor's frame: the line, a caret under the place, the place, the text.
    pub(in crate::salesforce) fn in_frame(self, query: &str) -> ApiError {
        let framed = |message: &str| {
            let before = query.get(..self.at).unwrap_or(query);
            let row = before.matches('\n').count() + 1;
            let line = query.lines().nth(row - 1).unwrap_or_default();
            let column = before
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .chars()
                .count()
                + 1;
            format!(
                "\n{line}\n{}^\nERROR at Row:{row}:Column:{column}\n{message}",
                " ".repeat(column - 1)
            )
        };
        match self.kind {
            SoqlErrorKind::Malformed => ApiError::MalformedQuery {
                message: framed(&self.message),
            },
            SoqlErrorKind::Field => ApiError::InvalidQueryField {
                message: framed(&self.message),
            },
            SoqlErrorKind::Object => ApiError::InvalidType {
                message: framed(&self.message),
            },
            SoqlErrorKind::NotSimulated => ApiError::NotSimulated {
                what: format!("{} in SOQL", self.message),
            },
            SoqlErrorKind::Plain(Plain::IdFilter) => ApiError::InvalidIdFilter {
                value: self.message,
            },
            SoqlErrorKind::Plain(Plain::Offset) => ApiError::OffsetTooLarge,
            SoqlErrorKind::Plain(Plain::Search) => ApiError::MalformedSearch {
                message: self.message,
            },
        }
    }
}
