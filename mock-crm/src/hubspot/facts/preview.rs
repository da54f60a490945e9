//! What HubSpot makes of an activity's body and of an email's headers.

use std::borrow::Cow;

use serde_json::Value;

/// The body without its tags.
pub(super) fn words(body: &str) -> Cow<'_, str> {
    if !body.contains('<') {
        return Cow::Borrowed(body);
    }
    let mut inside = false;
    let plain = body.chars().filter(|character| {
        inside |= *character == '<';
        let keep = !inside;
        inside &= *character != '>';
        keep
    });
    Cow::Owned(plain.collect())
}

/// The body as a page, laid out as in recorded answers.
pub(super) fn page(body: &str) -> Cow<'_, str> {
    let (head, end) = ("<html>\n <head></head>\n <body>\n ", "\n </body>\n</html>");
    [head, body, end].concat().into()
}

/// A part of the addresses of one field, semicolons between them. Headers that are no JSON have none.
pub(super) fn header<'h>(headers: &str, field: &str, part: &str) -> Option<Cow<'h, str>> {
    let headers: Value = serde_json::from_str(headers).ok()?;
    let addresses = match headers.get(field)? {
        Value::Array(many) => many.iter().collect(),
        one => vec![one],
    };
    let parts = addresses
        .into_iter()
        .filter_map(|one| one.get(part)?.as_str());
    let parts: Vec<&str> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(";").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_stands_between_tags() {
        assert_eq!(words("plain & simple"), "plain & simple");
        assert_eq!(words("<p>Two <b>bold</b> words</p>"), "Two bold words");
        assert_eq!(words("a < b"), "a ");
    }

    #[test]
    fn headers_that_are_odd_have_no_addresses() {
        let headers = r#"{"from":{"email":"a@x.example"},"to":[{"email":"b@x.example"},{"email":"c@x.example"}],"cc":7}"#;

        assert_eq!(
            header(headers, "from", "email").as_deref(),
            Some("a@x.example")
        );
        assert_eq!(
            header(headers, "to", "email").as_deref(),
            Some("b@x.example;c@x.example")
        );
        for field in ["cc", "bcc"] {
            assert_eq!(header(headers, field, "email"), None);
        }
        assert_eq!(header("no json", "from", "email"), None);
    }
}
