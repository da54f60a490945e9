//! The requests that wrote, or tried to: whose credential, which records, which owner ids.

use mock_crm::journal::{Exchange, Limits, request_id};
use serde_json::Value;

use super::side::Side;
use super::{Problem, World};
use crate::observe::{Create, OwnerIdKind, OwnerSent, Phase, WriteRequest};
use crate::rules::Crm;

/// How much is kept of one scenario's requests in a CRM. An honest client that pushes record by record needs some thousands.
pub(super) const JOURNAL: Limits = Limits {
    exchanges: 50_000,
    bytes: 256 << 20,
};

impl World {
    /// The newest request that a mock has seen; 0 where there is none.
    pub(super) fn last_request(&self) -> u64 {
        let newest = |side: &Side| {
            let journal = side.vendor.tenant()?.journal.lock();
            journal.exchanges().map(|exchange| exchange.number).max()
        };
        let newest = newest(&self.salesforce).max(newest(&self.hubspot));
        newest.unwrap_or(0)
    }

    /// Every write of the scenario, in order.
    pub(super) fn writes(&self, creates: &[Create]) -> Result<Vec<WriteRequest>, Problem> {
        let mut writes = Vec::new();
        for side in [&self.salesforce, &self.hubspot] {
            let Some(tenant) = side.vendor.tenant() else {
                continue;
            };
            let journal = tenant.journal.lock();
            if journal.dropped() > 0 {
                return Err(Problem::System(format!(
                    "it floods {}: in one scenario it sent more than {} requests, or {} MiB",
                    side.crm,
                    JOURNAL.exchanges,
                    JOURNAL.bytes >> 20
                )));
            }
            let here = journal
                .exchanges()
                .filter(|exchange| writes_records(exchange));
            writes.extend(
                here.map(|exchange| (exchange.number, self.write(side, exchange, creates))),
            );
        }
        writes.sort_by_key(|(number, _)| *number);
        Ok(writes.into_iter().map(|(_, write)| write).collect())
    }

    pub(super) fn write(
        &self,
        side: &Side,
        exchange: &Exchange,
        creates: &[Create],
    ) -> WriteRequest {
        let sent: Value = serde_json::from_slice(&exchange.request_body).unwrap_or_default();
        let answered: Value = serde_json::from_slice(&exchange.response_body).unwrap_or_default();
        let id = request_id(exchange.number);
        let made = creates
            .iter()
            .any(|create| create.crm == side.crm && create.request == id);
        let set_up = self.when_from.is_none_or(|from| exchange.number <= from);
        WriteRequest {
            crm: side.crm,
            method: exchange.method.to_string(),
            path: exchange.uri.path().to_owned(),
            // A connection that was reset has no status: what was asked for may have been done.
            status: exchange.status.map_or(0, |status| status.as_u16()),
            credential: exchange.user.as_deref().map(|user| side.principal(user)),
            records: if made {
                Vec::new()
            } else {
                self.named(side, exchange, &sent, &answered)
            },
            owners_sent: self.owners_sent(side, &sent, &exchange.request_body),
            subjects: self.subjects_named(side.crm, &sent, &exchange.request_body),
            people_elsewhere: side.people_elsewhere(&sent),
            error: error_code(&answered),
            phase: if set_up { Phase::Given } else { Phase::When },
            number: exchange.number,
            id,
        }
    }

    /// Ids of this CRM's records in path, body and answer.
    fn named(
        &self,
        side: &Side,
        exchange: &Exchange,
        sent: &Value,
        answered: &Value,
    ) -> Vec<String> {
        let mut texts: Vec<String> = exchange.uri.path().split('/').map(str::to_owned).collect();
        for body in [sent, answered] {
            walk(body, &mut |key, text| {
                if key.eq_ignore_ascii_case("id") {
                    texts.push(text.to_owned());
                }
            });
        }
        if sent.is_null() {
            texts.extend(words(&exchange.request_body));
        }
        let Some(tenant) = side.vendor.tenant() else {
            return Vec::new();
        };
        let store = tenant.read();
        let rows = store
            .ledger
            .creates_after(0)
            .map(|row| tenant.create_entry(&store, row).record);
        let mut named: Vec<String> = rows
            .filter(|record| texts.iter().any(|text| same_id(record, text)))
            .collect();
        named.dedup();
        named
    }

    fn owners_sent(&self, side: &Side, sent: &Value, body: &[u8]) -> Vec<OwnerSent> {
        let field = match side.crm {
            Crm::Salesforce => "OwnerId",
            Crm::Hubspot => "hubspot_owner_id",
        };
        let mut ids = Vec::new();
        walk(sent, &mut |key, text| {
            // As in `column`: Salesforce knows a field in capitals and small letters alike.
            if key.eq_ignore_ascii_case(field) && !text.is_empty() {
                ids.push(text.to_owned());
            }
        });
        if sent.is_null() {
            ids.extend(column(body, field));
        }
        ids.into_iter()
            .map(|id| OwnerSent {
                kind: self.owner_kind(side, &id),
                id,
            })
            .collect()
    }

    fn owner_kind(&self, side: &Side, id: &str) -> OwnerIdKind {
        let other = match side.crm {
            Crm::Salesforce => &self.hubspot,
            Crm::Hubspot => &self.salesforce,
        };
        if side.vendor.is_queue(id) {
            OwnerIdKind::Queue
        } else if side.users().any(|user| same_id(&user.owner_id, id)) || side.vendor.owns(id) {
            OwnerIdKind::Owner
        } else if side.crm == Crm::Hubspot && side.users().any(|user| user.principal.id == id) {
            OwnerIdKind::HubspotUserId
        } else if other
            .users()
            .any(|user| user.owner_id == id || user.principal.id == id)
        {
            OwnerIdKind::OtherCrm
        } else if side.crm == Crm::Salesforce && id.starts_with("005") {
            OwnerIdKind::OtherOrg
        } else {
            OwnerIdKind::Unknown
        }
    }
}

/// Whether two ids mean the same: one of Salesforce may lack the three characters of its check sum.
pub(super) fn same_id(full: &str, id: &str) -> bool {
    full == id || (full.len() == 18 && id.len() == 15 && full.starts_with(id))
}

/// What stands in a column of the rows of a Bulk job; nothing where the body is no such rows.
pub(super) fn column(body: &[u8], name: &str) -> Vec<String> {
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(body);
    let place = rows.headers().ok().and_then(|head| {
        head.iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    });
    let Some(place) = place else {
        return Vec::new();
    };
    let cells = rows.records().map_while(Result::ok);
    let cells = cells.filter_map(|row| row.get(place).map(str::to_owned));
    cells.filter(|cell| !cell.is_empty()).collect()
}

/// What could be ids in a body that is no JSON: the rows of a Bulk job, a SOAP call.
fn words(body: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(body);
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// A write that reached no open org or portal any more; `None` for any other request.
pub fn late_write(exchange: &Exchange) -> Option<WriteRequest> {
    writes_records(exchange).then(|| WriteRequest {
        id: request_id(exchange.number),
        number: exchange.number,
        crm: match exchange.crm {
            mock_crm::tenant::Crm::Salesforce => Crm::Salesforce,
            mock_crm::tenant::Crm::Hubspot => Crm::Hubspot,
        },
        method: exchange.method.to_string(),
        path: exchange.uri.path().to_owned(),
        status: exchange.status.map_or(0, |status| status.as_u16()),
        credential: None,
        records: Vec::new(),
        owners_sent: Vec::new(),
        subjects: Vec::new(),
        people_elsewhere: Vec::new(),
        error: None,
        phase: Phase::When,
    })
}

/// Whether a request is about writing a record: no login, no token, no query, no search.
pub(super) fn writes_records(exchange: &Exchange) -> bool {
    let path = exchange.uri.path();
    let reads = ["/oauth", "/query", "/queryAll", "/search", "/batch/read"];
    exchange.method != http::Method::GET
        && exchange.method != http::Method::HEAD
        && !reads.iter().any(|part| path.contains(part))
        && (!path.contains("/Soap/") || soap_writes(&exchange.request_body))
}

/// Whether a SOAP call is about records: it has an element of one of these names, with or without a prefix.
fn soap_writes(envelope: &[u8]) -> bool {
    let envelope = String::from_utf8_lossy(envelope);
    let named = |element: &str| {
        let name = element.split([' ', '>', '/', '\n', '\t']).next();
        let name = name.and_then(|name| name.rsplit(':').next());
        name.is_some_and(|name| ["create", "update", "upsert", "delete"].contains(&name))
    };
    envelope.split('<').skip(1).any(named)
}

/// Calls `visit` with every key that holds a text or a number, however deep.
pub(super) fn walk(value: &Value, visit: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                match inner {
                    Value::String(text) => visit(key, text),
                    Value::Number(number) => visit(key, &number.to_string()),
                    _ => walk(inner, visit),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        _ => {}
    }
}

/// `errorCode` of Salesforce, `category` of HubSpot.
fn error_code(answered: &Value) -> Option<String> {
    let mut found = None;
    walk(answered, &mut |key, text| {
        if matches!(key, "errorCode" | "category" | "statusCode") && found.is_none() {
            found = Some(text.to_owned());
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_in_rows_and_elements_are_found() {
        let rows = b"Id,Title\n\"003000000000001AAA\",Director\n";
        assert!(words(rows).contains(&"003000000000001AAA".to_owned()));

        let element = b"<id>003000000000001AAA</id>";
        assert_eq!(words(element), ["id", "003000000000001AAA", "id"]);
    }

    #[test]
    fn the_owners_in_the_rows_of_a_job_are_found() {
        let rows = b"Apollo_Id__c,OwnerId,LastName\na1,005000000000001AAA,\"Smith, Jr\"\na2,,Lee\n";

        assert_eq!(column(rows, "OwnerId"), ["005000000000001AAA"]);
        assert_eq!(column(b"<id>x</id>", "OwnerId"), Vec::<String>::new());
    }

    #[test]
    fn a_soap_call_writes_if_it_creates_changes_or_deletes() {
        for envelope in [
            "<Body><urn:create xmlns:urn=\"u\">",
            "<Body><delete>",
            "<a:upsert/>",
        ] {
            assert!(soap_writes(envelope.as_bytes()), "{envelope}");
        }
        for envelope in [
            "<n1:login><n1:username>create</n1:username>",
            "<urn:query>",
            "<createdBy>",
        ] {
            assert!(!soap_writes(envelope.as_bytes()), "{envelope}");
        }
    }
}
