//! Where a block begins and ends: feature, rule, background, scenario, examples.

use super::{Around, Place, Reader};
use crate::suite::feature::Scenario;
use crate::suite::feature::draft::{Draft, Examples};
use crate::suite::feature::grammar::Block;

impl Reader<'_> {
    pub(super) fn block(&mut self, block: Block, title: &str) {
        if block != Block::Examples {
            self.finish_block();
        }
        if self.place == Place::Start && block != Block::Feature {
            self.error("expected 'Feature:' first");
        }
        self.kind = None;
        self.block_line = self.number;
        match block {
            Block::Feature => self.feature(title),
            Block::Rule => self.rule(title),
            Block::Background => self.background(),
            Block::Scenario | Block::Outline => self.scenario(block, title),
            Block::Examples => self.examples(),
        }
    }

    fn feature(&mut self, title: &str) {
        if self.place != Place::Start {
            self.error("expected one feature in a file, found a second");
        }
        if title.is_empty() {
            self.error("this feature has no title");
        }
        self.place = Place::Feature;
        self.feature.title = title.to_owned();
        self.feature.tags = self.take_tags(false);
    }

    fn rule(&mut self, title: &str) {
        self.finish_rule();
        if title.is_empty() {
            self.error("this rule has no title");
        }
        self.place = Place::Rule;
        self.rule = None;
        let tags = self.take_tags(true);
        self.rule = Some(Around {
            title: title.to_owned(),
            line: self.number,
            tags,
            ..Around::default()
        });
    }

    fn background(&mut self) {
        self.check_tags_used();
        let around = self.rule.as_ref().unwrap_or(&self.feature);
        if around.scenarios > 0 {
            self.error("a background stands before the first scenario");
        } else if !around.background.is_empty() {
            self.error("expected one background, found a second");
        }
        self.place = Place::Background;
    }

    fn scenario(&mut self, block: Block, title: &str) {
        self.place = Place::Scenario;
        let own = self.take_tags(true);
        let template = Scenario {
            path: self.source.path.clone(),
            line: self.number,
            feature: self.feature.title.clone(),
            name: title.to_owned(),
            tags: [self.inherited_tags(), own].concat(),
            steps: Vec::new(),
        };
        self.draft = Some(self.draft_of(template, block == Block::Outline));
    }

    /// A draft with the steps of the backgrounds in it.
    pub(super) fn draft_of(&mut self, mut template: Scenario, outline: bool) -> Draft {
        let around = self.rule.as_mut().unwrap_or(&mut self.feature);
        around.scenarios += 1;
        let rule = self.rule.iter().flat_map(|rule| &rule.background);
        template.steps = self
            .feature
            .background
            .iter()
            .chain(rule)
            .cloned()
            .collect();
        Draft {
            inherited: template.steps.len(),
            template,
            outline,
            examples: Vec::new(),
            damaged: false,
        }
    }

    fn examples(&mut self) {
        let tags = self.take_tags(true);
        let line = self.number;
        let Some(draft) = &mut self.draft else {
            self.error("examples belong under a scenario outline");
            self.place = Place::Astray;
            return;
        };
        let repeated = tags.iter().find(|tag| draft.template.tags.contains(tag));
        let message = repeated.map(|tag| format!("@{tag} is on the scenario already"));
        draft.examples.push(Examples {
            line,
            tags,
            rows: Vec::new(),
        });
        self.place = Place::Examples;
        if let Some(message) = message {
            self.error(message);
        }
    }

    /// The tags before this block, each with no twin on what it stands in.
    fn take_tags(&mut self, inherits: bool) -> Vec<String> {
        let inherited = if inherits {
            self.inherited_tags()
        } else {
            Vec::new()
        };
        let taken = std::mem::take(&mut self.tags);
        for (tag, line) in &taken {
            if inherited.contains(tag) {
                let message = format!("@{tag} is on the feature or rule already");
                let diagnostic = self.source.at_word(*line, &format!("@{tag}"), message);
                self.parsed.found.push(diagnostic);
            }
        }
        taken.into_iter().map(|(tag, _)| tag).collect()
    }

    fn inherited_tags(&self) -> Vec<String> {
        let rule = self.rule.iter().flat_map(|rule| &rule.tags);
        self.feature.tags.iter().chain(rule).cloned().collect()
    }

    /// Tags that no block takes would be lost.
    pub(super) fn check_tags_used(&mut self) {
        if let Some((tag, line)) = std::mem::take(&mut self.tags).into_iter().next() {
            let message = "tags stand before Feature, Rule, Scenario or Examples, and nothing of the kind comes next";
            let diagnostic = self.source.at_word(line, &format!("@{tag}"), message);
            self.parsed.found.push(diagnostic);
        }
    }

    pub(super) fn finish_block(&mut self) {
        if self.place == Place::Background {
            let around = self.rule.as_ref().unwrap_or(&self.feature);
            if around.background.is_empty() && self.kind.is_none() {
                let diagnostic = self
                    .source
                    .first_word(self.block_line, "this background has no step");
                self.parsed.found.push(diagnostic);
            }
        }
        let Some(draft) = self.draft.take() else {
            return;
        };
        let before = self.parsed.found.len();
        let scenarios = draft.scenarios(self.source, &mut self.parsed.found);
        if draft.damaged || self.parsed.found.len() > before {
            self.parsed.damaged.extend(scenarios);
        } else {
            self.parsed.scenarios.extend(scenarios);
        }
    }

    pub(super) fn finish_rule(&mut self) {
        let empty = self.rule.as_ref().filter(|rule| rule.scenarios == 0);
        if let Some(rule) = empty {
            let message = format!("the rule \"{}\" has no scenario", rule.title);
            let diagnostic = self.source.first_word(rule.line, message);
            self.parsed.found.push(diagnostic);
        }
    }
}
