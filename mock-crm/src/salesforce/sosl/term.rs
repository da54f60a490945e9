//! Search terms: words, phrases and what joins them. SOSL reference, "FIND {SearchQuery}".

use crate::query::{Pattern, Value};
use crate::salesforce::soql::SoqlError;

/// What a record's texts must have.
#[derive(Debug)]
pub(in crate::salesforce) enum Term {
    /// These words, one behind the other in one text.
    Phrase(Vec<Pattern>),
    All(Vec<Term>),
    Any(Vec<Term>),
    Not(Box<Term>),
}

/// How deep parentheses may be nested: a search from outside must not exhaust the stack.
const DEEPEST: usize = 64;

/// Characters that mean something, unless there is a backslash before them.
const SPECIAL: &str = "?&|!{}[]()^~*:\\\"'+-";

#[derive(Clone, Debug, PartialEq)]
enum Token {
    And,
    Or,
    Not,
    Open,
    Close,
    /// Words: several where punctuation or quotes keep them together.
    Phrase(Vec<Vec<Letter>>),
}

/// A letter of a word; `*` and `?` stand for others.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Letter {
    Plain(char),
    Many,
    One,
}

impl Term {
    /// Reads what stands between the braces.
    ///
    /// # Errors
    /// Where there is nothing to look for, or operators and parentheses do not go together.
    pub(in crate::salesforce) fn read(text: &str) -> Result<Self, SoqlError> {
        if text.trim().is_empty() {
            let message = "No search term found. The search term must be enclosed in braces.";
            return Err(SoqlError::search(message));
        }
        let tokens = tokens(text);
        let plain = |letter: &&Letter| matches!(letter, Letter::Plain(_));
        let letters = tokens.iter().map(|token| match token {
            Token::Phrase(words) => words.iter().flatten().filter(plain).count(),
            _ => 0,
        });
        if letters.sum::<usize>() < 2 {
            let message = format!("search term must be longer than one character: {text}");
            return Err(SoqlError::search(message));
        }
        let mut reader = Reader {
            tokens: tokens.into_iter().peekable(),
            depth: 0,
        };
        let term = reader.any()?;
        match reader.tokens.next() {
            None => Ok(term),
            Some(_) => Err(malformed()),
        }
    }

    /// Whether these texts, as words each, are what is looked for.
    pub(super) fn matches(&self, texts: &[Vec<String>]) -> bool {
        match self {
            Self::Phrase(patterns) => texts.iter().any(|words| {
                words.windows(patterns.len()).any(|words| {
                    let mut pairs = patterns.iter().zip(words);
                    pairs.all(|(pattern, word)| pattern.matches(word))
                })
            }),
            Self::All(terms) => terms.iter().all(|term| term.matches(texts)),
            Self::Any(terms) => terms.iter().any(|term| term.matches(texts)),
            Self::Not(term) => !term.matches(texts),
        }
    }
}

/// The words of values: runs of letters and digits.
pub(super) fn words(values: &[Value<'_>]) -> Vec<Vec<String>> {
    let texts = values.iter().filter_map(|value| match value {
        Value::Text(text) => Some(text),
        _ => None,
    });
    texts
        .map(|text| {
            let words = text.split(|letter: char| !letter.is_alphanumeric());
            let words = words.filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        })
        .collect()
}

fn malformed() -> SoqlError {
    // The wording is unverified.
    SoqlError::search("the search term is malformed: check operators, quotes and parentheses")
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            '"' => tokens.push(Token::Phrase(phrase(&mut letters, |letter| letter == '"'))),
            '&' | '|' => {
                letters.next_if_eq(&letter);
                tokens.push(if letter == '&' { Token::And } else { Token::Or });
            }
            '!' => tokens.push(Token::Not),
            letter if letter.is_whitespace() => {}
            letter => tokens.push(word(letter, &mut letters)),
        }
    }
    tokens.retain(|token| !matches!(token, Token::Phrase(words) if words.is_empty()));
    tokens
}

/// A word, or an operator.
fn word(first: char, letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Token {
    let mut word = String::from(first);
    let mut escaped = first == '\\';
    while let Some(letter) =
        letters.next_if(|letter| escaped || !(letter.is_whitespace() || "()\"&|".contains(*letter)))
    {
        escaped = letter == '\\' && !escaped;
        word.push(letter);
    }
    match word.to_ascii_uppercase().as_str() {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        _ => Token::Phrase(phrase(&mut word.chars(), |_| false)),
    }
}

/// Words up to where the phrase ends; what is neither letter, digit nor wildcard parts them.
fn phrase(
    letters: &mut impl Iterator<Item = char>,
    ends: impl Fn(char) -> bool,
) -> Vec<Vec<Letter>> {
    let mut words = vec![Vec::new()];
    while let Some(letter) = letters.next() {
        let letter = match letter {
            '\\' => letters
                .next()
                .filter(|escaped| !SPECIAL.contains(*escaped))
                .map(Letter::Plain),
            letter if ends(letter) => break,
            '*' => Some(Letter::Many),
            '?' => Some(Letter::One),
            letter => Some(Letter::Plain(letter)).filter(|_| letter.is_alphanumeric()),
        };
        match (letter, words.last_mut()) {
            (Some(letter), Some(word)) => word.push(letter),
            _ => words.push(Vec::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn pattern(word: &[Letter]) -> Pattern {
    let mut text = String::new();
    for letter in word {
        match letter {
            Letter::Many => text.push('%'),
            Letter::One => text.push('_'),
            Letter::Plain(letter) => text.extend(['\\', *letter]),
        }
    }
    Pattern::new(&text)
}

struct Reader {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    depth: usize,
}

impl Reader {
    fn any(&mut self) -> Result<Term, SoqlError> {
        let mut terms = vec![self.all()?];
        while self.tokens.next_if_eq(&Token::Or).is_some() {
            terms.push(self.all()?);
        }
        Ok(Term::Any(terms))
    }

    /// Words beside each other are all looked for.
    fn all(&mut self) -> Result<Term, SoqlError> {
        let mut terms = vec![self.one()?];
        loop {
            let joined = self.tokens.next_if_eq(&Token::And).is_some();
            let not = self.tokens.next_if_eq(&Token::Not).is_some();
            match self.tokens.peek() {
                Some(Token::Phrase(_) | Token::Open) => {}
                _ if joined || not => return Err(malformed()),
                _ => return Ok(Term::All(terms)),
            }
            let term = self.one()?;
            terms.push(if not { Term::Not(Box::new(term)) } else { term });
        }
    }

    fn one(&mut self) -> Result<Term, SoqlError> {
        match self.tokens.next() {
            Some(Token::Phrase(words)) => Ok(Term::Phrase(
                words.iter().map(|word| pattern(word)).collect(),
            )),
            Some(Token::Open) if self.depth < DEEPEST => {
                self.depth += 1;
                let term = self.any()?;
                self.depth -= 1;
                match self.tokens.next() {
                    Some(Token::Close) => Ok(term),
                    _ => Err(malformed()),
                }
            }
            _ => Err(malformed()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(term: &str, text: &str, expected: bool) {
        let found = Term::read(term)
            .unwrap()
            .matches(&words(&[Value::Text(text.into())]));
        assert_eq!(found, expected, "{term} in {text}");
    }

    #[test]
    fn words_are_found_whole_and_in_any_case() {
        check("acme", "The ACME Corp", true);
        check("acm", "Acme", false);
        check("acm*", "Acme", true);
        check("a?me", "Acme", true);
        check("acme corp", "corp of acme", true);
        check("\"acme corp\"", "corp of acme", false);
        check("\"acme corp\"", "Acme-Corp", true);
        check("ann@x.example", "ann@x.example", true);
        check(r"AT\&T", "at&t", true);
        check("100%", "100", true);
    }

    #[test]
    fn operators_join_words() {
        check("acme OR beta", "beta", true);
        check("acme AND beta", "beta", false);
        check("beta AND NOT acme", "beta", true);
        check("beta and not acme", "acme beta", false);
        check("(acme OR beta) corp", "beta corp", true);
        check("acme || beta && corp", "acme", true);
    }

    #[test]
    fn what_is_no_term_is_refused() {
        let deep = format!("{}ab", "(".repeat(10_000));
        for term in [
            "", "  ", "a", "*", "ab AND", "OR ab", "(ab", "ab)", "NOT ab", "\"\"", &deep,
        ] {
            assert!(Term::read(term).is_err(), "{term}");
        }
    }
}
