//! What a person can answer, and what the protocol makes of it.

use serde_json::{Value, json};

use super::desk::Desk;
use super::{Checklist, Halt};
use crate::sut::rpc::{ErrorObject, code};

/// What became of an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It was done.
    Done,
    /// The product, or a CRM, refused.
    Refused,
}

const KEYS: &str = "Enter = done, r = it was refused, u = the product can't do this, \
                    b = show again, q = save and stop";

impl Desk {
    /// Shows what is to be done until it is done. `needs` is what the product has to be able to do for it.
    pub(super) async fn instruct(&self, text: &str, needs: &[String]) -> Result<Answer, Halt> {
        self.say(&format!("\n{text}"));
        loop {
            match self.ask(&format!("[{KEYS}] ")).await?.as_str() {
                "" => return Ok(Answer::Done),
                "r" => return Ok(Answer::Refused),
                "u" => return Err(self.cannot(needs).await?),
                "b" => self.say(&format!("\n{text}")),
                other => self.say(&not_understood(other)),
            }
        }
    }

    /// Shows a question until one of its numbers, from 1 on, is chosen; gives its index. `None`: "0", where that is offered.
    pub(super) async fn choose(
        &self,
        text: &str,
        choices: &[String],
        other: Option<&str>,
    ) -> Result<Option<usize>, Halt> {
        let mut shown = format!("\n{text}\n");
        for (number, choice) in (1..).zip(choices) {
            shown.push_str(&format!("  {number}  {choice}\n"));
        }
        if let Some(other) = other {
            shown.push_str(&format!("  0  {other}\n"));
        }
        self.say(shown.trim_end());
        loop {
            let answer = self
                .ask("[its number, b = show again, q = save and stop] ")
                .await?;
            match (answer.as_str(), numbers(&answer, choices.len())) {
                ("0", _) if other.is_some() => return Ok(None),
                ("b", _) => self.say(shown.trim_end()),
                (_, Some(chosen)) if chosen.len() == 1 => return Ok(chosen.first().copied()),
                (typed, _) => self.say(&not_understood(typed)),
            }
        }
    }

    /// Which of these. Enter: what `enter` says.
    pub(super) async fn choose_several(
        &self,
        text: &str,
        choices: &[String],
        (enter, means): (&[usize], &str),
    ) -> Result<Vec<usize>, Halt> {
        self.say(&format!("\n{text}"));
        for (number, choice) in (1..).zip(choices) {
            self.say(&format!("  {number}  {choice}"));
        }
        loop {
            let answer = self
                .ask(&format!(
                    "[numbers, as in '1 2'; Enter = {means}; q = save and stop] "
                ))
                .await?;
            match numbers(&answer, choices.len()) {
                Some(chosen) => return Ok(chosen),
                None if answer.is_empty() => return Ok(enter.to_vec()),
                None => self.say(&not_understood(&answer)),
            }
        }
    }

    /// Why something was refused, as a word and in the product's own words.
    pub(super) async fn reason(&self) -> Result<(String, String), Halt> {
        let reasons = [
            ("no_credential", "nobody has a login that it could use"),
            ("crm_refused", "the CRM said no"),
            ("crm_unreachable", "the CRM did not answer"),
        ];
        let choices = reasons.map(|(_, means)| means.to_owned());
        let chosen = self
            .choose(
                "Why was it refused?",
                &choices,
                Some("for another reason, or it doesn't say"),
            )
            .await?;
        let word = chosen.map_or("refused", |index| reasons[index].0);
        let said = self
            .ask("What does it say, in one line? [Enter = nothing] ")
            .await?;
        Ok((word.to_owned(), said))
    }

    /// The product can't do what it was asked. Either the checklist is wrong, or the product fails.
    async fn cannot(&self, needs: &[String]) -> Result<Halt, Halt> {
        let Some(first) = needs.first() else {
            return Ok(unsupported("this step"));
        };
        let wrong = match needs {
            [_] => Some(0),
            several => {
                let choices: Vec<String> = several.iter().map(|need| said(need)).collect();
                let none = "none of these: it should be able to";
                self.choose("Which of these can it not do?", &choices, Some(none))
                    .await?
            }
        };
        let Some(capability) = wrong.map(|index| &needs[index]) else {
            return Ok(unsupported(first));
        };
        let question = format!(
            "By the checklist it can: {}. Take that off the list? Then this scenario and all others that need it are reported as \
             unsupported; else this scenario fails. [y/n] ",
            said(capability)
        );
        loop {
            match self.ask(&question).await?.as_str() {
                "y" => return Ok(self.take_off(capability)),
                "n" => return Ok(unsupported(capability)),
                other => self.say(&not_understood(other)),
            }
        }
    }
}

fn said(capability: &str) -> String {
    format!("{} ({capability})", Checklist::means(capability))
}

fn not_understood(answer: &str) -> String {
    format!("'{answer}' is none of the answers to this.")
}

fn unsupported(capability: &str) -> Halt {
    Halt::Error(ErrorObject {
        data: json!({ "capability": capability }),
        ..ErrorObject::new(code::UNSUPPORTED, format!("it can't: {capability}"))
    })
}

/// The system under test failed, as the person tells it.
pub(super) fn raised(message: String) -> Halt {
    Halt::Error(ErrorObject {
        data: Value::Null,
        ..ErrorObject::new(code::RAISED, message)
    })
}

/// Indices, from 0 on, of numbers that count from 1. `None`: these are none, or one is too big.
pub(super) fn numbers(text: &str, most: usize) -> Option<Vec<usize>> {
    let words = text.split([' ', ',']).filter(|word| !word.is_empty());
    let index = |word: &str| {
        let number: usize = word.parse().ok()?;
        (1..=most).contains(&number).then(|| number - 1)
    };
    let mut chosen: Vec<usize> = words.map(index).collect::<Option<_>>()?;
    chosen.sort_unstable();
    chosen.dedup();
    (!chosen.is_empty()).then_some(chosen)
}
