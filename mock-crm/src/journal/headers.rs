//! Headers as the journal keeps them.

use http::HeaderMap;

/// Headers in one piece of memory of their own, a line each: `name: value`.
///
/// The values of a [`HeaderMap`] are parts of the connection's buffer. Whoever keeps one keeps the buffer, and the
/// connection then has to make a new one for every request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Box<[u8]>);

impl Headers {
    /// A copy.
    pub fn copy(map: &HeaderMap) -> Self {
        let length = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            name.as_str().len() + value.len() + 3
        };
        let mut lines = Vec::with_capacity(map.iter().map(length).sum());
        for (name, value) in map {
            lines.extend_from_slice(name.as_str().as_bytes());
            lines.extend_from_slice(b": ");
            lines.extend_from_slice(value.as_bytes());
            // No header value has a line break in it.
            lines.push(b'\n');
        }
        Self(lines.into_boxed_slice())
    }

    /// Names in lower case, and values with what is no UTF-8 replaced, in order.
    pub fn iter(&self) -> impl Iterator<Item = (String, String)> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        self.0.split(|byte| *byte == b'\n').filter_map(move |line| {
            let end = line.windows(2).position(|pair| pair == b": ")?;
            Some((text(&line[..end]), text(&line[end + 2..])))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_every_line_in_order() {
        let mut map = HeaderMap::new();
        for (name, value) in [("x-one", "a: b"), ("x-one", ""), ("x-two", "c")] {
            map.append(name, http::HeaderValue::from_static(value));
        }

        let lines: Vec<_> = Headers::copy(&map).iter().collect();

        let expected = [("x-one", "a: b"), ("x-one", ""), ("x-two", "c")];
        assert_eq!(
            lines,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert_eq!(Headers::default().iter().count(), 0);
    }
}
