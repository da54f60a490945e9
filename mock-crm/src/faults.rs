//! Faults that a test plays: which call, and what happens to it. Free while none is set.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use http::Method;
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};

use crate::tenant::Crm;

/// Which calls a fault is for, and what it does. What is left out matches every call.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Only this vendor.
    #[serde(default)]
    pub crm: Option<Crm>,
    /// Only this org or portal.
    #[serde(default)]
    pub org: Option<String>,
    /// Only calls with the token of this id.
    #[serde(default)]
    pub token: Option<String>,
    /// Only this method.
    #[serde(default)]
    pub method: Option<String>,
    /// Only paths of this pattern, in which `*` stands for any text: `/crm/v3/objects/contacts*`.
    #[serde(default)]
    pub path: Option<String>,
    /// Only calls by one of these routes: what hits a call of one of them hits none of another. Empty: any route.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
    /// The first matching call that is hit, counted from 1.
    #[serde(default = "one")]
    pub nth: u32,
    /// How many calls are hit from there on; `null`: all.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// What happens to a call that is hit.
    pub action: Action,
}

/// Calls of one method whose path has one form.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The method.
    pub method: String,
    /// A pattern, in which `*` stands for any text.
    pub path: String,
}

fn one() -> u32 {
    1
}

#[allow(clippy::unnecessary_wraps, reason = "the default of an optional field")]
fn once() -> Option<u32> {
    Some(1)
}

/// What happens to a call.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The vendor's refusal; nothing is written.
    Refuse(Refusal),
    /// What the call asks for is done, and then the vendor's refusal is the answer.
    RefuseAfter(Refusal),
    /// This answer; nothing is written.
    Answer {
        /// HTTP status.
        status: u16,
        /// Content type and body.
        #[serde(default)]
        body: serde_json::Value,
    },
    /// The call is answered as ever, this much later.
    Delay {
        /// Milliseconds.
        milliseconds: u64,
    },
    /// The connection is closed without an answer, and nothing is written.
    ResetBefore,
    /// What the call asks for is done, and then the connection is closed without an answer.
    ResetAfter,
    /// What the call asks for is done, and the answer ends after this many bytes of its body.
    Truncate {
        /// Bytes of the body that are sent.
        bytes: usize,
    },
    /// The call's token ends as if its time were over, before the call is looked at.
    ExpireToken,
    /// The call's token is revoked, before the call is looked at.
    RevokeToken,
}

/// A refusal that both vendors know, each in its own shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Too many calls: Salesforce's `REQUEST_LIMIT_EXCEEDED`, HubSpot's 429.
    RateLimit {
        /// Seconds of a `Retry-After` header; `None`: no such header.
        #[serde(default)]
        retry_after: Option<u32>,
    },
    /// The row is locked: `UNABLE_TO_LOCK_ROW`, HubSpot's 423.
    LockedRow,
    /// 503.
    Unavailable {
        /// Seconds of a `Retry-After` header.
        #[serde(default)]
        retry_after: Option<u32>,
    },
    /// 500.
    ServerError,
    /// Too many calls at once: Salesforce's `REQUEST_LIMIT_EXCEEDED` of concurrent requests, HubSpot's 429.
    ConcurrentLimit,
    /// Salesforce's `API_DISABLED_FOR_ORG`; HubSpot has no such refusal and answers as to `ServerError`.
    ApiDisabled,
    /// Salesforce's `QUERY_TIMEOUT`; HubSpot as to `ServerError`.
    QueryTimeout,
    /// Salesforce's `QUERY_TOO_COMPLICATED`; HubSpot as to `ServerError`.
    QueryTooComplicated,
    /// HubSpot's 429 of the searches of a second; Salesforce as to `RateLimit`.
    SearchLimit,
    /// HubSpot's 429 of the day; Salesforce as to `RateLimit`.
    DailyLimit,
    /// HubSpot's 403 of doors that are not open to every app; Salesforce as to `ApiDisabled`.
    NotPublic,
    /// 414: the address is too long.
    UriTooLong,
    /// HubSpot's 477, while it moves an account; Salesforce as to `Unavailable`.
    Migrating {
        /// Seconds of a `Retry-After` header.
        #[serde(default)]
        retry_after: Option<u32>,
    },
    /// What a server between the client and the vendor answers, by status: 502, 504, and 521 to 524.
    Gateway {
        /// HTTP status.
        status: u16,
    },
    /// HubSpot's 2xx to a batch in which nothing was done and nothing is said; Salesforce as to `ServerError`.
    EmptyResults,
}

impl Refusal {
    /// What is wrong with it, if anything is.
    pub fn problem(self) -> Option<String> {
        match self {
            Self::Gateway { status } if !matches!(status, 502 | 504 | 521..=524) => Some(format!(
                "the status of a gateway is 502, 504 or 521 to 524, not {status}"
            )),
            _ => None,
        }
    }
}

/// A call, as far as faults look at it.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// Which vendor.
    pub crm: Crm,
    /// Which org or portal, if the token leads to one.
    pub org: Option<&'a str>,
    /// The id of the token.
    pub token: Option<&'a str>,
    /// Method.
    pub method: &'a Method,
    /// Path without query.
    pub path: &'a str,
}

/// The faults of a server.
#[derive(Debug, Default)]
pub struct Faults {
    armed: AtomicUsize,
    added: AtomicUsize,
    faults: RwLock<Vec<Arc<Armed>>>,
}

/// A fault that was set.
#[derive(Debug)]
pub struct Armed {
    /// Its id: `f1`.
    pub id: Arc<str>,
    /// What was asked for.
    pub fault: Fault,
    matched: AtomicU32,
}

impl Armed {
    /// How many calls it was played to.
    pub fn hits(&self) -> u32 {
        let matched = self.matched.load(Ordering::SeqCst);
        let reached = matched.saturating_sub(self.fault.nth.saturating_sub(1));
        self.fault.times.map_or(reached, |times| reached.min(times))
    }

    fn hit(&self, call: &Call<'_>) -> bool {
        if !matches(&self.fault, call) {
            return false;
        }
        let call_number = self.matched.fetch_add(1, Ordering::SeqCst) + 1;
        let first = self.fault.nth.max(1);
        call_number >= first
            && self
                .fault
                .times
                .is_none_or(|times| call_number - first < times)
    }
}

impl Faults {
    /// Sets a fault; its id.
    pub fn add(&self, fault: Fault) -> Arc<str> {
        let id: Arc<str> = format!("f{}", self.added.fetch_add(1, Ordering::SeqCst) + 1).into();
        let mut faults = self.faults.write();
        faults.push(Arc::new(Armed {
            id: id.clone(),
            fault,
            matched: AtomicU32::new(0),
        }));
        self.armed.store(faults.len(), Ordering::SeqCst);
        id
    }

    /// Takes a fault away.
    pub fn remove(&self, id: &str) -> Option<Arc<Armed>> {
        let mut faults = self.faults.write();
        let index = faults.iter().position(|armed| &*armed.id == id)?;
        let removed = faults.remove(index);
        self.armed.store(faults.len(), Ordering::SeqCst);
        Some(removed)
    }

    /// Takes the faults of a closed org or portal away.
    pub fn remove_of(&self, org: &str) {
        let mut faults = self.faults.write();
        faults.retain(|armed| armed.fault.org.as_deref() != Some(org));
        self.armed.store(faults.len(), Ordering::SeqCst);
    }

    /// All of them.
    pub fn all(&self) -> Vec<Arc<Armed>> {
        self.faults.read().clone()
    }

    /// The fault to play to this call: the first that matches and is due. Later ones that match count the call, too.
    pub fn due(&self, call: &Call<'_>) -> Option<Arc<Armed>> {
        if self.armed.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let faults = self.faults.read();
        let mut due = None;
        for armed in faults.iter() {
            if armed.hit(call) && due.is_none() {
                due = Some(armed.clone());
            }
        }
        due
    }
}

fn matches(fault: &Fault, call: &Call<'_>) -> bool {
    fault.crm.is_none_or(|crm| crm == call.crm)
        && fault.org.as_deref().is_none_or(|org| call.org == Some(org))
        && fault
            .token
            .as_deref()
            .is_none_or(|token| call.token == Some(token))
        && fault
            .method
            .as_deref()
            .is_none_or(|method| call.method.as_str().eq_ignore_ascii_case(method))
        && fault
            .path
            .as_deref()
            .is_none_or(|pattern| glob(pattern, call.path))
        && (fault.routes.is_empty() || fault.routes.iter().any(|route| route.leads(call)))
}

impl Route {
    fn leads(&self, call: &Call<'_>) -> bool {
        call.method.as_str().eq_ignore_ascii_case(&self.method) && glob(&self.path, call.path)
    }
}

/// Whether `text` has the form of `pattern`, in which `*` stands for any text.
fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.any(|at| glob(rest, &text[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: serde_json::Value) -> Fault {
        serde_json::from_value(json).unwrap()
    }

    fn call(path: &'static str) -> Call<'static> {
        Call {
            crm: Crm::Hubspot,
            org: Some("62515"),
            token: Some("t1"),
            method: &Method::POST,
            path,
        }
    }

    #[test]
    fn a_fault_hits_the_nth_matching_call_and_no_other() {
        let faults = Faults::default();
        faults.add(fault(
            serde_json::json!({ "path": "/crm/*/contacts*", "nth": 2, "action": "reset_after" }),
        ));

        let hits = [
            "/crm/v3/objects/contacts",
            "/crm/v3/owners",
            "/crm/v3/objects/contacts/batch/create",
        ]
        .into_iter()
        .chain(["/crm/v3/objects/contacts"])
        .map(|path| faults.due(&call(path)).is_some())
        .collect::<Vec<_>>();

        assert_eq!(hits, [false, false, true, false]);
        assert_eq!(faults.all()[0].hits(), 1);
    }

    #[test]
    fn a_fault_of_several_routes_hits_one_call_of_all_of_them() {
        let faults = Faults::default();
        faults.add(fault(serde_json::json!({
            "routes": [
                { "method": "POST", "path": "/crm/*/objects/*s" },
                { "method": "post", "path": "/crm/*/batch/create" },
            ],
            "action": "reset_after",
        })));

        let hits = [
            "/crm/v3/objects/contacts/search",
            "/crm/v3/objects/contacts/batch/create",
            "/crm/v3/objects/contacts",
        ]
        .map(|path| faults.due(&call(path)).is_some());

        assert_eq!(hits, [false, true, false]);
    }

    #[test]
    fn a_fault_is_for_its_org_token_and_method_only() {
        let faults = Faults::default();
        for narrow in [
            "\"org\":\"1\"",
            "\"token\":\"t2\"",
            "\"method\":\"GET\"",
            "\"crm\":\"salesforce\"",
        ] {
            faults.add(
                serde_json::from_str(&format!("{{{narrow},\"action\":\"reset_before\"}}")).unwrap(),
            );
        }

        assert!(faults.due(&call("/")).is_none());
    }
}
