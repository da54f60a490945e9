//! query, queryAll, queryMore and retrieve: what REST answers, as XML.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderValue};

use super::call::Call;
use super::envelope::Element;
use super::fault::Fault;
use super::render::Renderer;
use crate::ids::SalesforceId;
use crate::salesforce::body::{self, Given};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::query;
use crate::salesforce::records::row::{Row, push_attributes, push_named};
use crate::salesforce::records::visible;
use crate::salesforce::rest::Segments;
use crate::salesforce::schema::SObject;
use crate::tenant::Hosted;

/// Ids in one call of `retrieve`. SOAP API guide, "retrieve()".
const LIMIT: usize = 2000;

impl Call {
    pub(super) async fn query(&self, operation: &Element, deleted: bool) -> Result<String, Fault> {
        let text = operation.parameter("queryString").unwrap_or_default();
        let mut headers = HeaderMap::new();
        let batch = self.batch_size.map(|size| format!("batchSize={size}"));
        if let Some(Ok(value)) = batch.map(HeaderValue::try_from) {
            headers.insert("sforce-query-options", value);
        }
        let found = query::of_text(&self.caller, text, &headers, deleted);
        self.page(found).await
    }

    pub(super) async fn query_more(&self, operation: &Element) -> Result<String, Fault> {
        let locator = operation.parameter("queryLocator").unwrap_or_default();
        let locator = Segments([locator.trim().to_owned()]);
        let found = query::more(self.caller.clone(), locator).await;
        self.page(found).await
    }

    async fn page(&self, found: Result<Response<Body>, Refused>) -> Result<String, Fault> {
        let response = found.map_err(Fault::Api)?;
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        let bytes = bytes.unwrap_or_default();
        let pairs = body::object(&bytes)?;
        let mut xml = String::with_capacity(bytes.len() * 2);
        self.renderer().query_result(&mut xml, "result", &pairs);
        Ok(xml)
    }

    pub(super) fn retrieve(&self, operation: &Element) -> Result<String, Fault> {
        let org = self.caller.org();
        let name = operation.parameter("sObjectType").unwrap_or_default();
        let object = visible(org, &self.caller.principal, name.trim()).map_err(|_| {
            ApiError::InvalidType {
                message: format!("sObject type '{name}' is not supported."),
            }
        })?;
        let fields = fields(
            &object,
            operation.parameter("fieldList").unwrap_or_default(),
        )?;
        if operation.all("ids").count() > LIMIT {
            return Err(ApiError::TooManyRecords { limit: LIMIT }.into());
        }
        let mut xml = String::new();
        for id in operation.all("ids") {
            match self.json_of(&object, id.text.trim(), &fields) {
                Some(json) => {
                    let record = body::object(&json)?;
                    self.renderer().record(&mut xml, "result", &record);
                }
                None => xml.push_str("<result xsi:nil=\"true\"/>"),
            }
        }
        Ok(xml)
    }

    fn json_of(&self, object: &SObject, id: &str, fields: &[&str]) -> Option<Vec<u8>> {
        let org = self.caller.org();
        let store = org.tenant().read();
        let serial = org.serial(&store, object.key, SalesforceId::parse(id)?)?;
        let record = store.get(serial).filter(|record| !record.deleted)?;
        let row = Row::new(org, &store, object, serial, record);
        let mut json = vec![b'{'];
        push_attributes(&mut json, &row, &self.caller.version.base());
        for name in fields {
            json.push(b',');
            push_named(&mut json, &row, name);
        }
        json.push(b'}');
        Some(json)
    }

    fn renderer(&self) -> Renderer<'_> {
        Renderer {
            schema: self.caller.org().schema(),
            dialect: self.dialect,
        }
    }
}

/// The canonical names of a list of fields.
fn fields<'o>(object: &'o SObject, list: &str) -> Result<Vec<&'o str>, ApiError> {
    let known = |name: &str| {
        let field = object.field(name).map(|field| &*field.name);
        field.ok_or_else(|| ApiError::NoSuchColumn {
            field: name.to_owned(),
            object: object.name.to_string(),
        })
    };
    list.split(',').map(str::trim).map(known).collect()
}

/// The text of a pair.
pub(super) fn text<'p>(pairs: &'p body::Pairs<'_>, key: &str) -> Option<&'p str> {
    match body::get(pairs, key)? {
        Given::Text(text) => Some(text),
        _ => None,
    }
}
