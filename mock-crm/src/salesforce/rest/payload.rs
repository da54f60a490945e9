//! The JSON body of a request.

use std::io::Read;
use std::ops::Deref;

use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use http::{HeaderMap, header};

use crate::salesforce::error::ApiError;

/// A body is no longer than this once it is unpacked.
const LARGEST: usize = 64 << 20;

/// A body that may be JSON: what says that it is something else is refused.
#[derive(Debug)]
pub(in crate::salesforce) struct Payload(Bytes);

impl Deref for Payload {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<S: Send + Sync> FromRequest<S> for Payload {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        check_type(&parts.headers)?;
        let bytes = axum::body::to_bytes(body, LARGEST).await;
        let bytes = bytes.map_err(|_| unreadable("the body ends too early or is too long"))?;
        plain(&parts.headers, bytes).map(Self)
    }
}

/// A body as it was before the client packed it.
pub(in crate::salesforce) fn plain(headers: &HeaderMap, body: Bytes) -> Result<Bytes, ApiError> {
    match headers.get(header::CONTENT_ENCODING) {
        Some(coding) if coding.as_bytes().eq_ignore_ascii_case(b"gzip") => unpacked(&body),
        _ => Ok(body),
    }
}

/// JSON, or nothing said. A body in XML is a feature of the REST API that is not simulated.
fn check_type(headers: &HeaderMap) -> Result<(), ApiError> {
    let Some(given) = headers.get(header::CONTENT_TYPE) else {
        return Ok(());
    };
    let given = given.to_str().unwrap_or_default();
    let kind = given.split(';').next().unwrap_or_default().trim();
    let is = |known: &str| kind.eq_ignore_ascii_case(known);
    match () {
        () if is("application/json") => Ok(()),
        () if is("application/xml") || is("text/xml") || is("multipart/form-data") => {
            Err(ApiError::NotSimulated {
                what: format!("a body of type {kind} here"),
            })
        }
        () => Err(ApiError::UnsupportedMediaType {
            given: kind.to_owned(),
        }),
    }
}

fn unpacked(packed: &[u8]) -> Result<Bytes, ApiError> {
    let mut bytes = Vec::new();
    let mut reader = flate2::read::MultiGzDecoder::new(packed).take(LARGEST as u64 + 1);
    match reader.read_to_end(&mut bytes) {
        Ok(length) if length <= LARGEST => Ok(bytes.into()),
        Ok(_) => Err(unreadable("the body is too long once it is unpacked")),
        Err(_) => Err(unreadable("the body is no gzip")),
    }
}

fn unreadable(message: &str) -> ApiError {
    ApiError::JsonParser {
        message: message.to_owned(),
        line: 1,
        column: 1,
    }
}
