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
    /// `USD5000`: a number with the code of a currency.
    Currency(f64, &'q str),
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
            Self::Date(text) | Self::DateTime(text) | Self::Currency(_, text) => (*text).to_owned(),
            Self::Symbol(symbol) => (*symbol).to_owned(),
            Self::End => "<EOF>".to_owned(),
        }
    }
}

const SYMBOLS: [&str; 13] = [
    "!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ",", ".", ":", "*",
];

/// The tokens from the byte `start` on.
pub(super) fn tokens(query: &str, start: usize) -> Result<Vec<Token<'_>>, SoqlError> {
    let mut tokens = Vec::new();
    let mut at = start;
    loop {
        at += query[at..].len() - query[at..].trim_start().len();
        let Some(first) = query[at..].chars().next() else {
            tokens.push(Token {
                kind: TokenKind::End,
                at: query.len(),
            });
            return Ok(tokens);
        };
        let compared = tokens.last().is_some_and(compares);
        let (kind, length) = match currency(&query[at..]).filter(|_| compared) {
            Some(found) => found,
            None => token(query, at, first)?,
        };
        tokens.push(Token { kind, at });
        at += length;
    }
}

/// Whether a value comes next.
fn compares(token: &Token<'_>) -> bool {
    matches!(
        token.kind,
        TokenKind::Symbol("=" | "!=" | "<>" | "<" | "<=" | ">" | ">=")
    )
}

fn currency(text: &str) -> Option<(TokenKind<'_>, usize)> {
    let code = text
        .get(..3)
        .filter(|code| code.bytes().all(|letter| letter.is_ascii_uppercase()))?;
    let length = length_of(text, |c| c.is_ascii_alphanumeric() || ".-_".contains(c));
    let number = text[code.len()..length].parse::<f64>().ok()?;
    let digits = text[code.len()..].starts_with(|c: char| c.is_ascii_digit() || c == '-');
    (digits && number.is_finite()).then_some((TokenKind::Currency(number, &text[..length]), length))
}

fn token(query: &str, at: usize, first: char) -> Result<(TokenKind<'_>, usize), SoqlError> {
    let rest = &query[at..];
    if first.is_ascii_alphabetic() || first == '_' {
        let length = length_of(rest, |c| c.is_ascii_alphanumeric() || c == '_');
        return Ok((TokenKind::Word(&rest[..length]), length));
    }
    if first == '\'' {
        return quoted(rest, at);
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
fn quoted(text: &str, at: usize) -> Result<(TokenKind<'_>, usize), SoqlError> {
    let mut content = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((place, letter)) = letters.next() {
        match letter {
            '\'' => {
                let raw = &text[1..place];
                return Ok((TokenKind::Text { content, raw }, place + 1));
            }
            '\\' => {
                let Some((_, escaped)) = letters.next() else {
                    break;
                };
                match unescaped(escaped) {
                    Some(letter) => content.push(letter),
                    None => return Err(illegal_escape(text, at, escaped)),
                }
            }
            letter => content.push(letter),
        }
    }
    let message = "string is not terminated by a closing quote (')";
    Err(SoqlError::malformed(at, message))
}

fn unescaped(letter: char) -> Option<char> {
    Some(match letter {
        'n' | 'N' => '\n',
        'r' | 'R' => '\r',
        't' | 'T' => '\t',
        'b' | 'B' => '\u{8}',
        'f' | 'F' => '\u{c}',
        '"' | '\'' | '\\' | '_' | '%' => letter,
        _ => return None,
    })
}

/// The wording is unverified.
fn illegal_escape(text: &str, at: usize, escaped: char) -> SoqlError {
    let literal: String = text
        .chars()
        .skip(1)
        .take(80)
        .take_while(|c| *c != '\'')
        .collect();
    let message = format!(
        "Invalid string literal '{literal}'. Illegal character sequence '\\{escaped}' in string literal."
    );
    SoqlError::malformed(at, message)
}

/// The pattern that a quoted text means to `LIKE`, where `\%`, `\_` and `\\` stay escaped.
pub(super) fn pattern(raw: &str) -> String {
    let mut pattern = String::with_capacity(raw.len());
    let mut letters = raw.chars();
    while let Some(letter) = letters.next() {
        let escaped = if letter == '\\' { letters.next() } else { None };
        match escaped {
            Some(kept @ ('%' | '_' | '\\')) => pattern.extend(['\\', kept]),
            Some(escaped) => pattern.extend(unescaped(escaped)),
            None => pattern.push(letter),
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(query: &str) -> Vec<TokenKind<'_>> {
        tokens(query, 0)
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
        for refused in ["'open", r"'open\", r"'\q'"] {
            assert!(tokens(refused, 0).is_err(), "{refused}");
        }
    }

    #[test]
    fn a_pattern_keeps_what_like_escapes() {
        assert_eq!(pattern(r"50\%\n\'\\x_"), "50\\%\n'\\\\x_");
    }

    #[test]
    fn a_code_of_a_currency_before_a_number_is_a_value() {
        assert_eq!(
            kinds("Income > USD100.5")[2],
            TokenKind::Currency(100.5, "USD100.5")
        );
        assert_eq!(kinds("USD100")[0], TokenKind::Word("USD100"));
    }
}
