//! YAML as it is written, each value with its place.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Error, Location, Spanned};

use super::EXAMPLE;
use crate::suite::diagnostic::{Diagnostic, Place};

/// A text, and what it is called.
pub(super) struct Page<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

pub(super) type Fields = Vec<(Spanned<String>, Spanned<Value>)>;

/// A YAML value.
#[derive(Debug)]
pub(super) enum Value {
    Map(Fields),
    List(Vec<Spanned<Value>>),
    Text(String),
    /// A number, a truth value, nothing: what no field of a list has.
    Other(&'static str),
}

impl Value {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Map(_) => "fields",
            Self::List(_) => "a list",
            Self::Text(_) => "a text",
            Self::Other(kind) => kind,
        }
    }
}

impl Page<'_> {
    /// The list that the text consists of. One of no entries is a list, too: all that was known has been mended.
    pub(super) fn read(&self) -> Result<Vec<Spanned<Value>>, Vec<Diagnostic>> {
        let root: Spanned<Value> =
            serde_saphyr::from_str(self.text).map_err(|error| vec![self.syntax(&error)])?;
        match root.value {
            Value::List(list) => Ok(list),
            Value::Other(NOTHING) => Ok(Vec::new()),
            other => {
                let place = (root.referenced.line(), root.referenced.column());
                let message = format!("expected a list of entries, not {}", other.kind());
                Err(vec![self.diagnostic(place, 1, message).hint(EXAMPLE)])
            }
        }
    }

    /// A diagnostic that points at a value.
    pub(super) fn at<T>(&self, node: &Spanned<T>, message: impl Into<String>) -> Diagnostic {
        let place = (node.referenced.line(), node.referenced.column());
        self.diagnostic(place, usize::MAX, message)
    }

    /// The line of a value, from 1.
    pub(super) fn line<T>(node: &Spanned<T>) -> usize {
        usize::try_from(node.referenced.line()).unwrap_or(usize::MAX)
    }

    fn syntax(&self, error: &Error) -> Diagnostic {
        let options = serde_saphyr::render_options! { snippets: serde_saphyr::SnippetMode::Off };
        let rendered = error.render_with_options(options);
        let message = rendered.lines().next().unwrap_or_default();
        let message = message.trim_start_matches("error: ");
        // What else it says is the place, which stands beside it, and how a program can have it otherwise.
        let message = [" at line ", ", set "]
            .iter()
            .fold(message, |message, beyond| {
                message.split(*beyond).next().unwrap_or_default()
            });
        let location = error.location();
        let place = location
            .as_ref()
            .map(|at: &Location| (at.line(), at.column()));
        match place {
            Some(place) => self.diagnostic(place, 1, format!("this is no YAML: {message}")),
            None => Diagnostic::of_file(self.file, format!("this is no YAML: {message}")),
        }
        .hint(EXAMPLE)
    }

    /// Carets under so many characters, but none beyond what stands in the line before a comment.
    fn diagnostic(&self, at: (u64, u64), width: usize, message: impl Into<String>) -> Diagnostic {
        let number = |wide: u64| usize::try_from(wide).unwrap_or(usize::MAX).max(1);
        let (line, column) = (number(at.0), number(at.1));
        let source = self.text.lines().nth(line - 1).unwrap_or_default();
        let rest: String = source.chars().skip(column - 1).collect();
        let rest = rest.split(" #").next().unwrap_or_default().trim_end();
        Diagnostic {
            path: self.file.to_owned(),
            place: Some(Place {
                line,
                column,
                width: width.min(rest.chars().count()).max(1),
            }),
            source: source.to_owned(),
            message: message.into(),
            hint: None,
        }
    }
}

/// An empty file, or one of comments alone.
const NOTHING: &str = "nothing";

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Value::Map(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other("true or false"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Value::Other("something odd"))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Other(NOTHING))
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Other(NOTHING))
    }
}
