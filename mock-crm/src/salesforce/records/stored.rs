//! Bodies as the store keeps them: one JSON object of the fields that are set.

use crate::salesforce::answer;
use crate::salesforce::body::{Given, Pairs};

/// The body of a new record.
pub(super) fn body<'v>(values: impl Iterator<Item = (&'v str, &'v Given<'v>)>) -> Vec<u8> {
    let mut json = Vec::with_capacity(256);
    json.push(b'{');
    for (name, value) in values.filter(|(_, value)| **value != Given::Null) {
        if json.len() > 1 {
            json.push(b',');
        }
        // Names of fields need no escapes.
        json.push(b'"');
        json.extend_from_slice(name.as_bytes());
        json.extend_from_slice(b"\":");
        push(&mut json, value);
    }
    json.push(b'}');
    json
}

/// The body with some values set, and those that are null taken out.
pub(in crate::salesforce) fn merged(old: &Pairs<'_>, set: &[(&str, Given<'_>)]) -> Vec<u8> {
    let new = |name: &str| {
        set.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    };
    let kept = old
        .iter()
        .map(|(name, value)| (&**name, new(name).unwrap_or(value)));
    let added = set
        .iter()
        .filter(|(name, _)| !old.iter().any(|(known, _)| known == name))
        .map(|(name, value)| (*name, value));
    body(kept.chain(added))
}

fn push(json: &mut Vec<u8>, value: &Given<'_>) {
    match value {
        Given::Null => json.extend_from_slice(b"null"),
        Given::Boolean(true) => json.extend_from_slice(b"true"),
        Given::Boolean(false) => json.extend_from_slice(b"false"),
        Given::Integer(number) => answer::push_number(json, *number as f64, false),
        Given::Number(number) => answer::push_number(json, *number, true),
        Given::Text(text) => answer::push_text(json, text),
        // Of lists, only the access list of a permission set is kept.
        Given::List(items) => {
            json.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    json.push(b',');
                }
                push(json, item);
            }
            json.push(b']');
        }
        Given::Object(_) => json.extend_from_slice(b"null"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::salesforce::body::stored;

    #[test]
    fn a_merge_sets_adds_and_takes_out() {
        let old = stored(br#"{"LastName":"Lee","Title":"CEO","Amount":5.0}"#);

        let body = merged(
            &old,
            &[
                ("Title", Given::Null),
                ("LastName", Given::Text("Li".into())),
                ("Phone", Given::Text("1".into())),
            ],
        );

        assert_eq!(
            String::from_utf8(body).unwrap(),
            r#"{"LastName":"Li","Amount":5.0,"Phone":"1"}"#
        );
    }
}
