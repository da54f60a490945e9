//! The envelope of a SOAP call.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::fault::Fault;

/// How deep elements may be nested. No call that is simulated goes deeper than six.
const DEEPEST: usize = 32;

/// An element, without namespaces: names tell enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// The local name.
    pub(super) name: String,
    /// The local name of `xsi:type`.
    pub(super) kind: Option<String>,
    /// `xsi:nil`
    pub(super) nil: bool,
    /// The text directly inside.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    fn opened(start: &BytesStart<'_>) -> Self {
        let mut element = Self {
            name: local(start.local_name().as_ref()),
            ..Self::default()
        };
        for attribute in start.attributes().flatten() {
            let value = local(&attribute.value);
            match attribute.key.local_name().as_ref() {
                b"type" => element.kind = value.rsplit(':').next().map(str::to_owned),
                b"nil" => element.nil = value == "true" || value == "1",
                _ => {}
            }
        }
        element
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of this name, where it has one.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let child = self.child(name).filter(|child| !child.nil)?;
        Some(&child.text)
    }

    /// The children of this name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The parameter is there and says yes.
    pub(super) fn says(&self, name: &str) -> bool {
        let value = self.parameter(name).map(str::trim);
        value.is_some_and(|value| value == "true" || value == "1")
    }
}

fn local(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// An operation with its headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Envelope {
    pub(super) headers: Element,
    /// The element in the body.
    pub(super) operation: Element,
}

impl Envelope {
    /// Reads any bytes.
    ///
    /// # Errors
    /// Where they are no XML, or have no body with an element.
    pub(super) fn read(text: &[u8]) -> Result<Self, Fault> {
        let mut root = tree(text)?;
        let mut take = |name: &str| {
            let place = root.children.iter().position(|child| child.name == name)?;
            Some(root.children.remove(place))
        };
        let headers = take("Header").unwrap_or_default();
        let body = take("Body").ok_or(Fault::Malformed("it has no Body"))?;
        let operation = body.children.into_iter().next();
        Ok(Self {
            headers,
            operation: operation.ok_or(Fault::Malformed("its Body is empty"))?,
        })
    }

    /// `sessionId` of the `SessionHeader`.
    pub(super) fn session(&self) -> Option<&str> {
        let header = self.headers.child("SessionHeader")?;
        header.parameter("sessionId").map(str::trim)
    }
}

fn tree(text: &[u8]) -> Result<Element, Fault> {
    let broken = || Fault::Malformed("it is no XML");
    let mut reader = Reader::from_reader(text);
    // The first one holds the root.
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|_| broken())?;
        match event {
            Event::Start(_) if open.len() > DEEPEST => {
                return Err(Fault::Malformed("it is nested too deep"));
            }
            Event::Start(start) => open.push(Element::opened(&start)),
            Event::Empty(start) => {
                let element = Element::opened(&start);
                open.last_mut().ok_or_else(broken)?.children.push(element);
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(broken)?;
                open.last_mut().ok_or_else(broken)?.children.push(element);
            }
            Event::Text(part) => push(&mut open, &part.decode().map_err(|_| broken())?),
            Event::CData(part) => push(&mut open, &part.decode().map_err(|_| broken())?),
            Event::GeneralRef(reference) => {
                let name = reference.decode().map_err(|_| broken())?;
                push(&mut open, &resolved(&name).ok_or_else(broken)?);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match (open.len(), open.pop()) {
        (1, Some(mut top)) => top.children.pop().ok_or_else(broken),
        _ => Err(broken()),
    }
}

fn push(open: &mut [Element], part: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(part);
    }
}

/// `&amp;` and its like.
fn resolved(name: &str) -> Option<String> {
    quick_xml::escape::unescape(&format!("&{name};"))
        .ok()
        .map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operation_parameters_and_session_are_read() {
        let envelope = Envelope::read(
            br#"<?xml version="1.0"?><se:Envelope xmlns:se="s"><se:Header><SessionHeader><sessionId>00D!x</sessionId>
            </SessionHeader></se:Header><se:Body><login xmlns="urn:partner"><username>a&amp;b@x.example</username>
            <password><![CDATA[p<w]]></password><token xsi:nil="true"/></login></se:Body></se:Envelope>"#,
        )
        .unwrap();

        let login = &envelope.operation;
        assert_eq!(login.name, "login");
        assert_eq!(login.parameter("username"), Some("a&b@x.example"));
        assert_eq!(login.parameter("password"), Some("p<w"));
        assert_eq!(login.parameter("token"), None);
        assert_eq!(envelope.session(), Some("00D!x"));
    }

    #[test]
    fn what_is_no_envelope_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(40), "</a>".repeat(40));
        for text in [
            "",
            "hello",
            "<a><b></a>",
            "<a>",
            "</a>",
            "<a>&unknown;</a>",
            "<Envelope><Body/></Envelope>",
            &deep,
        ] {
            assert!(Envelope::read(text.as_bytes()).is_err(), "{text}");
        }
    }
}
