//! Records and results as XML, from the JSON that REST answers.

use std::fmt::Write as _;

use super::read::text;
use super::{Dialect, escaped};
use crate::salesforce::body::{self, Given, Pairs};
use crate::salesforce::schema::{Kind, SObject, Schema};

/// Writes for one of the two APIs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Renderer<'s> {
    pub(super) schema: &'s Schema,
    pub(super) dialect: Dialect,
}

impl Renderer<'_> {
    /// `QueryResult`, of a query or of the records below a record.
    pub(super) fn query_result(&self, xml: &mut String, tag: &str, pairs: &Pairs<'_>) {
        // Writing into a string can't fail.
        let _ = write!(xml, "<{tag} xsi:type=\"QueryResult\">");
        let done = body::get(pairs, "done") == Some(&Given::Boolean(true));
        let _ = write!(xml, "<done>{done}</done>");
        let locator = text(pairs, "nextRecordsUrl").and_then(|url| url.rsplit('/').next());
        match locator {
            Some(locator) => {
                let _ = write!(xml, "<queryLocator>{}</queryLocator>", escaped(locator));
            }
            None => xml.push_str("<queryLocator xsi:nil=\"true\"/>"),
        }
        if let Some(Given::List(records)) = body::get(pairs, "records") {
            for record in records {
                if let Given::Object(pairs) = record {
                    self.record(xml, "records", pairs);
                }
            }
        }
        let size = body::get(pairs, "totalSize").map(ToString::to_string);
        let _ = write!(xml, "<size>{}</size></{tag}>", size.unwrap_or_default());
    }

    /// A record. The partner API always starts with type and id, asked for or not, and repeats the id where it was.
    pub(super) fn record(&self, xml: &mut String, tag: &str, pairs: &Pairs<'_>) {
        let name = match body::get(pairs, "attributes") {
            Some(Given::Object(attributes)) => text(attributes, "type").unwrap_or_default(),
            _ => "",
        };
        let object = self.schema.object(name).map(|object| &**object);
        let kind = match self.dialect {
            Dialect::Partner => "sObject",
            Dialect::Enterprise => name,
        };
        let _ = write!(xml, "<{tag} xsi:type=\"sf:{kind}\">");
        if self.dialect == Dialect::Partner {
            let _ = write!(xml, "<sf:type>{}</sf:type>", escaped(name));
            match text(pairs, "Id") {
                Some(id) => {
                    let _ = write!(xml, "<sf:Id>{id}</sf:Id>");
                }
                None => xml.push_str("<sf:Id xsi:nil=\"true\"/>"),
            }
        }
        for (name, value) in pairs.iter().filter(|(name, _)| name != "attributes") {
            self.field(xml, object, name, value);
        }
        let _ = write!(xml, "</{tag}>");
    }

    fn field(&self, xml: &mut String, object: Option<&SObject>, name: &str, value: &Given<'_>) {
        let tag = format!("sf:{name}");
        match value {
            Given::Null => {
                let _ = write!(xml, "<{tag} xsi:nil=\"true\"/>");
            }
            Given::Object(pairs) if body::get(pairs, "attributes").is_some() => {
                self.record(xml, &tag, pairs);
            }
            Given::Object(pairs) if body::get(pairs, "records").is_some() => {
                self.query_result(xml, &tag, pairs);
            }
            // An address is the only other value with parts.
            Given::Object(pairs) => {
                let _ = write!(xml, "<{tag} xsi:type=\"address\">");
                for (name, value) in pairs {
                    self.field(xml, None, name, value);
                }
                let _ = write!(xml, "</{tag}>");
            }
            value => {
                let kind = object.and_then(|object| Some(object.field(name)?.kind));
                let text = scalar(kind, value);
                let _ = write!(xml, "<{tag}>{}</{tag}>", escaped(text.as_str()));
            }
        }
    }
}

/// `xsd:dateTime` has a zone with a colon, or a `Z`; REST has neither.
fn scalar(kind: Option<Kind>, value: &Given<'_>) -> String {
    match (kind, value) {
        (Some(Kind::DateTime), Given::Text(text)) => text.replace("+0000", "Z"),
        (_, Given::Number(number)) => format!("{number:?}"),
        (_, value) => value.to_string(),
    }
}
