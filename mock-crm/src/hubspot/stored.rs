//! The body of a record as the store keeps it: what was written, and what HubSpot would not tell by itself.

use std::borrow::Cow;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Names and values, by name. Values are texts, as on the wire.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

/// Where a record came from. It decides every source stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin<'a> {
    /// An app with this number created it for the account.
    App(&'a str),
    /// A user-level app with this number created it for its user.
    UserLevelApp(&'a str),
    /// A user created it in HubSpot's own pages.
    Pages,
    /// A user's import with this number brought it in.
    Import(&'a str),
    /// Somebody sent the form with this id.
    Form(&'a str),
    /// HubSpot made the company of a contact's e-mail domain.
    EmailDomain,
    /// A merge brought the value over from the record with this id: of values only.
    Merge(&'a str),
}

/// The name under which the origin is kept. No property can be called so, and it comes before all of them.
const ORIGIN: &str = "!";
/// The name under which earlier values are kept, see [`super::history`].
pub(crate) const HISTORY: &str = "!history";
/// The name under which a merged record keeps the place of the one that it is part of now.
pub(crate) const MERGED_INTO: &str = "!merged";
/// The name that a record has whose contents were deleted for good.
pub(crate) const ERASED: &str = "!erased";

impl<'a> Values<'a> {
    /// Reads a body that [`Values::to_body`] wrote.
    pub(crate) fn parse(body: &'a [u8]) -> Self {
        // The store holds what was written here, so it can be read.
        serde_json::from_slice(body).unwrap_or_default()
    }

    /// Whether a property, or a name that none can have, is there at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The value; an empty text is one.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| &**value)
    }

    /// Nothing, with room for this many.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    /// Adds a name that is above all others.
    pub(crate) fn push(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) {
        self.0.push((name, value));
    }

    pub(crate) fn set(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        let name = name.into();
        match self.0.binary_search_by(|(other, _)| other.cmp(&name)) {
            Ok(at) => self.0[at].1 = value.into(),
            Err(at) => self.0.insert(at, (name, value.into())),
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(other, _)| other != name);
    }

    /// Keeps what `wanted` says.
    pub(crate) fn retain(&mut self, wanted: impl Fn(&str, &str) -> bool) {
        self.0.retain(|(name, value)| wanted(name, value));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The same, borrowed from nothing.
    pub(crate) fn into_owned(self) -> Values<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        let pairs = self.0.into_iter();
        Values(
            pairs
                .map(|(name, value)| (owned(name), owned(value)))
                .collect(),
        )
    }

    /// Where the record came from.
    pub(crate) fn origin(&self) -> Origin<'_> {
        Origin::parse(self.get(ORIGIN).unwrap_or_default())
    }

    /// The bytes that the store keeps.
    pub(crate) fn to_body(&self, origin: Origin<'_>) -> Vec<u8> {
        let mut body = Vec::with_capacity(160);
        let (kind, app) = origin.parts();
        body.extend_from_slice(b"{\"!\":\"");
        body.extend_from_slice(kind.as_bytes());
        let quote = body.len();
        push_json(&mut body, app);
        body.remove(quote);
        for (name, value) in self.iter().filter(|(name, _)| *name != ORIGIN) {
            body.push(b',');
            push_plain(&mut body, name);
            body.push(b':');
            push_json(&mut body, value);
        }
        body.push(b'}');
        body
    }
}

impl<'a> Origin<'a> {
    /// Reads what [`Origin::text`] wrote.
    pub(crate) fn parse(text: &'a str) -> Self {
        let (kind, rest) = text.split_at_checked(1).unwrap_or(("p", ""));
        match kind {
            "a" => Self::App(rest),
            "A" => Self::UserLevelApp(rest),
            "i" => Self::Import(rest),
            "f" => Self::Form(rest),
            "d" => Self::EmailDomain,
            "m" => Self::Merge(rest),
            _ => Self::Pages,
        }
    }

    /// The form in which a record keeps it.
    pub(crate) fn text(self) -> String {
        let (kind, app) = self.parts();
        [kind, app].concat()
    }

    fn parts(self) -> (&'static str, &'a str) {
        match self {
            Self::App(app) => ("a", app),
            Self::UserLevelApp(app) => ("A", app),
            Self::Pages => ("p", ""),
            Self::Import(import) => ("i", import),
            Self::Form(form) => ("f", form),
            Self::EmailDomain => ("d", ""),
            Self::Merge(record) => ("m", record),
        }
    }
}

/// Appends a text as JSON.
pub(crate) fn push_json(out: &mut Vec<u8>, text: &str) {
    let plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    // Nearly every text is plain. Asking all of its bytes at once is quicker than one after the other.
    if text.bytes().fold(true, |all, byte| all & plain(byte)) {
        push_plain(out, text);
    } else {
        // Writing to memory can't fail.
        let _ = serde_json::to_writer(out, text);
    }
}

/// Appends a text that needs no escapes, such as a property's name.
pub(crate) fn push_plain(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// A text that is borrowed from the input where it has no escapes.
#[derive(Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Values<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Map;
        impl<'de> Visitor<'de> for Map {
            type Value = Values<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map of texts")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut values = Values::default();
                while let Some((Text(name), Text(value))) = map.next_entry()? {
                    values.push(name, value);
                }
                Ok(values)
            }
        }
        deserializer.deserialize_map(Map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_keeps_names_in_order_and_each_once_through_changes() {
        let mut values = Values::default();
        for name in ["zip", "city", "email"] {
            values.set(name, "old");
        }
        let body = values.to_body(Origin::App("7"));

        let mut read = Values::parse(&body);
        for name in ["zip", "city", "email", "apollo_id", HISTORY] {
            read.set(name, "new \"quoted\"");
        }
        let body = read.to_body(read.origin());

        let again = Values::parse(&body);
        let names: Vec<&str> = again.iter().map(|(name, _)| name).collect();
        assert_eq!(
            names,
            [ORIGIN, HISTORY, "apollo_id", "city", "email", "zip"]
        );
        assert_eq!(again.get("city"), Some("new \"quoted\""));
        assert_eq!(again.origin(), Origin::App("7"));
    }

    #[test]
    fn an_origin_is_read_as_it_was_written() {
        for origin in [
            Origin::App("7"),
            Origin::UserLevelApp("7"),
            Origin::Pages,
            Origin::Import("31947329"),
            Origin::Form("b4e1"),
            Origin::Form("a \"form\""),
            Origin::EmailDomain,
            Origin::Merge("210453397509"),
        ] {
            assert_eq!(Origin::parse(&origin.text()), origin);
            let body = Values::default().to_body(origin);
            assert_eq!(Values::parse(&body).origin(), origin);
        }
    }

    #[test]
    fn a_text_is_escaped_where_json_wants_it() {
        for text in [
            "plain",
            "\"",
            "back\\slash",
            "line\nbreak",
            "\u{1}",
            "Zo\u{eb}",
            "",
        ] {
            let mut out = Vec::new();
            push_json(&mut out, text);
            assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        }
    }
}
