//! The refusals of one record or request, as the answer has them.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use smallvec::{SmallVec, smallvec};

use super::{ApiError, place};
use crate::salesforce::answer;
use crate::salesforce::bulk::BulkRefusal;

/// The refusals of one record or request. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Refused {
    errors: SmallVec<[Box<ApiError>; 1]>,
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self {
            errors: smallvec![Box::new(error)],
        }
    }
}

impl From<BulkRefusal> for Refused {
    fn from(refusal: BulkRefusal) -> Self {
        ApiError::from(refusal).into()
    }
}

#[derive(Serialize)]
struct RestError<'a> {
    message: String,
    #[serde(rename = "errorCode")]
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<&'a str>>,
}

#[derive(Serialize)]
struct RowError<'a> {
    #[serde(rename = "statusCode")]
    code: &'static str,
    message: String,
    fields: Vec<&'a str>,
}

impl Refused {
    /// One refusal or several; `None` where there is none.
    pub(in crate::salesforce) fn of(errors: Vec<ApiError>) -> Option<Self> {
        let errors: SmallVec<_> = errors.into_iter().map(Box::new).collect();
        (!errors.is_empty()).then_some(Self { errors })
    }

    /// The same, with the places of values that could not be read in the text of the one record they are of.
    #[must_use]
    pub(in crate::salesforce) fn located(mut self, text: &[u8]) -> Self {
        for error in &mut self.errors {
            if let ApiError::CannotDeserialize {
                field,
                line,
                column,
                ..
            } = &mut **error
                && let Some(place) = place::of_value(text, field)
            {
                (*line, *column) = place;
            }
        }
        self
    }

    /// The refusals.
    pub fn errors(&self) -> impl Iterator<Item = &ApiError> {
        self.errors.iter().map(|error| &**error)
    }

    /// The body of a REST answer.
    pub(in crate::salesforce) fn rest_body(&self) -> Vec<u8> {
        let errors: Vec<_> = self
            .errors()
            .map(|error| RestError {
                message: error.to_string(),
                code: error.status_and_code().1,
                fields: error.fields(),
            })
            .collect();
        answer::to_json(&errors)
    }

    /// The `errors` of a row of a collection's answer, where the code is called `statusCode`.
    pub(in crate::salesforce) fn row_errors(&self) -> Vec<u8> {
        let errors: Vec<_> = self
            .errors()
            .map(|error| RowError {
                message: error.to_string(),
                code: error.status_and_code().1,
                fields: error.fields().unwrap_or_default(),
            })
            .collect();
        answer::to_json(&errors)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response<Body> {
        let status = self
            .errors()
            .next()
            .map_or(StatusCode::INTERNAL_SERVER_ERROR, |error| {
                error.status_and_code().0
            });
        let mut response = answer::json(status, self.rest_body());
        if let Some(ApiError::MethodNotAllowed { allowed, .. }) = self.errors().next() {
            response
                .headers_mut()
                .insert(header::ALLOW, HeaderValue::from_static(allowed));
        }
        response
    }
}
