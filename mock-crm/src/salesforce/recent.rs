//! Which records each user looked at last: `/recent`, and `recentItems` of an object.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;

use super::answer;
use super::error::ApiError;
use super::records::row::{Row, push_attributes, push_named};
use super::rest::{Caller, QueryString};
use super::schema::{Flags, SObject};
use crate::store::{ObjectKey, Serial};
use crate::tenant::Hosted;

/// Records that are remembered for a user. REST guide, "Recently Viewed Items".
const REMEMBERED: usize = 200;

/// What the users of an org looked at, the latest first.
#[derive(Debug, Default)]
pub(super) struct Recent(HashMap<Arc<str>, VecDeque<(ObjectKey, Serial)>>);

impl Recent {
    /// `user` looked at these records, the last of them last.
    pub(super) fn viewed(&mut self, user: &Arc<str>, object: ObjectKey, serials: &[Serial]) {
        let list = self.0.entry(user.clone()).or_default();
        for serial in serials {
            list.retain(|known| *known != (object, *serial));
            list.push_front((object, *serial));
        }
        list.truncate(REMEMBERED);
    }

    /// The records from `first` on were taken back.
    pub(super) fn forget(&mut self, first: Serial) {
        for list in self.0.values_mut() {
            list.retain(|(_, serial)| *serial < first);
        }
    }

    fn of(&self, user: &str) -> Vec<(ObjectKey, Serial)> {
        self.0.get(user).into_iter().flatten().copied().collect()
    }
}

/// `?limit=5`
#[derive(Debug, Deserialize)]
pub(super) struct Options {
    limit: Option<usize>,
}

/// `GET /recent`
pub(super) async fn get(
    caller: Caller,
    QueryString(options): QueryString<Options>,
) -> Result<Response<Body>, ApiError> {
    let limit = options.limit.unwrap_or(REMEMBERED);
    if limit == 0 || limit > REMEMBERED {
        return Err(ApiError::InvalidReference {
            message: format!("limit must be between 1 and {REMEMBERED}"),
        });
    }
    Ok(answer::json(StatusCode::OK, items(&caller, None, limit)))
}

/// The records of one object or of all, as a JSON list.
pub(super) fn items(caller: &Caller, object: Option<&SObject>, limit: usize) -> Vec<u8> {
    let org = caller.org();
    let seen = org.recent.lock().of(&caller.principal.id);
    let (store, base) = (org.tenant().read(), caller.version.base());
    let mut json = vec![b'['];
    let wanted = seen
        .into_iter()
        .filter(|(key, _)| object.is_none_or(|object| object.key == *key));
    let rows = wanted.filter_map(|(key, serial)| {
        let object = org.schema().by_key(key)?;
        let record = store.get(serial).filter(|record| !record.deleted)?;
        Some(Row::new(org, &store, object, serial, record))
    });
    for row in rows.take(limit) {
        if json.len() > 1 {
            json.push(b',');
        }
        json.push(b'{');
        push_attributes(&mut json, &row, &base);
        json.extend_from_slice(b",\"Id\":");
        answer::push_text(&mut json, row.id().as_str());
        if let Some(name) = name_field(row.object) {
            json.push(b',');
            push_named(&mut json, &row, name);
        }
        json.push(b'}');
    }
    json.push(b']');
    json
}

fn name_field(object: &SObject) -> Option<&str> {
    let mut fields = object.fields().iter();
    let field = fields.find(|field| field.flags.has(Flags::NAME))?;
    Some(&field.name)
}
