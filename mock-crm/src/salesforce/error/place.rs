//! Where in a text a value stands: asked only when it is refused, so that no request that is in order pays for it.

/// Line and column, from 1, of the value of a key of the outermost object. The text is JSON that was read before.
pub(super) fn of_value(text: &[u8], key: &str) -> Option<(usize, usize)> {
    let (mut depth, mut at) = (0usize, 0usize);
    while let Some(&byte) = text.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b'"' => {
                let end = end_of_text(text, at)?;
                let name = text.get(at + 1..end)?;
                let colon = skip_blank(text, end + 1);
                if depth == 1
                    && text.get(colon) == Some(&b':')
                    && name.eq_ignore_ascii_case(key.as_bytes())
                {
                    return Some(line_and_column(text, skip_blank(text, colon + 1)));
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The place of the quote that ends the text that starts at `start`.
fn end_of_text(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn skip_blank(text: &[u8], start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start
        + rest
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count()
}

fn line_and_column(text: &[u8], at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |place| place + 1);
    (line, at - start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_a_key_is_found_outside_of_texts_and_inner_objects() {
        let text = br#"{"a\"b:": {"Title": 1},
  "TITLE" : true}"#;

        assert_eq!(of_value(text, "Title"), Some((2, 13)));
        assert_eq!(of_value(text, "Name"), None);
        assert_eq!(of_value(b"\"", "Name"), None);
    }
}
