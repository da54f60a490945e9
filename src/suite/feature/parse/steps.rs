//! A step, where it stands.

use cucumber::gherkin::{self, StepType};

use super::{Place, Reader};
use crate::suite::feature::grammar::kind_of;
use crate::suite::feature::{Scenario, Step};

impl Reader<'_> {
    pub(super) fn step(&mut self, word: &'static str, text: &str) {
        self.check_tags_used();
        match self.place {
            Place::Astray => return,
            Place::Background | Place::Scenario => {}
            Place::Examples => {
                self.error("expected a row of examples or a new scenario, found a step");
                self.damage();
                self.place = Place::Astray;
                return;
            }
            Place::Start | Place::Feature | Place::Rule => self.begin_without_a_title(),
        }
        let kind = self.kind_of_step(word);
        let step = Step {
            gherkin: gherkin::Step {
                keyword: word.to_owned(),
                ty: kind,
                value: text.to_owned(),
                docstring: None,
                table: None,
                span: gherkin::Span::default(),
                position: gherkin::LineCol::default(),
            },
            line: self.number,
            written: text.to_owned(),
        };
        match (self.place, &mut self.draft) {
            (Place::Background, _) => self.background_step(step),
            (_, Some(draft)) => draft.template.steps.push(step),
            (_, None) => {}
        }
    }

    fn kind_of_step(&mut self, word: &str) -> StepType {
        if self.kind.is_none() && kind_of(word).is_none() {
            let message = format!("'{word}' has no step to join");
            let diagnostic = self.source.first_word(self.number, message);
            let hint = "start with Given, When or Then";
            self.parsed.found.push(diagnostic.hint(hint));
            self.damage();
        }
        let kind = kind_of(word).or(self.kind).unwrap_or(StepType::Given);
        self.kind = Some(kind);
        kind
    }

    fn background_step(&mut self, step: Step) {
        if step.gherkin.ty != StepType::Given {
            self.error("a background only sets the scene: expected Given");
        }
        let around = self.rule.as_mut().unwrap_or(&mut self.feature);
        around.background.push(step);
    }

    /// Steps without a scenario around them: told once, and looked at all the same.
    fn begin_without_a_title(&mut self) {
        let message = match self.place {
            Place::Start => "expected 'Feature:' first",
            _ => "expected 'Scenario:' before the first step",
        };
        self.error(message);
        let template = Scenario {
            path: self.source.path.clone(),
            line: self.number,
            feature: self.feature.title.clone(),
            name: String::new(),
            tags: Vec::new(),
            steps: Vec::new(),
        };
        let mut draft = self.draft_of(template, false);
        draft.damaged = true;
        self.draft = Some(draft);
        self.place = Place::Scenario;
    }
}
