//! Where in the text of a seed a value stands.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

/// A YAML value, as far as a path leads through it.
enum Node {
    Map(Vec<(String, Spanned<Node>)>),
    List(Vec<Spanned<Node>>),
    Leaf,
}

/// Line and column of the value at `path` (`salesforce[0].users[2].profile`), or of the innermost one around it that is
/// there. Both count from 1.
pub fn of(text: &str, path: &str) -> Option<(u64, u64)> {
    let root: Spanned<Node> = serde_saphyr::from_str(text).ok()?;
    let mut at = &root;
    for step in path.split(['.', '[']) {
        let step = step.trim_end_matches(']');
        let inner = match &at.value {
            Node::Map(entries) => entries
                .iter()
                .find(|(key, _)| key == step)
                .map(|(_, node)| node),
            Node::List(items) => step
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index)),
            Node::Leaf => None,
        };
        let Some(inner) = inner else {
            break;
        };
        at = inner;
    }
    Some((at.referenced.line(), at.referenced.column()))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Node::Leaf)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_str<E>(self, _: &str) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Leaf)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_leads_to_its_line_and_column_or_as_near_as_it_gets() {
        let text = "salesforce:\n  - name: Acme\n    users:\n      - {name: Dana, profile: Nobody, active: true}\n";

        for (path, expected) in [
            ("salesforce[0].users[0].profile", Some((4, 31))),
            ("salesforce[0].name", Some((2, 11))),
            ("salesforce[0].users[0].email", Some((4, 9))),
            ("salesforce[0].users[7].email", Some((4, 7))),
        ] {
            assert_eq!(super::of(text, path), expected, "{path}");
        }
        assert_eq!(super::of("{", "x"), None);
    }
}
