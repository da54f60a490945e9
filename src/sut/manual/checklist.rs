//! What a product can do, asked once: the capabilities of the driver protocol, in plain words.

use super::Console;

/// Something that a product can do, or can't.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The protocol's word.
    pub capability: &'static str,
    /// In plain words.
    pub means: &'static str,
}

/// Points that are asked for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The question.
    pub question: &'static str,
    /// The points.
    pub points: &'static [Point],
}

/// Every capability that a person can be asked for.
#[derive(Debug)]
pub struct Checklist;

const fn point(capability: &'static str, means: &'static str) -> Point {
    Point { capability, means }
}

const GROUPS: [Group; 6] = [
    Group {
        question: "Which CRMs can it push to?",
        points: &[
            point("crm:salesforce", "Salesforce"),
            point("crm:hubspot", "HubSpot"),
        ],
    },
    Group {
        question: "What can it push?",
        points: &[
            point("record:contact", "contacts"),
            point("record:account", "accounts (companies)"),
            point(
                "record:lead",
                "leads: contacts that become Salesforce leads",
            ),
        ],
    },
    Group {
        question: "How can a contact or account get into it?",
        points: &[
            point("source:manual", "typed in by hand"),
            point("source:csv", "from a CSV file"),
            point("source:gmail", "from its Chrome extension in Gmail"),
            point("source:linkedin", "from its Chrome extension in LinkedIn"),
            point("source:prospecting", "from prospecting (its own search)"),
            point("source:jobchange", "from job change enrichment"),
        ],
    },
    Group {
        question: "How can records be pushed?",
        points: &[
            point("mode:single", "one on its own"),
            point("mode:bulk", "several together, in bulk"),
        ],
    },
    Group {
        question: "Which activities can it log in a CRM?",
        points: &[
            point("activity:email", "e-mails"),
            point("activity:task", "tasks"),
            point("activity:call", "calls"),
        ],
    },
    Group {
        question: "What else can it do?",
        points: &[
            point("update", "change a record, or its owner, and push it again"),
            point("error_log", "show a log of what could not be synced"),
        ],
    },
];

impl Checklist {
    /// The groups, in the order in which they are asked.
    pub fn groups() -> &'static [Group] {
        &GROUPS
    }

    /// What a capability means, in plain words.
    pub fn means(capability: &str) -> &str {
        GROUPS
            .iter()
            .flat_map(|group| group.points)
            .find(|point| point.capability == capability)
            .map_or(capability, |point| point.means)
    }

    /// Goes through all groups. `None`: the person stopped, or the answers ended.
    pub async fn ask(console: &Console) -> Option<Vec<String>> {
        let mut capabilities = Vec::new();
        for group in GROUPS {
            let chosen = ask_group(console, group).await?;
            capabilities.extend(chosen.into_iter().map(|point| point.capability.to_owned()));
        }
        Some(capabilities)
    }
}

async fn ask_group(console: &Console, group: Group) -> Option<Vec<Point>> {
    console.say(&format!("\n{}", group.question));
    for (number, point) in (1..).zip(group.points) {
        console.say(&format!("  {number}  {}", point.means));
    }
    loop {
        let answer = console
            .ask("[numbers, as in '1 2'; Enter = all of them; n = none; q = stop] ")
            .await?;
        match chosen(&answer, group.points) {
            Some(points) => return Some(points),
            None if answer == "q" => return None,
            None => console.say(&format!("'{answer}' is none of these.")),
        }
    }
}

fn chosen(answer: &str, points: &[Point]) -> Option<Vec<Point>> {
    match answer {
        "" => Some(points.to_vec()),
        "n" => Some(Vec::new()),
        numbers => {
            let chosen = super::answer::numbers(numbers, points.len())?;
            Some(chosen.into_iter().map(|index| points[index]).collect())
        }
    }
}
