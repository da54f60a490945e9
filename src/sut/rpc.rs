//! The JSON-RPC 2.0 envelope.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The version of the driver protocol that this is.
pub const PROTOCOL: u32 = 1;

/// Error codes: JSON-RPC's own, and the protocol's two.
pub mod code {
    /// The line is no JSON.
    pub const PARSE_ERROR: i64 = -32700;
    /// The line is JSON but no request.
    pub const INVALID_REQUEST: i64 = -32600;
    /// There is no such method.
    pub const UNKNOWN_METHOD: i64 = -32601;
    /// The params are not what the method takes.
    pub const INVALID_PARAMS: i64 = -32602;
    /// The system under test failed; `data` is `{"trace": "…"}`.
    pub const RAISED: i64 = 1;
    /// The system under test cannot do this; `data` is `{"capability": "…"}`.
    pub const UNSUPPORTED: i64 = 2;
}

/// A call.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Request {
    pub(super) jsonrpc: Version,
    pub(super) id: Value,
    pub(super) method: String,
    #[serde(default)]
    pub(super) params: Value,
}

/// An answer: a result or an error.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Response {
    pub(super) jsonrpc: Version,
    pub(super) id: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) result: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<ErrorObject>,
}

/// Why there is no result.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct ErrorObject {
    pub(super) code: i64,
    pub(super) message: String,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub(super) data: Value,
}

/// The literal `"2.0"`.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(super) enum Version {
    #[serde(rename = "2.0")]
    Two,
}

impl Response {
    pub(super) fn new(id: Value, outcome: Result<Value, ErrorObject>) -> Self {
        let (result, error) = match outcome {
            Ok(result) => (Some(result), None),
            Err(error) => (None, Some(error)),
        };
        Response {
            jsonrpc: Version::Two,
            id,
            result,
            error,
        }
    }
}

impl ErrorObject {
    pub(super) fn new(code: i64, message: impl Into<String>) -> Self {
        ErrorObject {
            code,
            message: message.into(),
            data: Value::Null,
        }
    }
}
