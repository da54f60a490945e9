//! `X-PrettyPrint: 1`: the same JSON with blanks and line ends, in the form that recordings of real orgs have.

use axum::body::Body;
use http::{Response, header};

/// The answer with its JSON laid out; any other answer as it is.
pub(super) async fn answer(response: Response<Body>) -> Response<Body> {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !is_json {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // What the mock makes itself can be read to its end.
    let bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(laid_out(&bytes)))
}

/// `{"a":[1,2]}` as `{ "a" : [ 1, 2 ] }` over several lines. The text is JSON without blanks between its parts.
fn laid_out(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() * 2);
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    // For each open bracket, whether it is an object.
    let mut open: Vec<bool> = Vec::new();
    let mut previous = b' ';
    let new_line = |out: &mut Vec<u8>, depth: usize| {
        out.push(b'\n');
        out.resize(out.len() + 2 * depth, b' ');
    };
    for &byte in json {
        if in_text {
            out.push(byte);
            in_text = escaped || byte != b'"';
            escaped = byte == b'\\' && !escaped;
            continue;
        }
        match byte {
            b'{' | b'[' => {
                open.push(byte == b'{');
                out.push(byte);
                if byte == b'{' {
                    depth += 1;
                }
            }
            b'}' | b']' => {
                let object = open.pop().unwrap_or_default();
                if object {
                    depth = depth.saturating_sub(1);
                }
                match object && previous != b'{' {
                    true => new_line(&mut out, depth),
                    false => out.push(b' '),
                }
                out.push(byte);
            }
            b',' if open.last() == Some(&true) => {
                out.push(b',');
                new_line(&mut out, depth);
            }
            b',' => out.extend_from_slice(b", "),
            b':' => out.extend_from_slice(b" : "),
            _ => {
                match previous {
                    b'{' => new_line(&mut out, depth),
                    b'[' => out.push(b' '),
                    _ => {}
                }
                in_text = byte == b'"';
                out.push(byte);
            }
        }
        if matches!((previous, byte), (b'[', b'{' | b'[')) {
            // The bracket was written without the blank that goes before the first item.
            let bracket = out.pop().unwrap_or_default();
            out.extend_from_slice(&[b' ', bracket]);
        }
        previous = byte;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_and_its_texts_stay() {
        let laid_out = laid_out(br#"{"a":{"b":[{"c":"x, \"{y}\\"},2],"d":[]},"e":{},"f":[[1]]}"#);

        insta::assert_snapshot!(String::from_utf8(laid_out).unwrap(), @r#"
        {
          "a" : {
            "b" : [ {
              "c" : "x, \"{y}\\"
            }, 2 ],
            "d" : [ ]
          },
          "e" : { },
          "f" : [ [ 1 ] ]
        }
        "#);
    }
}
