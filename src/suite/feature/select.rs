use std::collections::BTreeSet;
use std::str::FromStr;

use cucumber::gherkin::tagexpr::TagOperation;

use super::Scenario;
use crate::rules::RowId;
use crate::suite::diagnostic::nearest;

/// Which scenarios to run. Empty, it takes all.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// A tag expression: `@R01 and not @bulk`.
    pub tags: Option<TagOperation>,
    /// A part of the title, in any case.
    pub name: Option<String>,
    /// Only the scenarios, or examples, that stand at these places: `features/updates.feature:12`. None: wherever they stand.
    pub at: Vec<String>,
    /// Only scenarios that speak of this CRM and of no other.
    pub crm: Option<crate::rules::Crm>,
}

/// A selection that can't be meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// No tag expression.
    #[error("'{0}' is no tag expression; expected such as '@R01' or '@R05 and not @bulk'")]
    Expression(String),
    /// A tag that no scenario has, and that is asked for; with what may have been meant.
    #[error("--tags: no scenario has the tag @{tag}{}", .hint.as_ref().map(|hint| format!("\nhint: {hint}")).unwrap_or_default())]
    NoSuchTag {
        /// The tag.
        tag: String,
        /// What may have been meant.
        hint: Option<String>,
    },
    /// A place where no scenario stands; with the nearest one in the same file.
    #[error("--at: no scenario stands at {place}{}", .hint.as_ref().map(|hint| format!("\nhint: {hint}")).unwrap_or_default())]
    NoSuchPlace {
        /// The place.
        place: String,
        /// What may have been meant.
        hint: Option<String>,
    },
    /// Nothing fits; with what may have been meant.
    #[error("no scenario fits {what}{}", .hint.as_ref().map(|hint| format!("\nhint: {hint}")).unwrap_or_default())]
    Nothing {
        /// The filter.
        what: String,
        /// What may have been meant.
        hint: Option<String>,
    },
}

impl Selection {
    /// Reads the texts of `--tags` and `--name`.
    ///
    /// # Errors
    /// Where `tags` is no tag expression.
    pub fn new(tags: Option<&str>, name: Option<&str>) -> Result<Self, SelectionError> {
        let parse = |text: &str| {
            TagOperation::from_str(text.trim())
                .map_err(|_| SelectionError::Expression(text.to_owned()))
        };
        Ok(Self {
            tags: tags.map(parse).transpose()?,
            name: name.map(str::to_lowercase),
            at: Vec::new(),
            crm: None,
        })
    }

    /// Whether everything is wanted.
    pub fn takes_all(&self) -> bool {
        self.tags.is_none() && self.name.is_none() && self.at.is_empty() && self.crm.is_none()
    }

    /// The scenarios that fit.
    ///
    /// # Errors
    /// Where none does: a misspelt filter must not look like a run without a failure.
    pub fn apply(&self, scenarios: Vec<Scenario>) -> Result<Vec<Scenario>, SelectionError> {
        for tag in self.tags.iter().flat_map(|tags| asked_for(tags, true)) {
            if !scenarios.iter().any(|scenario| scenario.tags.contains(tag)) {
                let known: BTreeSet<&str> = scenarios
                    .iter()
                    .flat_map(|scenario| scenario.tags.iter().map(String::as_str))
                    .collect();
                // A row that is spelt right has no scenario here, and another row's is no help.
                let misspelt = tag.parse::<RowId>().is_err();
                let near = nearest(tag, known).filter(|_| misspelt);
                return Err(SelectionError::NoSuchTag {
                    tag: tag.clone(),
                    hint: near.map(|near| format!("did you mean @{near}?")),
                });
            }
        }
        if let Some(place) = self.at.iter().find(|place| !stands_at(place, &scenarios)) {
            return Err(SelectionError::NoSuchPlace {
                place: place.clone(),
                hint: nearest_place(place, &scenarios),
            });
        }
        let (fitting, others): (Vec<_>, Vec<_>) = scenarios
            .into_iter()
            .partition(|scenario| self.fits(scenario));
        if fitting.is_empty() {
            return Err(SelectionError::Nothing {
                what: self.to_string(),
                hint: self
                    .name
                    .as_deref()
                    .and_then(|name| title_like(name, &others)),
            });
        }
        Ok(fitting)
    }

    fn fits(&self, scenario: &Scenario) -> bool {
        self.tags
            .as_ref()
            .is_none_or(|tags| holds(tags, &scenario.tags))
            && self
                .name
                .as_ref()
                .is_none_or(|name| scenario.name.to_lowercase().contains(name))
            && (self.at.is_empty() || self.at.contains(&scenario.location()))
            && self.crm.is_none_or(|crm| speaks_only_of(crm, scenario))
    }
}

impl std::fmt::Display for Selection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [
            self.tags.as_ref().map(|_| "--tags".to_owned()),
            self.name.as_ref().map(|name| format!("--name '{name}'")),
            (!self.at.is_empty()).then(|| format!("--at {}", self.at.join(" "))),
            self.crm
                .map(|crm| format!("--crm {}", crm.to_string().to_lowercase())),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(&parts.join(" with "))
    }
}

fn stands_at(place: &str, scenarios: &[Scenario]) -> bool {
    scenarios
        .iter()
        .any(|scenario| scenario.location() == place)
}

/// The last scenario that begins above the line, or the first of the file; of another file, whichever is spelt most alike.
fn nearest_place(place: &str, scenarios: &[Scenario]) -> Option<String> {
    let (file, line) = place.rsplit_once(':').unwrap_or((place, "0"));
    let line: usize = line.parse().unwrap_or_default();
    let here: Vec<&Scenario> = scenarios
        .iter()
        .filter(|scenario| scenario.path == file)
        .collect();
    let above = here.iter().filter(|scenario| scenario.line <= line);
    let found = above.max_by_key(|scenario| scenario.line).or(here.first());
    if let Some(found) = found {
        return Some(format!("the nearest one stands at {}", found.location()));
    }
    let files: BTreeSet<&str> = scenarios.iter().map(|one| one.path.as_str()).collect();
    nearest(file, files).map(|file| format!("did you mean {file}?"))
}

/// The title that shares most words with a text that is in none, if it shares half of them.
fn title_like(text: &str, scenarios: &[Scenario]) -> Option<String> {
    let is_in = |scenario: &Scenario| scenario.name.to_lowercase().contains(text);
    if scenarios.iter().any(is_in) {
        return None;
    }
    let wanted: Vec<&str> = text.split_whitespace().collect();
    let shared = |title: &str| {
        let title = title.to_lowercase();
        let words: Vec<&str> = title.split_whitespace().collect();
        let known = |word: &&&str| nearest(word, words.iter().copied()).is_some();
        wanted.iter().filter(known).count()
    };
    let titles = scenarios.iter().map(|scenario| scenario.name.as_str());
    let (count, title) = titles
        .map(|title| (shared(title), title))
        .max_by_key(|(count, _)| *count)?;
    (count > 0 && count * 2 >= wanted.len()).then(|| format!("the nearest title is \"{title}\""))
}

/// The tags that a scenario is to have. One that it is not to have need not be anywhere: `not @smoke`.
fn asked_for(tags: &TagOperation, wanted: bool) -> Vec<&String> {
    match tags {
        TagOperation::And(left, right) | TagOperation::Or(left, right) => {
            [asked_for(left, wanted), asked_for(right, wanted)].concat()
        }
        TagOperation::Not(inner) => asked_for(inner, !wanted),
        TagOperation::Tag(tag) if wanted => vec![tag],
        TagOperation::Tag(_) => Vec::new(),
    }
}

fn holds(tags: &TagOperation, of: &[String]) -> bool {
    match tags {
        TagOperation::And(left, right) => holds(left, of) && holds(right, of),
        TagOperation::Or(left, right) => holds(left, of) || holds(right, of),
        TagOperation::Not(inner) => !holds(inner, of),
        TagOperation::Tag(tag) => of.contains(tag),
    }
}

fn speaks_only_of(wanted: crate::rules::Crm, scenario: &Scenario) -> bool {
    crate::rules::Crm::ALL.into_iter().all(|crm| {
        let named = scenario
            .steps
            .iter()
            .any(|step| step.gherkin.value.contains(&crm.to_string()));
        named == (crm == wanted)
    })
}
