//! The figures beside their targets.

use std::fmt;
use std::time::Duration;

/// One row a figure.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<(String, String, String)>,
}

impl Table {
    pub(crate) fn row(&mut self, what: &str, figure: String, target: &str) {
        self.rows.push((what.to_owned(), figure, target.to_owned()));
    }

    pub(crate) fn rate(&mut self, what: &str, rate: f64, ratio: f64, target: &str) {
        let target = match ratio {
            1.0 => String::new(),
            _ => format!("{target} of the bare handler"),
        };
        self.rows.push((
            format!("{what}: creates"),
            format!("{rate:.0}/s, {ratio:.2}"),
            target,
        ));
    }

    /// Processor time of the server, since the load shares the cores with it.
    pub(crate) fn processor(&mut self, what: &str, cost: Option<Duration>, bare: Option<Duration>) {
        let Some((cost, bare)) = cost.zip(bare) else {
            return;
        };
        let ratio = cost.as_secs_f64() / bare.as_secs_f64();
        let figure = format!("{:.1} µs, {ratio:.2}", cost.as_secs_f64() * 1e6);
        self.row(&format!("{what}: processor time of a create"), figure, "");
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = |column: fn(&(String, String, String)) -> &String, title: &str| {
            let cells = self.rows.iter().map(|row| column(row).chars().count());
            cells.chain([title.len()]).max().unwrap_or(0)
        };
        let (what, figure) = (widest(|row| &row.0, ""), widest(|row| &row.1, "figure"));
        writeln!(f, "\n{:what$}  {:figure$}  target", "", "figure")?;
        for (name, value, target) in &self.rows {
            writeln!(f, "{name:what$}  {value:figure$}  {target}")?;
        }
        Ok(())
    }
}
