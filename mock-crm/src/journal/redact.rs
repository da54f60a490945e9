//! Blanks out the values of fields that are known to hold secrets, in JSON, forms, addresses and SOAP.

pub(super) const BLANK: &str = "[redacted]";

const SECRETS: [&str; 16] = [
    "hapikey",
    "access_token",
    "refresh_token",
    "client_secret",
    "password",
    "code_verifier",
    "assertion",
    "client_assertion",
    "id_token",
    "signature",
    "sessionId",
    "tokenKey",
    "token",
    "oauth_token",
    "Authorization",
    "X-SFDC-Session",
];

/// A secret in forms and queries: an authorization code. In JSON it says which error it is, and no vendor sends the other
/// one there.
const CODE: &str = "code";

/// HubSpot's paths that name a token, by the part before it.
const BEFORE_TOKENS: [&str; 2] = ["access-tokens", "refresh-tokens"];

/// The ones that elements hold.
const SECRET_ELEMENTS: [&str; 2] = ["password", "sessionId"];

/// Markup that is no element, and may hold anything: how it starts and ends.
const OPAQUE: [(&str, &str); 3] = [("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")];

/// An address: secrets stand in its query, behind a `#` where an answer is not for servers, and in some paths.
pub(super) fn address(uri: &str) -> String {
    match uri.find(['?', '#']) {
        Some(start) => path(&uri[..start]) + &uri[start..=start] + &form(&uri[start + 1..]),
        None => path(uri),
    }
}

fn path(text: &str) -> String {
    let mut before = "";
    let parts = text.split('/').map(|part| {
        let named = BEFORE_TOKENS.contains(&std::mem::replace(&mut before, part));
        if named && !part.is_empty() {
            BLANK
        } else {
            part
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

pub(super) fn body(text: &str) -> String {
    match text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .chars()
        .next()
    {
        Some('{' | '[') => json(text),
        Some('<') => xml(text),
        _ if text.contains('=') => form(text),
        _ => text.to_owned(),
    }
}

fn form(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for pair in text.split_inclusive(['&', '?', '#']) {
        match pair.split_once('=') {
            Some((name, value)) if secret(name) => {
                let joint = value.rfind(['&', '?', '#']);
                let joint = joint.map_or("", |place| &value[place..]);
                clean.extend([name, "=", BLANK, joint]);
            }
            _ => clean.push_str(pair),
        }
    }
    clean
}

/// Names can be written with escapes, too.
fn secret(name: &str) -> bool {
    let name = percent_encoding::percent_decode_str(name.trim()).decode_utf8_lossy();
    name == CODE || SECRETS.contains(&&*name)
}

fn json(text: &str) -> String {
    let Ok(mut value) = serde_json::from_str::<serde_json::Value>(text) else {
        return text.to_owned();
    };
    if blank(&mut value) {
        value.to_string()
    } else {
        text.to_owned()
    }
}

fn blank(value: &mut serde_json::Value) -> bool {
    use serde_json::Value;
    match value {
        Value::Object(fields) => fields.iter_mut().fold(false, |found, (name, value)| {
            if SECRETS.contains(&name.as_str()) && value.is_string() {
                *value = BLANK.into();
                true
            } else {
                blank(value) || found
            }
        }),
        Value::Array(items) => items
            .iter_mut()
            .fold(false, |found, item| blank(item) | found),
        _ => false,
    }
}

/// Elements may have a namespace prefix and attributes: `<urn:password xsi:type="xsd:string">`. What is cut off within a
/// secret is blank to its end.
fn xml(text: &str) -> String {
    let (mut clean, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, secret, after)) = next_secret(rest) {
        clean.push_str(before);
        if !secret.is_empty() {
            clean.push_str(BLANK);
        }
        rest = after;
    }
    clean.push_str(rest);
    clean
}

/// What comes before the next secret, the secret, and what comes after it.
fn next_secret(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find('<')?;
        let end = start + tag_length(&text[start..]);
        let tag = &text[start..end];
        let name = local_name(tag.trim_start_matches('<'));
        if SECRET_ELEMENTS.contains(&name) && !tag.ends_with("/>") {
            let length = length_inside(&text[end..], name);
            return Some((
                &text[..end],
                &text[end..end + length],
                &text[end + length..],
            ));
        }
        from = end;
    }
}

/// Up to the `>` that is in no quotes.
fn tag_length(text: &str) -> usize {
    let opaque = OPAQUE.iter().find(|(start, _)| text.starts_with(start));
    if let Some((_, end)) = opaque {
        return text.find(end).map_or(text.len(), |at| at + end.len());
    }
    let mut quote = None;
    for (place, character) in text.char_indices() {
        match (quote, character) {
            (None, '>') => return place + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Up to the end tag of this name.
fn length_inside(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(start) = text[from..].find('<').map(|at| from + at) {
        let tag = &text[start..];
        if tag
            .strip_prefix("</")
            .is_some_and(|tag| local_name(tag) == name)
        {
            return start;
        }
        from = start + tag_length(tag);
    }
    text.len()
}

fn local_name(tag: &str) -> &str {
    let end = |character: char| character.is_whitespace() || matches!(character, '>' | '/');
    let name = tag.split(end).next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    proptest::proptest! {
        #[test]
        fn no_text_panics(text in r#"([<>/"'&=?#ü ]|password|CDATA|!\[|\]){0,20}"#) {
            super::body(&text);
            super::xml(&text);
            super::address(&text);
        }
    }

    #[test]
    fn secrets_are_blanked_out_in_every_form() {
        for (text, expected) in [
            (
                "grant_type=refresh_token&refresh_token=5Aep&x=1",
                "grant_type=refresh_token&refresh_token=[redacted]&x=1",
            ),
            (
                r#"{"access_token":"CJ1","hub_id":5}"#,
                r#"{"access_token":"[redacted]","hub_id":5}"#,
            ),
            (
                "<n1:username>a</n1:username><n1:password>b</n1:password>",
                "<n1:username>a</n1:username><n1:password>[redacted]</n1:password>",
            ),
            (
                r#"<u:password xsi:type="a>b">x<y/></u:password><password/><sessionId ><![CDATA[</sessionId>]]></sessionId>"#,
                r#"<u:password xsi:type="a>b">[redacted]</u:password><password/><sessionId >[redacted]</sessionId>"#,
            ),
            (
                "<!-- don't --><password>b</password>",
                "<!-- don't --><password>[redacted]</password>",
            ),
            ("<a><password>b", "<a><password>[redacted]"),
            (
                "<a b='<password>c</password>",
                "<a b='<password>c</password>",
            ),
            (
                "client%5Fsecret=x&\nassertion=a=b\n",
                "client%5Fsecret=[redacted]&\nassertion=[redacted]",
            ),
            ("Id,Name\n1,a=b&c\n", "Id,Name\n1,a=b&c\n"),
            (r#"{"LastName":"Lee"}"#, r#"{"LastName":"Lee"}"#),
            (
                r#"{"errors":[{"code":"INVALID_OWNER_ID"}]}"#,
                r#"{"errors":[{"code":"INVALID_OWNER_ID"}]}"#,
            ),
        ] {
            assert_eq!(super::body(text), expected);
        }
        for (text, expected) in [
            ("/revoke?token=00D", "/revoke?token=[redacted]"),
            (
                "http://localhost/done?code=aPrx&state=s#access_token=00D&x=1",
                "http://localhost/done?code=[redacted]&state=s#access_token=[redacted]&x=1",
            ),
            (
                "/webhooks/v3/7/settings?hapikey=k&x=1",
                "/webhooks/v3/7/settings?hapikey=[redacted]&x=1",
            ),
            (
                "/oauth/v1/refresh-tokens/na1-5Aep?x=1",
                "/oauth/v1/refresh-tokens/[redacted]?x=1",
            ),
            (
                "/oauth/v1/access-tokens/CJ1/",
                "/oauth/v1/access-tokens/[redacted]/",
            ),
        ] {
            assert_eq!(super::address(text), expected);
        }
    }
}
