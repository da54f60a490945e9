//! Blanks out the values of fields that are known to hold secrets, in JSON, forms, queries and SOAP.

pub(super) const BLANK: &str = "[redacted]";

const SECRETS: [&str; 13] = [
    "access_token",
    "refresh_token",
    "client_secret",
    "password",
    "code_verifier",
    "assertion",
    "id_token",
    "signature",
    "sessionId",
    "tokenKey",
    "token",
    "code",
    "oauth_token",
];

pub(super) fn query(uri: &str) -> String {
    match uri.split_once('?') {
        Some((path, query)) => format!("{path}?{}", form(query)),
        None => uri.to_owned(),
    }
}

pub(super) fn body(text: &str) -> String {
    match text.trim_start().chars().next() {
        Some('{' | '[') => json(text),
        Some('<') => xml(text),
        _ if text.contains('=') && !text.contains('\n') => form(text),
        _ => text.to_owned(),
    }
}

fn form(text: &str) -> String {
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if SECRETS.contains(&name) => format!("{name}={BLANK}"),
        _ => pair.to_owned(),
    };
    text.split('&').map(pair).collect::<Vec<_>>().join("&")
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

fn xml(text: &str) -> String {
    let mut clean = text.to_owned();
    for name in ["password", "sessionId"] {
        let mut from = 0;
        // Elements may have a namespace prefix: `<urn:password>`.
        while let Some(open) = clean[from..]
            .find(&format!("{name}>"))
            .map(|at| from + at + name.len() + 1)
        {
            let Some(close) = clean[open..].find("</").map(|at| open + at) else {
                break;
            };
            clean.replace_range(open..close, BLANK);
            let closed = open + BLANK.len();
            from = clean[closed..]
                .find('>')
                .map_or(clean.len(), |at| closed + at + 1);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
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
            (r#"{"LastName":"Lee"}"#, r#"{"LastName":"Lee"}"#),
        ] {
            assert_eq!(super::body(text), expected);
        }
        assert_eq!(
            super::query("/revoke?token=00D"),
            "/revoke?token=[redacted]"
        );
    }
}
