//! XML of Bulk API 1.0.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

/// How deep elements may be nested: a reference by external id needs five.
const DEEPEST: usize = 12;

/// The start and the end of a query's result.
pub(in crate::salesforce::bulk) const QUERY_RESULT_START: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<queryResult xmlns="http://www.force.com/2009/06/asyncapi/dataload" "#,
    r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#,
);
pub(in crate::salesforce::bulk) const QUERY_RESULT_END: &str = "</queryResult>";

/// Appends a record of a query's result. A value that is null is an element that says so.
pub(in crate::salesforce::bulk) fn push_record(
    xml: &mut Vec<u8>,
    object: &str,
    columns: &[String],
    values: &[String],
) {
    let mut text = format!(r#"<records xsi:type="sObject"><type>{object}</type>"#);
    for (name, value) in columns.iter().zip(values) {
        match value.is_empty() {
            true => text.push_str(&format!(r#"<{name} xsi:nil="true"/>"#)),
            false => text.push_str(&element(name, value)),
        }
    }
    text.push_str("</records>");
    xml.extend_from_slice(text.as_bytes());
}

/// `<name>text</name>`
pub(super) fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escape(text))
}

/// Elements of what has a value.
pub(super) fn elements(fields: &[(&str, Value)]) -> String {
    let texts = fields.iter().filter_map(|(name, value)| match value {
        Value::Null => None,
        Value::String(text) => Some(element(name, text)),
        other => Some(element(name, &other.to_string())),
    });
    texts.collect()
}

/// A whole document.
pub(super) fn document(root: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><{root} \
         xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">{content}</{root}>"
    )
}

/// An element with what is in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) name: String,
    /// `xsi:nil="true"`
    pub(super) nil: bool,
    pub(super) text: String,
    pub(super) children: Vec<Node>,
}

impl Node {
    fn of(start: &BytesStart<'_>) -> Self {
        let nil = start.attributes().flatten().any(|attribute| {
            attribute.key.local_name().as_ref() == b"nil" && *attribute.value == *b"true"
        });
        Self {
            name: String::from_utf8_lossy(start.local_name().as_ref()).into_owned(),
            nil,
            ..Self::default()
        }
    }
}

/// The text is no XML of the kind that is asked for.
#[derive(Debug)]
pub(super) struct NoXml;

/// The elements inside a root, one at a time, so that a long document is never whole in memory.
#[derive(Debug)]
pub(super) struct Children<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    ended: bool,
}

impl<R: BufRead> Children<R> {
    /// Reads up to the start of the root element; its name.
    pub(super) fn of(data: R) -> Result<(Self, String), NoXml> {
        let mut children = Self {
            reader: Reader::from_reader(data),
            buffer: Vec::new(),
            ended: false,
        };
        loop {
            match children.event()? {
                Event::Start(start) => {
                    let root = Node::of(&start);
                    return Ok((children, root.name));
                }
                Event::Text(text) if !blank(&text) => return Err(NoXml),
                Event::Eof | Event::Empty(_) | Event::End(_) => return Err(NoXml),
                _ => {}
            }
        }
    }

    fn event(&mut self) -> Result<Event<'static>, NoXml> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer);
        Ok(event.map_err(|_| NoXml)?.into_owned())
    }

    /// The next element; nothing at the end of the root.
    pub(super) fn next(&mut self) -> Result<Option<Node>, NoXml> {
        let mut open: Vec<Node> = Vec::new();
        while !self.ended {
            let closed = match self.event()? {
                Event::Start(_) if open.len() == DEEPEST => return Err(NoXml),
                Event::Start(start) => {
                    open.push(Node::of(&start));
                    continue;
                }
                Event::Empty(start) => Node::of(&start),
                Event::End(_) => match open.pop() {
                    Some(node) => node,
                    None => {
                        self.ended = true;
                        continue;
                    }
                },
                Event::Eof => return Err(NoXml),
                event => {
                    if let (Some(node), Some(text)) = (open.last_mut(), text(&event)?) {
                        node.text.push_str(&text);
                    }
                    continue;
                }
            };
            match open.last_mut() {
                Some(parent) => parent.children.push(closed),
                None => return Ok(Some(closed)),
            }
        }
        Ok(None)
    }
}

fn blank(text: &[u8]) -> bool {
    text.iter()
        .all(|byte| byte.is_ascii_whitespace() || b"\xef\xbb\xbf".contains(byte))
}

fn text(event: &Event<'_>) -> Result<Option<String>, NoXml> {
    let text = match event {
        Event::Text(text) => text.decode().map_err(|_| NoXml)?.into_owned(),
        Event::CData(text) => text.decode().map_err(|_| NoXml)?.into_owned(),
        Event::GeneralRef(reference) => {
            let name = reference.decode().map_err(|_| NoXml)?;
            unescape(&format!("&{name};"))
                .map_err(|_| NoXml)?
                .into_owned()
        }
        _ => return Ok(None),
    };
    Ok(Some(text))
}

/// The texts of the elements inside the root.
pub(super) fn fields(data: &[u8]) -> Result<Vec<(String, String)>, NoXml> {
    let (mut children, _) = Children::of(data)?;
    let mut fields = Vec::new();
    while let Some(child) = children.next()? {
        fields.push((child.name, child.text.trim().to_owned()));
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_read_whatever_its_spaces_and_prefixes() {
        let text = b"\n\n  <?xml version='1.0'?>\n<x:jobInfo  xmlns:x=\"y\">\n <x:operation>insert</x:operation><object>A&amp;B\
            <![CDATA[<c>]]></object><state/></x:jobInfo>";

        let read = fields(text).unwrap();

        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(
            read,
            [
                pair("operation", "insert"),
                pair("object", "A&B<c>"),
                pair("state", "")
            ]
        );
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        let deep = format!("<a>{}", "<b>".repeat(20));
        for text in [
            "",
            "hello",
            "<a>",
            "<a><b></a>",
            "<a/>",
            "{}",
            "<a>&none;</a>",
            &deep,
        ] {
            let read = fields(text.as_bytes());
            assert!(
                read.is_err() || read.as_ref().is_ok_and(Vec::is_empty),
                "{text}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = fields(&bytes);
            let _ = fields(&[b"<a><b>", bytes.as_slice(), b"</b></a>"].concat());
        }
    }
}
