//! `@{account.id}`, `@{found.records[0].Id}`: values out of earlier answers.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::subrequest::Done;
use crate::salesforce::error::ApiError;
use crate::salesforce::rest::Version;

/// From here on a reference to a field that is null is a null. REST guide, "Behavior for References to Null Fields".
const NULLS_SINCE: u8 = 52;

/// How much all values together may be, in bytes: a short request could refer to a long text a million times. The limit
/// of real orgs, and what they say of it, are unverified.
const MOST: usize = 64 << 20;

/// The answers so far, by reference id.
#[derive(Debug)]
pub(super) struct References {
    answers: HashMap<String, Value>,
    nulls: bool,
    /// How much was put in place of references.
    filled: AtomicUsize,
}

impl References {
    pub(super) fn new(version: Version) -> Self {
        Self {
            answers: HashMap::new(),
            nulls: version.major >= NULLS_SINCE,
            filled: AtomicUsize::new(0),
        }
    }

    pub(super) fn add(&mut self, id: &str, done: &Done) {
        // What is no JSON has no fields to refer to.
        let answer = serde_json::from_slice(&done.body).unwrap_or_default();
        self.answers.insert(id.to_owned(), answer);
    }

    /// The text with values in place of references.
    pub(super) fn text(&self, text: &str) -> Result<String, ApiError> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, reference, after)) = first_reference(rest) {
            filled.push_str(before);
            match self.value(reference)? {
                Value::Null => {}
                Value::String(text) => filled.push_str(text),
                value => filled.push_str(&value.to_string()),
            }
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// The JSON with values in place of references. A text that is a reference and nothing else becomes the value.
    pub(super) fn fill(&self, json: &mut Value) -> Result<(), ApiError> {
        match json {
            Value::String(text) => {
                *json = match first_reference(text) {
                    Some(("", reference, "")) => self.value(reference)?.clone(),
                    Some(_) => self.text(text)?.into(),
                    None => return Ok(()),
                };
                Ok(())
            }
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.fill(item)),
            Value::Object(pairs) => pairs.values_mut().try_for_each(|value| self.fill(value)),
            _ => Ok(()),
        }
    }

    /// Objects and lists can't be referred to, only what is in them.
    fn value(&self, reference: &str) -> Result<&Value, ApiError> {
        let end = reference.find(['.', '[']).unwrap_or(reference.len());
        let (id, path) = reference.split_at(end);
        let value = self.answers.get(id).and_then(|answer| reach(answer, path));
        let plain = |value: &&Value| match value {
            Value::Null => self.nulls,
            Value::Array(_) | Value::Object(_) => false,
            _ => true,
        };
        let value = value.filter(plain);
        let value = value.ok_or_else(|| ApiError::InvalidReferenceId {
            reference: reference.to_owned(),
            id: id.to_owned(),
        })?;
        let length = value.as_str().map_or(1, str::len);
        match self.filled.fetch_add(length, Ordering::Relaxed) + length > MOST {
            true => Err(ApiError::InvalidInput {
                message: "The values that are referred to are too long".to_owned(),
            }),
            false => Ok(value),
        }
    }
}

/// What stands before the first reference, the reference, and what stands after it.
fn first_reference(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("@{")?;
    let (reference, after) = rest.split_once('}')?;
    Some((before, reference, after))
}

/// `.records[0].Id` of a value. Names are compared to the letter.
fn reach<'v>(mut value: &'v Value, mut path: &str) -> Option<&'v Value> {
    while !path.is_empty() {
        if let Some(rest) = path.strip_prefix('[') {
            let (place, after) = rest.split_once(']')?;
            value = value.get(place.parse::<usize>().ok()?)?;
            path = after;
        } else {
            let rest = path.strip_prefix('.')?;
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            value = value.get(rest.get(..end)?)?;
            path = rest.get(end..)?;
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn references(nulls: bool) -> References {
        let answer = json!({
            "id": "003",
            "Count": 2,
            "Name": null,
            "records": [{ "Id": "001", "Owner": { "Name": "Dana" } }],
        });
        References {
            answers: HashMap::from([("a_1".to_owned(), answer), ("l".to_owned(), json!([7]))]),
            nulls,
            filled: AtomicUsize::new(0),
        }
    }

    #[test]
    fn references_are_replaced_wherever_they_stand() {
        let text = |text: &str| references(true).text(text).unwrap();

        assert_eq!(text("/Contact/@{a_1.id}/x"), "/Contact/003/x");
        assert_eq!(text("@{a_1.records[0].Owner.Name}-@{l[0]}"), "Dana-7");
        assert_eq!(text("no @ {a} @{open"), "no @ {a} @{open");
    }

    #[test]
    fn a_text_that_is_nothing_but_a_reference_keeps_the_type_of_the_value() {
        let mut json = json!({ "a": ["@{a_1.Count}", "n@{a_1.Count}"], "b": "@{a_1.Name}" });

        references(true).fill(&mut json).unwrap();

        assert_eq!(json, json!({ "a": [2, "n2"], "b": null }));
    }

    #[test]
    fn what_leads_to_no_value_is_refused() {
        for reference in [
            "a_1",
            "b.id",
            "a_1.Id",
            "a_1.records",
            "a_1.records[1].Id",
            "a_1.records[x]",
            "a_1[0]",
            "a_1.",
            "a_1..id",
            "",
            "l[0]x",
            "l[99999999999999999999]",
        ] {
            let refused = references(true).text(&format!("@{{{reference}}}"));
            assert!(refused.is_err(), "{reference} gave {refused:?}");
        }
        assert!(references(false).text("@{a_1.Name}").is_err());
    }

    #[test]
    fn a_long_text_can_be_referred_to_so_often_and_no_more() {
        let mut references = references(true);
        let long = json!({ "text": "x".repeat(MOST / 2) });
        references.answers.insert("long".to_owned(), long);

        assert!(references.text("@{long.text}").is_ok());
        assert!(references.text("@{long.text}").is_ok());
        assert!(references.text("@{long.text}").is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in r"(@?\{?[a_1l.\[\]0-9ü}]{0,4}){0,6}") {
            let filled = references(true).text(&text);
            if !text.contains("@{") {
                proptest::prop_assert_eq!(filled.unwrap(), text);
            }
        }
    }
}
