//! The parameters of a search that is not written in SOSL. REST guide, "Parameterized Search".

use serde::Deserialize;

use crate::salesforce::error::ApiError;

/// What to look for and what to answer; SOSL is made of it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Parameters {
    pub(super) q: Option<String>,
    r#in: Option<String>,
    fields: Vec<String>,
    #[serde(alias = "sobjects")]
    sobject: Vec<Object>,
    default_limit: Option<u32>,
    overall_limit: Option<u32>,
    #[serde(flatten)]
    others: std::collections::BTreeMap<String, serde_json::Value>,
}

/// One object, with what differs from the rest.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Object {
    name: String,
    fields: Vec<String>,
    limit: Option<u32>,
    offset: Option<u32>,
    r#where: Option<String>,
    order_by: Option<String>,
}

/// Parameters that change nothing here.
const HARMLESS: [&str; 3] = ["spellCorrection", "updateTracking", "updateViewStat"];

impl Parameters {
    /// Those of a JSON body.
    pub(super) fn of_body(body: &[u8]) -> Result<Self, ApiError> {
        let parameters: Self =
            serde_json::from_slice(body).map_err(|error| ApiError::JsonParser {
                message: error.to_string(),
                line: error.line(),
                column: error.column(),
            })?;
        parameters.understood()
    }

    /// Those of a query string: `q=Acme&sobject=Account&Account.fields=Id,Name&Account.limit=5`.
    pub(super) fn of_pairs(pairs: Vec<(String, String)>) -> Result<Self, ApiError> {
        let mut parameters = Self::default();
        let list = |text: &str| text.split(',').map(|name| name.trim().to_owned()).collect();
        for (name, value) in &pairs {
            let number = || Some(value.parse().unwrap_or(u32::MAX));
            match name.as_str() {
                "q" => parameters.q = Some(value.clone()),
                "in" => parameters.r#in = Some(value.clone()),
                "fields" => parameters.fields = list(value),
                "defaultLimit" => parameters.default_limit = number(),
                "overallLimit" => parameters.overall_limit = number(),
                "sobject" => parameters.sobject.push(Object {
                    name: value.clone(),
                    ..Object::default()
                }),
                _ => {}
            }
        }
        for (name, value) in pairs {
            let number = || Some(value.parse().unwrap_or(u32::MAX));
            let own = name.split_once('.').and_then(|(object, parameter)| {
                let mut objects = parameters.sobject.iter_mut();
                let object = objects.find(|known| known.name.eq_ignore_ascii_case(object))?;
                Some((object, parameter))
            });
            match own {
                Some((object, "fields")) => object.fields = list(&value),
                Some((object, "limit")) => object.limit = number(),
                Some((object, "offset")) => object.offset = number(),
                Some((object, "where")) => object.r#where = Some(value),
                Some((object, "orderBy")) => object.order_by = Some(value),
                _ if name.contains('.') => {
                    parameters.others.insert(name, value.into());
                }
                _ => {}
            }
        }
        parameters.understood()
    }

    fn understood(self) -> Result<Self, ApiError> {
        let known = |name: &&String| !HARMLESS.contains(&name.as_str());
        match self.others.keys().find(known) {
            Some(name) => Err(ApiError::NotSimulated {
                what: format!("/parameterizedSearch with the parameter {name}"),
            }),
            None => Ok(self),
        }
    }

    /// The same in SOSL, without the term.
    pub(super) fn clauses(&self) -> String {
        let group = self.r#in.as_deref().unwrap_or("ALL");
        let mut clauses = format!("IN {group} FIELDS");
        let objects: Vec<_> = self
            .sobject
            .iter()
            .map(|object| self.object(object))
            .collect();
        if !objects.is_empty() {
            clauses.push_str(&format!(" RETURNING {}", objects.join(", ")));
        }
        if let Some(limit) = self.overall_limit {
            clauses.push_str(&format!(" LIMIT {limit}"));
        }
        clauses
    }

    fn object(&self, object: &Object) -> String {
        let fields = match object.fields.as_slice() {
            [] if self.fields.is_empty() => "Id".to_owned(),
            [] => self.fields.join(", "),
            fields => fields.join(", "),
        };
        let mut text = format!("{}({fields}", object.name);
        let mut add = |clause: &str, value: Option<String>| {
            if let Some(value) = value {
                text.push_str(&format!(" {clause} {value}"));
            }
        };
        add("WHERE", object.r#where.clone());
        add("ORDER BY", object.order_by.clone());
        let limit = object.limit.or(self.default_limit);
        add("LIMIT", limit.map(|limit| limit.to_string()));
        add("OFFSET", object.offset.map(|offset| offset.to_string()));
        text + ")"
    }
}
