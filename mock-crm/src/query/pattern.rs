//! Patterns of texts.

/// A pattern of `LIKE`: `%` stands for any text, `_` for one character, in any case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Any,
    One,
    Letter(char),
}

impl Pattern {
    /// Reads a pattern in which a backslash takes the special meaning of `%` and `_` away.
    pub fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '%' => pieces.push(Piece::Any),
                '_' => pieces.push(Piece::One),
                '\\' => pieces.extend(lower(letters.next().unwrap_or('\\'))),
                letter => pieces.extend(lower(letter)),
            }
        }
        Self(pieces)
    }

    /// Whether all of `text` has this form.
    pub fn matches(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        let (mut piece, mut letter) = (0, 0);
        // Where to go on when the present attempt fails: the last `%`, taking one letter more.
        let mut retry: Option<(usize, usize)> = None;
        loop {
            match (self.0.get(piece), letters.get(letter)) {
                (Some(Piece::Any), _) => {
                    retry = Some((piece + 1, letter));
                    piece += 1;
                    continue;
                }
                (Some(Piece::One), Some(_)) => {}
                (Some(Piece::Letter(wanted)), Some(found)) if wanted == found => {}
                (None, None) => return true,
                _ => match retry {
                    Some((after, taken)) if taken < letters.len() => {
                        retry = Some((after, taken + 1));
                        (piece, letter) = (after, taken + 1);
                        continue;
                    }
                    _ => return false,
                },
            }
            piece += 1;
            letter += 1;
        }
    }
}

fn lower(letter: char) -> impl Iterator<Item = Piece> {
    letter.to_lowercase().map(Piece::Letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: bool) {
        assert_eq!(
            Pattern::new(pattern).matches(text),
            expected,
            "{pattern} {text}"
        );
    }

    #[test]
    fn percent_is_any_text_and_underscore_one_character() {
        check("A%", "acme", true);
        check("%me", "Acme", true);
        check("a%m%", "Acme", true);
        check("a_me", "acme", true);
        check("a_e", "acme", false);
        check("%", "", true);
        check("acme", "acme ", false);
        check("%ab%ab", "abcab", true);
    }

    #[test]
    fn a_backslash_takes_the_special_meaning_away() {
        check(r"50\%", "50%", true);
        check(r"50\%", "500", false);
        check(r"a\_b", "axb", false);
    }
}
