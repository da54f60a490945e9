use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::UnknownWord;

/// One reading of one open question: `Q7a`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReadingId {
    question: u8,
    letter: char,
}

/// A question that the documents leave open.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Its number, `7` for Q7.
    pub number: u8,
    /// What is asked.
    pub asks: &'static str,
    /// The readings, in order: the first is letter `a`.
    pub readings: &'static [&'static str],
    /// The letter to follow, where one is recommended.
    pub recommended: Option<char>,
    /// Why, or how the suite treats it.
    pub because: &'static str,
}

/// A reading, found by its id.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// Its id.
    pub id: ReadingId,
    /// What it says, in a few words.
    pub says: &'static str,
    /// Whether it is the one to follow.
    pub recommended: bool,
}

/// Reading `letter` of question `question`.
pub(super) const fn q(question: u8, letter: char) -> ReadingId {
    ReadingId { question, letter }
}

/// The question with this number.
pub fn question(number: u8) -> Option<&'static Question> {
    QUESTIONS.iter().find(|question| question.number == number)
}

/// All questions, Q1 to Q23.
pub fn questions() -> &'static [Question] {
    &QUESTIONS
}

impl Question {
    /// The readings with their ids.
    pub fn readings(&self) -> impl Iterator<Item = Reading> {
        ('a'..='z')
            .zip(self.readings)
            .map(|(letter, says)| Reading {
                id: q(self.number, letter),
                says,
                recommended: self.recommended == Some(letter),
            })
    }
}

impl ReadingId {
    /// The number of the question, `7` for `Q7a`.
    pub fn question(self) -> u8 {
        self.question
    }

    /// What the id stands for; `None` where there is no such reading.
    pub fn reading(self) -> Option<Reading> {
        question(self.question)?
            .readings()
            .find(|reading| reading.id == self)
    }
}

impl fmt::Display for ReadingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("Q{}{}", self.question, self.letter))
    }
}

impl FromStr for ReadingId {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let all = || QUESTIONS.iter().flat_map(Question::readings);
        all()
            .map(|reading| reading.id)
            .find(|id| id.to_string() == word)
            .ok_or_else(|| UnknownWord {
                word: word.to_owned(),
                wanted: "reading",
                known: "Q1 to Q23 with a letter, as in Q7a",
            })
    }
}

impl TryFrom<String> for ReadingId {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, UnknownWord> {
        word.parse()
    }
}

impl From<ReadingId> for String {
    fn from(id: ReadingId) -> Self {
        id.to_string()
    }
}

const fn ask(number: u8, asks: &'static str, readings: &'static [&'static str]) -> Question {
    Question {
        number,
        asks,
        readings,
        recommended: None,
        because: "",
    }
}

impl Question {
    const fn follow(self, letter: char, because: &'static str) -> Self {
        Self {
            recommended: Some(letter),
            because,
            ..self
        }
    }
    const fn open(self, because: &'static str) -> Self {
        Self { because, ..self }
    }
}

static QUESTIONS: [Question; 23] = [
    ask(1, "What does \"team sync or the highest\" mean?", &["team sync if usable, else the highest", "either, freely", "two names for one person"])
        .follow('a', "A15 names team sync alone; that the highest goes before team sync is refuted by it"),
    ask(2, "Does A11 void the personal side of the table?", &["yes: Created By is always team sync's", "no: Created By follows the credential, and the table says which"])
        .follow('b', "the table is specific, stands in both documents, and A8 names the connected user first"),
    ask(3, "Who owns, in the CRM, what an unlinked user pushed?", &["the team sync user", "that user, matched by e-mail", "not said"])
        .follow('a', "A15 says it for Salesforce"),
    ask(4, "Who is \"you\" in a bulk push of several users' records?", &["each record's own user", "whoever pressed the button", "whoever enabled the push settings"])
        .follow('a', "firm rows are kept to batches in which all readings agree"),
    ask(5, "Who is \"you\" when nobody pushes?", &["Apollo's owner", "nobody, so team sync"])
        .follow('a', "the creator is team sync's anyway where it matters most, after a job change"),
    ask(6, "Linked, no usable team sync, and a source on team sync's side?", &["your own credential", "the highest", "refuse"])
        .follow('a', "the general rule remains when the exception cannot apply"),
    ask(7, "Your credential is revoked or its user inactive?", &["skip to the next available", "refuse", "owner kept by mapping, written by the next available"])
        .open("skip and refuse are both sound, if the result shows them; a colleague's credential never is"),
    ask(8, "Your access token is dead and can be refreshed?", &["refresh and go on as you", "treat as unlinked"])
        .follow('a', "a dead token is not an unlinked user"),
    ask(9, "Whose permission is ranked?", &["the CRM user's", "the Apollo role"])
        .follow('a', "A23 and B9 speak of the CRM's account user"),
    ask(10, "Sources outside the table: API, meetings, pulled from the CRM, enriched CSV?", &["the general rule", "the table, by analogy"])
        .follow('a', "A3 covers what no exception does"),
    ask(11, "Two sources, first and last?", &["the first", "the last"])
        .follow('a', "the table speaks of how a contact was created; fixtures keep both equal"),
    ask(12, "Accounts from LinkedIn or job change, which the table lists for contacts only?", &["the general rule: you", "the column: team sync", "cannot occur"])
        .open("either creator is accepted"),
    ask(13, "Who created a lead?", &["as its contact's source says", "not covered"])
        .follow('a', "a lead is a contact that is pushed as Lead"),
    ask(14, "Who owns an activity?", &["the caller", "the actor", "the contact's owner"])
        .follow('a', "caller and actor are one person when linked"),
    ask(15, "Does the table hold for HubSpot?", &["no: it is about Salesforce", "yes"])
        .follow('a', "A19 and A20, around the table, say Salesforce"),
    ask(16, "Who owns, in HubSpot, what an unlinked user pushed?", &["the team sync user", "the highest", "nobody"])
        .follow('a', "not you, since A5 and A6 let it depend on linking; HubSpot leaves it blank unless set"),
    ask(17, "Several at the top of the ranking?", &["any of them", "always the same one", "the one who connected first"])
        .follow('a', "any, if Owner and Created By are the same one"),
    ask(18, "Does an update that finds another Apollo owner move Owner?", &["keep", "overwrite"])
        .open("both are accepted; Created By never moves"),
    ask(19, "Assignment rules in the org?", &["suppressed", "they run"])
        .follow('a', "A18 ensures that you own it; the switch has a scenario of its own"),
    ask(20, "Team sync broken and you not linked?", &["the highest", "refuse"])
        .follow('a', "A3 speaks of the credentials that are available"),
    ask(21, "Do users with a dead credential count among the highest?", &["no", "yes"])
        .follow('a', "they are not authenticated"),
    ask(22, "May two Apollo users link one CRM user?", &["refuse", "allow"])
        .open("outside both documents; fixtures link one to one"),
    ask(23, "Your credential may create contacts but not accounts?", &["refuse", "fall back to team sync"])
        .follow('a', "a silent fallback would break A18"),
];
