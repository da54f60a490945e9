//! The words in which a driver says what it can do.

/// Every word of protocol version 1.
pub const CAPABILITIES: [&str; 19] = [
    "crm:salesforce",
    "crm:hubspot",
    "record:contact",
    "record:account",
    "record:lead",
    "source:manual",
    "source:csv",
    "source:gmail",
    "source:linkedin",
    "source:prospecting",
    "source:jobchange",
    "mode:single",
    "mode:bulk",
    "activity:email",
    "activity:task",
    "activity:call",
    "update",
    "error_log",
    "https",
];

/// Whether the protocol has this word.
pub fn known(word: &str) -> bool {
    CAPABILITIES.contains(&word)
}

/// The words that begin like this.
pub fn of(prefix: &str) -> Vec<&'static str> {
    let words = CAPABILITIES.into_iter();
    words.filter(|word| word.starts_with(prefix)).collect()
}

/// The word that was probably meant: no more than three letters away.
pub fn nearest(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let distances = CAPABILITIES.map(|known| (distance(&word, known), known));
    let (letters, near) = distances.into_iter().min()?;
    (letters <= 3).then_some(near)
}

/// How many letters have to be changed, left out or put in.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut corner = line;
        row[0] = line + 1;
        for (column, second) in other.iter().enumerate() {
            let changed = corner + usize::from(letter != *second);
            corner = row[column + 1];
            row[column + 1] = changed.min(corner + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_nearly_one_is_recognised() {
        assert_eq!(nearest("crm:saleforce"), Some("crm:salesforce"));
        assert_eq!(nearest("Error-Log"), Some("error_log"));
        assert_eq!(nearest("opportunities"), None);
    }
}
