//! The envelope of a SOAP call, as far as simple calls need it.

use quick_xml::Reader;
use quick_xml::events::Event;

/// How deep elements may be nested.
const DEEPEST: usize = 32;

/// An operation and its parameters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Envelope {
    /// The local name of the element in the body.
    pub(super) operation: String,
    parameters: Vec<(String, String)>,
    /// `sessionId` of the `SessionHeader`.
    pub(super) session: Option<String>,
}

impl Envelope {
    /// `None` where the text is no XML, or has no body with an element.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let mut reader = Reader::from_reader(text);
        let mut path: Vec<String> = Vec::new();
        let mut texts: Vec<(Vec<String>, String)> = Vec::new();
        loop {
            match reader.read_event().ok()? {
                // No call that is simulated is nested like this.
                Event::Start(_) if path.len() == DEEPEST => return None,
                Event::Start(element) => {
                    path.push(String::from_utf8_lossy(element.local_name().as_ref()).into_owned());
                    texts.push((path.clone(), String::new()));
                }
                Event::Empty(element) => {
                    let mut path = path.clone();
                    path.push(String::from_utf8_lossy(element.local_name().as_ref()).into_owned());
                    texts.push((path, String::new()));
                }
                Event::Text(part) => push(&mut texts, &path, &part.decode().ok()?),
                Event::CData(part) => push(&mut texts, &path, &part.decode().ok()?),
                Event::GeneralRef(reference) => {
                    push(&mut texts, &path, &resolved(&reference.decode().ok()?)?)
                }
                Event::End(_) => {
                    path.pop()?;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Self::of(&texts)
    }

    fn of(texts: &[(Vec<String>, String)]) -> Option<Self> {
        let in_body = |path: &[String]| path.len() >= 3 && path[1] == "Body";
        let operation = texts
            .iter()
            .find(|(path, _)| in_body(path) && path.len() == 3)?;
        let parameters = texts
            .iter()
            .filter(|(path, _)| in_body(path) && path.len() == 4);
        let last = |path: &[String]| path.last().cloned().unwrap_or_default();
        let session = texts.iter().find(|(path, _)| {
            path.ends_with(&["SessionHeader".to_owned(), "sessionId".to_owned()])
        });
        Some(Self {
            operation: last(&operation.0),
            parameters: parameters
                .map(|(path, text)| (last(path), text.clone()))
                .collect(),
            session: session.map(|(_, text)| text.trim().to_owned()),
        })
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Adds text to the element that is open, which is the last one with this path.
fn push(texts: &mut [(Vec<String>, String)], path: &[String], part: &str) {
    if let Some((_, text)) = texts.iter_mut().rev().find(|(known, _)| known == path) {
        text.push_str(part);
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
            <password><![CDATA[p<w]]></password></login></se:Body></se:Envelope>"#,
        )
        .unwrap();

        assert_eq!(envelope.operation, "login");
        assert_eq!(envelope.parameter("username"), Some("a&b@x.example"));
        assert_eq!(envelope.parameter("password"), Some("p<w"));
        assert_eq!(envelope.session.as_deref(), Some("00D!x"));
    }

    #[test]
    fn what_is_no_envelope_is_none() {
        for text in ["", "hello", "<a><b></a>", "<Envelope><Body/></Envelope>"] {
            assert_eq!(Envelope::read(text.as_bytes()), None, "{text}");
        }
    }
}
