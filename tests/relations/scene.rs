//! Scenes that relations are tried on, and the scenarios that they become.

use std::fmt::Write as _;

use crm_conformance::suite::feature::{Scenario, Source, parse};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

pub(crate) const SALESFORCE: &str = "Salesforce";
pub(crate) const HUBSPOT: &str = "HubSpot";
pub(crate) const MANUAL: &str = "by hand";
pub(crate) const CSV: &str = "from a CSV upload";
pub(crate) const PROSPECTING: &str = "from prospecting";
pub(crate) const WEAKEST: &str = "the least permitted user";
pub(crate) const STRONGEST: &str = "the most permitted user";

const SOURCES: [&str; 6] = [
    MANUAL,
    CSV,
    "from the extension in Gmail",
    "from the extension in LinkedIn",
    PROSPECTING,
    "from job change enrichment",
];

/// Sources that the article's table files under the personal login.
pub(crate) const PERSONAL: [&str; 3] = [MANUAL, CSV, "from the extension in Gmail"];

/// How things stand with team sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Team {
    None,
    Connected,
    Broken,
}

/// One push by Dana, and what is linked when she makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scene {
    pub(crate) crm: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) source: &'static str,
    pub(crate) mode: &'static str,
    /// Whether Dana has linked her login.
    pub(crate) linked: bool,
    /// Whether she takes it away again before she pushes.
    pub(crate) unlinks: bool,
    pub(crate) team: Team,
    /// Who else has linked, in this order.
    pub(crate) others: Vec<&'static str>,
    /// Kim saves a record, too, and pushes it: before Dana, or after her.
    pub(crate) kim: Option<Turn>,
}

/// Whose push comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Before,
    After,
}

impl Scene {
    /// Any scene, drawn from `random`.
    fn any(random: &mut StdRng) -> Self {
        let crm = one_of(random, &[SALESFORCE, HUBSPOT]);
        let kinds: &[&str] = if crm == SALESFORCE {
            &["contact", "account", "lead"]
        } else {
            &["contact", "account"]
        };
        Self {
            crm,
            kind: one_of(random, kinds),
            source: one_of(random, &SOURCES),
            mode: one_of(random, &["on its own", "in bulk"]),
            linked: one_of(random, &[true, false]),
            unlinks: false,
            team: one_of(random, &[Team::None, Team::Connected]),
            others: one_of(
                random,
                &[
                    vec![],
                    vec![WEAKEST],
                    vec![WEAKEST, STRONGEST],
                    vec![STRONGEST, "the Apollo admin"],
                ],
            ),
            kim: None,
        }
    }

    /// What has to be done, in the words of a feature.
    fn steps(&self) -> String {
        let Self {
            crm, kind, source, ..
        } = self;
        let mut text = String::new();
        let mut line = |step: String| {
            // Writing into a string does not fail.
            let _ = writeln!(text, "    {step}");
        };
        line(match self.linked {
            true => format!("Given Dana has linked her {crm} login"),
            false => format!("Given Dana has never linked a {crm} login"),
        });
        if self.kim.is_some() {
            line(format!("And Kim has linked her {crm} login"));
        }
        if self.team != Team::None {
            line(format!(
                "And team sync is connected to {crm} as the integration user"
            ));
        }
        for other in &self.others {
            line(format!("And {other} has linked their {crm} login"));
        }
        if self.team == Team::Broken {
            line(format!("And the team sync login of {crm} has been revoked"));
        }
        line(format!("And Dana has saved a {kind} {source}").replace("a account", "an account"));
        if self.kim.is_some() {
            line(format!("And Kim has saved a {kind} {source}").replace("a account", "an account"));
        }
        if self.unlinks {
            line(format!("When Dana unlinks her {crm} login"));
        }
        self.pushes().into_iter().for_each(&mut line);
        // What these scenarios are about is compared afterwards; a scenario has to say something all the same.
        let other = if *crm == SALESFORCE {
            HUBSPOT
        } else {
            SALESFORCE
        };
        line(format!("Then nothing is created in {other}"));
        text
    }

    fn pushes(&self) -> Vec<String> {
        let Self {
            crm, kind, mode, ..
        } = self;
        let push = |person: &str| format!("When {person} pushes {person}'s {kind} to {crm} {mode}");
        let mut pushes = vec![push("Dana")];
        match self.kim {
            Some(Turn::Before) => pushes.insert(0, push("Kim")),
            Some(Turn::After) => pushes.push(push("Kim")),
            None => {}
        }
        pushes
    }
}

fn one_of<T: Clone>(random: &mut StdRng, choices: &[T]) -> T {
    choices[random.random_range(0..choices.len())].clone()
}

/// So many scenes that fit; the same ones in every run.
pub(crate) fn sample(count: usize, fits: impl Fn(&Scene) -> bool) -> Vec<Scene> {
    let mut random = StdRng::seed_from_u64(20_260_101);
    let mut scenes: Vec<Scene> = Vec::new();
    for _ in 0..10_000 {
        let scene = Scene::any(&mut random);
        if fits(&scene) && !scenes.contains(&scene) {
            scenes.push(scene);
        }
        if scenes.len() == count {
            return scenes;
        }
    }
    panic!("there are only {} such scenes", scenes.len());
}

/// One scenario per scene. Titles are numbers, so that scenes at the same place have the same people and records.
pub(crate) fn scenarios(scenes: &[Scene]) -> Vec<Scenario> {
    let mut text = "Feature: Relations\n".to_owned();
    for (number, scene) in scenes.iter().enumerate() {
        let _ = writeln!(text, "  Scenario: {number}\n{}", scene.steps());
    }
    let source = Source {
        path: "relations.feature".to_owned(),
        text,
    };
    match parse(&source) {
        Ok(scenarios) => scenarios,
        Err(found) => panic!("{found:?}"),
    }
}
