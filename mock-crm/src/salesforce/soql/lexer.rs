//! SOQL text to tokens.

use super::frame::SoqlError;

/// A piece of a query and where it starts, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token<'q> {
    pub(super) kind: TokenKind<'q>,
    pub(super) at: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind<'q> {
    /// A name or a keyword.
    Word(&'q str),
    /// The content of a quoted text, escapes resolved; and as it was, for `LIKE`, which has escapes of its own.
    Text {
        content: String,
        raw: &'q str,
    },
    Number(f64),
    /// `2026-01-01`
    Date(&'q str),
    /// `2026-01-01T00:00:00Z`
    DateTime(&'q str),
    /// Punctuation and operators.
    Symbol(&'static str),
    End,
}

impl TokenKind<'_> {
    /// As error texts quote it.
    pub(super) fn quoted(&self) -> String {
        match self {
            Self::Word(word) => (*word).to_owned(),
            Self::Text { raw, .. } => (*raw).to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(text) | Self::DateTime(text) => (*text).to_owned(),
            Self::Symbol(symbol) => (*symbol).to_owned(),
            Self::End => "<EOF>".to_owned(),
        }
    }
}

const SYMBOLS: [&str; 13] = [
    "!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ",", ".", ":", "*",
];

pub(super) fn tokens(query: &str) -> Result<Vec<Token<'_>>, SoqlError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        at += query[at..].len() - query[at..].trim_start().len();
        let Some(first) = query[at..].chars().next() else {
            tokens.push(Token {
                kind: TokenKind::End,
                at: query.len(),
            });
            return Ok(tokens);
        };
        let (kind, length) = token(query, at, first)?;
        tokens.push(Token { kind, at });
        at += length;
    }
}

fn token(query: &str, at: usize, first: char) -> Result<(TokenKind<'_>, usize), SoqlError> {
    let rest = &query[at..];
    if first.is_ascii_alphabetic() || first == '_' {
        let length = length_of(rest, |c| c.is_ascii_alphanumeric() || c == '_');
        return Ok((TokenKind::Word(&rest[..length]), length));
    }
    if first == '\'' {
        return quoted(rest).ok_or_else(|| {
            SoqlError::malformed(at, "string is not terminated by a closing quote (')")
        });
    }
    let negative = first == '-' && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if first.is_ascii_digit() || negative {
        return number(rest).ok_or_else(|| {
            SoqlError::malformed(at, format!("unexpected token: '{}'", word_of(rest)))
        });
    }
    match SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol)) {
        Some(symbol) => Ok((TokenKind::Symbol(symbol), symbol.len())),
        None => Err(SoqlError::malformed(
            at,
            format!("unexpected char: '{first}'"),
        )),
    }
}

fn length_of(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn word_of(text: &str) -> &str {
    &text[..length_of(text, |c| !c.is_whitespace())]
}

/// A number, a date or an instant: all start with digits.
fn number(text: &str) -> Option<(TokenKind<'_>, usize)> {
    let length = length_of(text, |c| c.is_ascii_alphanumeric() || ":.+-".contains(c));
    let word = &text[..length];
    if let Ok(number) = word.parse::<f64>() {
        return number
            .is_finite()
            .then_some((TokenKind::Number(number), length));
    }
    let dated = word.len() >= 10 && word.as_bytes().get(4) == Some(&b'-');
    dated.then_some(match word.len() {
        10 => (TokenKind::Date(word), length),
        _ => (TokenKind::DateTime(word), length),
    })
}

/// A text in single quotes. Escapes: SOQL reference, "Quoted String Escape Sequences".
fn quoted(text: &str) -> Option<(TokenKind<'_>, usize)> {
    let mut content = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((place, letter)) = letters.next() {
        match letter {
            '\'' => {
                let raw = &text[1..place];
                return Some((TokenKind::Text { content, raw }, place + 1));
            }
            '\\' => content.push(match letters.next()?.1 {
                'n' | 'N' => '\n',
                'r' | 'R' => '\r',
                't' | 'T' => '\t',
                'b' | 'B' => '\u{8}',
                'f' | 'F' => '\u{c}',
                other => other,
            }),
            letter => content.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(query: &str) -> Vec<TokenKind<'_>> {
        tokens(query)
            .unwrap()
            .into_iter()
            .map(|token| token.kind)
            .collect()
    }

    #[test]
    fn dates_instants_and_numbers_are_told_apart() {
        assert_eq!(
            kinds("2026-01-01 2026-01-01T00:00:00.000+00:00 10 -2.5"),
            [
                TokenKind::Date("2026-01-01"),
                TokenKind::DateTime("2026-01-01T00:00:00.000+00:00"),
                TokenKind::Number(10.0),
                TokenKind::Number(-2.5),
                TokenKind::End
            ]
        );
    }

    #[test]
    fn escapes_are_resolved_and_an_open_quote_is_refused() {
        let kinds = kinds(r"'John\'s'");

        assert!(matches!(&kinds[0], TokenKind::Text { content, .. } if content == "John's"));
        assert!(tokens("'open").is_err());
    }
}
