//! Sub-requests one after the other, each seeing the answers before it.

use std::collections::{BTreeMap, HashSet};

use futures::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Deserialize;
use serde_json::Value;

use super::reference::References;
use super::subrequest::{Done, Inner, Subrequest};
use crate::salesforce::answer;
use crate::salesforce::error::ApiError;
use crate::salesforce::rest::{Caller, Outer, Within};

/// From here on a reference id with other characters refuses the whole call; before it, only references to it fail.
/// REST guide, "Behavior and Responses If There Are Illegal Characters in Reference IDs".
const STRICT_IDS_SINCE: u8 = 52;

/// A sub-request as it was asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Wanted {
    method: String,
    url: String,
    reference_id: String,
    body: Option<Value>,
    #[serde(default)]
    http_headers: BTreeMap<String, String>,
}

impl Wanted {
    /// The path after the version.
    fn resource(&self) -> &str {
        let path = self.url.split('?').next().unwrap_or_default();
        let rest = path.strip_prefix("/services/data/").unwrap_or_default();
        rest.split_once('/').map_or("", |(_, resource)| resource)
    }

    fn of_collection(&self) -> bool {
        self.resource().starts_with("composite/sobjects")
    }

    /// Queries and collections, of which there may be few.
    pub(super) fn heavy(&self) -> bool {
        self.of_collection() || self.resource().starts_with("query")
    }

    /// The headers, of which three are the call's own affair. REST guide, "Composite Subrequest".
    fn headers(&self) -> Result<HeaderMap, ApiError> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.http_headers {
            let refused = || ApiError::HeaderInSubrequest { name: name.clone() };
            let known = HeaderName::try_from(name).map_err(|_| refused())?;
            if [header::ACCEPT, header::AUTHORIZATION, header::CONTENT_TYPE].contains(&known) {
                return Err(refused());
            }
            headers.insert(known, HeaderValue::try_from(value).map_err(|_| refused())?);
        }
        Ok(headers)
    }

    fn filled(&self, references: &References) -> Result<Subrequest, ApiError> {
        let body = match self.body.clone() {
            Some(mut body) => {
                references.fill(&mut body)?;
                answer::to_json(&body)
            }
            None => Vec::new(),
        };
        Ok(Subrequest {
            method: self.method.clone(),
            url: references.text(&self.url)?,
            headers: self.headers()?,
            body,
        })
    }

    /// Whether the answer is a failure for those who want all or none: a collection's says so row by row.
    fn failed(&self, done: &Done) -> bool {
        let row_failed = |row: &Value| row.get("success") == Some(&Value::Bool(false));
        let rows = || serde_json::from_slice::<Vec<Value>>(&done.body).unwrap_or_default();
        done.failed() || (self.of_collection() && rows().iter().any(row_failed))
    }
}

/// Sub-requests that may refer to those before them.
#[derive(Debug)]
pub(super) struct Chain<'c> {
    inner: &'c Inner,
    caller: &'c Caller,
    within: Within,
    resources: Resources,
    wanted: Vec<Wanted>,
}

impl<'c> Chain<'c> {
    /// Checks what concerns the call as a whole.
    pub(super) fn new(
        inner: &'c Inner,
        outer: &'c Outer,
        resources: Resources,
        wanted: Vec<Wanted>,
    ) -> Result<Self, ApiError> {
        let mut seen = HashSet::new();
        for wanted in &wanted {
            let id = &wanted.reference_id;
            if !seen.insert(id) {
                return Err(ApiError::DuplicateReferenceId { id: id.clone() });
            }
            if !valid_id(id) && outer.caller.version.major >= STRICT_IDS_SINCE {
                return Err(ApiError::MalformedReferenceId { id: id.clone() });
            }
            wanted.headers()?;
        }
        Ok(Self {
            inner,
            caller: &outer.caller,
            within: outer.within(resources.door()),
            resources,
            wanted,
        })
    }

    /// Answers one after the other, whatever becomes of each.
    pub(super) async fn run(&self) -> Vec<Done> {
        self.run_until(|_, _| false).await
    }

    /// Answers all, or takes back what those before a failure did. The second value: whether all succeeded.
    pub(super) fn run_all_or_none(&self) -> Result<(Vec<Done>, bool), ApiError> {
        let run = || match self.run_until(Wanted::failed).now_or_never() {
            Some(done) if !self.last_failed(&done) => Ok(done),
            stopped => Err(stopped),
        };
        match self.caller.org().transaction(run) {
            Ok(done) => Ok((done, true)),
            Err(Some(done)) => Ok((self.rolled_back(done), false)),
            Err(None) => Err(ApiError::NotSimulated {
                what: "a sub-request that takes longer than a transaction may".to_owned(),
            }),
        }
    }

    async fn run_until(&self, stop: impl Fn(&Wanted, &Done) -> bool) -> Vec<Done> {
        let mut references = References::new(self.caller.version);
        let mut answers = Vec::with_capacity(self.wanted.len());
        for wanted in &self.wanted {
            let done = self.answer(wanted, &references).await;
            references.add(&wanted.reference_id, &done);
            let stopped = stop(wanted, &done);
            answers.push(done);
            if stopped {
                break;
            }
        }
        answers
    }

    async fn answer(&self, wanted: &Wanted, references: &References) -> Done {
        match wanted.filled(references) {
            Ok(subrequest) if self.resources.include(wanted) => {
                self.inner.answer(&self.within, subrequest).await
            }
            Ok(subrequest) => {
                let what = format!(
                    "{} {} in a {}",
                    subrequest.method,
                    subrequest.url,
                    self.resources.door()
                );
                Done::refused(ApiError::NotSimulated { what })
            }
            Err(error) => Done::refused(error),
        }
    }

    fn last_failed(&self, done: &[Done]) -> bool {
        let last = done.len().checked_sub(1);
        last.and_then(|last| Some(self.wanted.get(last)?.failed(done.get(last)?)))
            .unwrap_or(false)
    }

    /// The failure keeps its answer, all others say that they are gone.
    fn rolled_back(&self, mut done: Vec<Done>) -> Vec<Done> {
        let place = done.len().saturating_sub(1);
        let failure = done.pop();
        let mut answers = vec![Done::refused(ApiError::OperationRolledBack); self.wanted.len()];
        if let (Some(answer), Some(failure)) = (answers.get_mut(place), failure) {
            *answer = failure;
        }
        answers
    }

    /// `{"compositeResponse":[{"body":…,"httpHeaders":{},"httpStatusCode":201,"referenceId":"a"}]}`
    pub(super) fn body(&self, done: &[Done]) -> Vec<u8> {
        let mut json = br#"{"compositeResponse":["#.to_vec();
        for (place, (wanted, done)) in self.wanted.iter().zip(done).enumerate() {
            json.extend_from_slice(if place > 0 {
                b",{\"body\":"
            } else {
                b"{\"body\":"
            });
            done.push_body(&mut json);
            json.extend_from_slice(br#","httpHeaders":"#);
            json.extend_from_slice(&answer::to_json(&shown_headers(done)));
            json.extend_from_slice(
                format!(
                    r#","httpStatusCode":{},"referenceId":"#,
                    done.status.as_u16()
                )
                .as_bytes(),
            );
            answer::push_text(&mut json, &wanted.reference_id);
            json.push(b'}');
        }
        json.extend_from_slice(b"]}");
        json
    }
}

/// Which resources can be sub-requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resources {
    /// Records, queries and collections. REST guide, "Send Multiple Requests Using Composite".
    Composite,
    /// Records. REST guide, "Composite Graph".
    Graph,
}

impl Resources {
    /// What is under no version is answered as well: it is not found.
    fn include(self, wanted: &Wanted) -> bool {
        let resource = wanted.resource();
        let first = resource.split('/').next().unwrap_or_default();
        matches!(first, "" | "sobjects") || (self == Self::Composite && wanted.heavy())
    }

    /// The ledger's name of the door.
    fn door(self) -> &'static str {
        match self {
            Self::Composite => "composite",
            Self::Graph => "graph",
        }
    }
}

fn valid_id(id: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    id.bytes()
        .next()
        .is_some_and(|first| first.is_ascii_alphanumeric())
        && id.bytes().all(word)
}

/// The headers of an answer that are told, under their own names.
fn shown_headers(done: &Done) -> BTreeMap<&'static str, &str> {
    let shown = [
        ("ETag", header::ETAG),
        ("Last-Modified", header::LAST_MODIFIED),
        ("Location", header::LOCATION),
    ];
    let value = |name| done.headers.get(name).and_then(|value| value.to_str().ok());
    shown
        .into_iter()
        .filter_map(|(name, header)| Some((name, value(header)?)))
        .collect()
}
