//! Answers of the REST API.

use std::io::Write as _;

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=UTF-8");

/// An answer with a JSON body.
pub(super) fn json(status: StatusCode, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    response
}

/// 204.
pub(super) fn no_content() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// The answer with a header more; a value that can't stand in a header is left out.
pub(super) fn with_header(
    mut response: Response<Body>,
    name: header::HeaderName,
    value: &str,
) -> Response<Body> {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// JSON text. What the mock serialises has string keys and finite numbers only, so it can't fail.
pub(super) fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// Appends a JSON string.
pub(super) fn push_text(body: &mut Vec<u8>, text: &str) {
    // Writing into memory can't fail.
    let _ = serde_json::to_writer(body, text);
}

/// Appends a number as Salesforce prints it: a fraction always, where the type has one.
pub(super) fn push_number(body: &mut Vec<u8>, number: f64, fractional: bool) {
    let _ = if fractional {
        write!(body, "{number:?}")
    } else {
        write!(body, "{number}")
    };
}

/// Appends a whole number. Every answer has two, so the formatting machinery is left out.
pub(super) fn push_count(text: &mut Vec<u8>, mut number: u64) {
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    text.extend_from_slice(&digits[start..]);
}
