//! The kill matrix for people, in 100 columns: a line for each row that a client breaks, and the numbers.

mod diagnosis;

use std::io::{self, Write};

use anstyle::{AnsiColor, Reset, Style};

use super::{Client, Kind, Outcome, SelfTest, Tested, weaken};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RESET: Reset = Reset;

const NAME: usize = 38;
const RED: usize = 32;

/// Writes everything.
///
/// # Errors
/// If the writer refuses.
pub fn write(found: &SelfTest, mut to: impl Write) -> io::Result<()> {
    if !found.void.is_empty() {
        return void(found, &mut to);
    }
    matrix(found, &mut to)?;
    hopeless(found, &mut to)?;
    gaps(found, &mut to)?;
    diagnosis::wrong(found, &mut to)?;
    if let Some(weakened) = &found.weakened {
        weaken::terminal::write(weakened, &mut to)?;
    }
    last_lines(found, &mut to)
}

/// Writes each client on a line: its name, the rows that it breaks, and what it does.
///
/// # Errors
/// If the writer refuses.
pub fn list(clients: &[Client], mut to: impl Write) -> io::Result<()> {
    for (kind, heading) in [
        (Kind::Faulty, "Faulty: a row that it breaks has to catch it"),
        (Kind::Permitted, "Permitted: it has to pass"),
        (
            Kind::Reference,
            "The reference client (no --faulty): it has to pass",
        ),
        (
            Kind::Hopeless,
            "Hopeless (for --only alone): it keeps no row",
        ),
    ] {
        writeln!(to, "{BOLD}{heading}{RESET}")?;
        for client in clients.iter().filter(|client| client.kind == kind) {
            let rows: Vec<String> = client.breaks.iter().map(ToString::to_string).collect();
            let breaks = if rows.is_empty() {
                String::new()
            } else {
                format!(" {DIM}(breaks {}){RESET}", rows.join(" "))
            };
            writeln!(
                to,
                "  {:<NAME$} {}{breaks}",
                client.name, client.description
            )?;
        }
    }
    Ok(())
}

fn void(found: &SelfTest, to: &mut impl Write) -> io::Result<()> {
    let red = color(Outcome::Broke);
    writeln!(
        to,
        "{red}VOID: the self-test itself can't be trusted, so it says nothing of the suite (exit code {}){RESET}",
        found.exit().code()
    )?;
    found
        .void
        .iter()
        .try_for_each(|what| writeln!(to, "  {what}"))
}

fn matrix(found: &SelfTest, to: &mut impl Write) -> io::Result<()> {
    if found
        .clients
        .iter()
        .all(|tested| tested.kind == Kind::Hopeless)
    {
        return Ok(());
    }
    writeln!(
        to,
        "{BOLD}{:<NAME$} {:<5}{:>8}  {:<RED$}verdict{RESET}",
        "Client", "row", "caught in", "all rows that turned red"
    )?;
    for tested in found
        .clients
        .iter()
        .filter(|tested| tested.kind != Kind::Hopeless)
    {
        client(tested, to)?;
    }
    Ok(())
}

fn client(tested: &Tested, to: &mut impl Write) -> io::Result<()> {
    let mut cells: Vec<(String, String)> = tested
        .kills
        .iter()
        .map(|kill| {
            let caught = format!("{} of {}", kill.red, kill.scenarios);
            (kill.row.to_string(), caught)
        })
        .collect();
    if cells.is_empty() {
        cells.push(("-".to_owned(), format!("{} ran", tested.scenarios)));
    }
    for (index, (row, caught)) in cells.iter().enumerate() {
        let first = index == 0;
        let name = if first { tested.name.as_str() } else { "" };
        let red = if first {
            red_rows(tested)
        } else {
            String::new()
        };
        write!(to, "{name:<NAME$} {row:<5}{caught:>9}  {red:<RED$}")?;
        if first {
            write!(to, "{}{}{RESET}", color(tested.outcome), tested.outcome)?;
        }
        writeln!(to)?;
    }
    tested
        .errors
        .iter()
        .take(3)
        .try_for_each(|error| writeln!(to, "    {error}"))
}

/// As many as there is room for, and how many more there are.
fn red_rows(tested: &Tested) -> String {
    let rows: Vec<String> = tested.red_rows.iter().map(ToString::to_string).collect();
    let whole = rows.join(" ");
    if whole.len() < RED {
        return whole;
    }
    let mut shown = String::new();
    let mut count = 0;
    while count < rows.len() && shown.len() + rows[count].len() + 6 < RED {
        shown.push_str(&rows[count]);
        shown.push(' ');
        count += 1;
    }
    format!("{shown}+{}", rows.len() - count)
}

fn hopeless(found: &SelfTest, to: &mut impl Write) -> io::Result<()> {
    if found.of(Kind::Hopeless).next().is_none() {
        return Ok(());
    }
    writeln!(
        to,
        "\n{BOLD}{:<22}{:<12}verdict, and what the suite says of it{RESET}",
        "Hopeless client", "rows kept"
    )?;
    for tested in found.of(Kind::Hopeless) {
        let symptom = tested.symptom.as_deref().unwrap_or("nothing in particular");
        writeln!(
            to,
            "{:<22}{:>4} of {:<3} {}{}{RESET}\n    {symptom}",
            tested.name,
            tested.conformance.kept,
            tested.conformance.documented,
            color(tested.outcome),
            tested.outcome
        )?;
        tested
            .errors
            .iter()
            .take(3)
            .try_for_each(|error| writeln!(to, "    {error}"))?;
    }
    Ok(())
}

/// What the catalogue claims and the suite does not show.
fn gaps(found: &SelfTest, to: &mut impl Write) -> io::Result<()> {
    let idle: Vec<String> = found
        .idle()
        .filter(|(tested, _)| tested.outcome == Outcome::Caught)
        .map(|(tested, row)| format!("{} by {row}", tested.name))
        .collect();
    if !idle.is_empty() {
        writeln!(to, "\n{BOLD}Said to break a row that caught nothing{RESET}")?;
        idle.iter().try_for_each(|line| writeln!(to, "  {line}"))?;
    }
    let thin = found.thin_rows();
    if !found.whole() || thin.is_empty() {
        return Ok(());
    }
    writeln!(
        to,
        "\n{BOLD}Documented rows that catch fewer than two clients by name{RESET}"
    )?;
    thin.iter().try_for_each(|thin| {
        let clients = if thin.clients.is_empty() {
            "none".to_owned()
        } else {
            thin.clients.join(", ")
        };
        writeln!(to, "  {:<5}{clients}", thin.row)
    })
}

fn last_lines(found: &SelfTest, to: &mut impl Write) -> io::Result<()> {
    writeln!(to)?;
    if found.trusted {
        writeln!(
            to,
            "canary: the plainly wrong client caught, the reference client in disguise missed, as they must be"
        )?;
    }
    if found.whole() {
        counts(found, to)?;
    }
    let exit = found.exit();
    let outcome = if exit.code() == 0 {
        Outcome::Passed
    } else {
        Outcome::Broke
    };
    writeln!(
        to,
        "{}{} (exit code {}){RESET} {DIM}{:.1} s{RESET}",
        color(outcome),
        says(found),
        exit.code(),
        seconds(found)
    )
}

fn counts(found: &SelfTest, to: &mut impl Write) -> io::Result<()> {
    let numbers = found.numbers();
    let of = |kind, outcome| {
        let all = found.of(kind);
        all.filter(|tested| tested.outcome == outcome).count()
    };
    for (kind, wrong) in [(Kind::Faulty, "faulty"), (Kind::Hopeless, "hopeless")] {
        let all = found.of(kind).count();
        let (caught, missed) = (of(kind, Outcome::Caught), of(kind, Outcome::Missed));
        if all > 0 {
            let clients = clients(all, wrong);
            writeln!(to, "{clients}: {caught} caught, {missed} missed")?;
        }
    }
    let right = clients(numbers.passed + numbers.false_alarms, "right");
    let alarms = numbers.false_alarms;
    let plural = if alarms == 1 { "" } else { "s" };
    writeln!(
        to,
        "{right}: {} passed, {alarms} false alarm{plural}; {} scenarios, seed {}",
        numbers.passed, found.scenarios, found.seed
    )?;
    diagnosis::share("likely cause", &numbers.diagnosis, to)?;
    diagnosis::share(
        "of clients that no pattern was written for",
        &numbers.diagnosis_of_later,
        to,
    )?;
    if numbers.broke > 0 {
        let clients = clients(numbers.broke, "");
        writeln!(to, "{clients} broke the suite")?;
    }
    Ok(())
}

/// `1 faulty client`, `2 clients`.
fn clients(count: usize, which: &str) -> String {
    let blank = if which.is_empty() { "" } else { " " };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {which}{blank}client{plural}")
}

/// What it comes to. Of a part of the clients nothing can be said of the suite.
fn says(found: &SelfTest) -> String {
    if found.whole() {
        let says = match found.exit().code() {
            0 => "the suite catches every wrong client and lets every right one pass",
            1 => "the suite does not catch what it should, or catches what it should not",
            _ => "the suite broke",
        };
        return says.to_owned();
    }
    let tested = clients(found.clients.len(), "");
    if found.stopped.is_some() {
        return format!(
            "interrupted after {tested} of {}: nothing is said of the others",
            found.known
        );
    }
    let outcomes: Vec<String> = found
        .clients
        .iter()
        .map(|tested| tested.outcome.to_string())
        .collect();
    format!(
        "{tested} of {}: {}; nothing is said of the others",
        found.known,
        outcomes.join(", ")
    )
}

fn seconds(found: &SelfTest) -> f64 {
    let milliseconds: u64 = found.clients.iter().map(|tested| tested.milliseconds).sum();
    std::time::Duration::from_millis(milliseconds).as_secs_f64()
}

fn color(outcome: Outcome) -> Style {
    let color = match outcome {
        Outcome::Passed | Outcome::Caught => AnsiColor::Green,
        Outcome::Missed | Outcome::FalseAlarm | Outcome::Broke => AnsiColor::Red,
    };
    Style::new().fg_color(Some(color.into()))
}
