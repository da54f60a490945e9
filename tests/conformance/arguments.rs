//! The arguments that `cargo test` and nextest pass on to a test binary, as far as they mean something here.

/// What is asked for.
#[derive(Debug, Default)]
pub(crate) struct Arguments {
    filters: Vec<String>,
    skipped: Vec<String>,
    exact: bool,
    /// Show names, and run nothing.
    pub(crate) list: bool,
    /// Show names alone.
    pub(crate) terse: bool,
    /// Only what is ignored, which is nothing.
    pub(crate) ignored: bool,
    /// Print the report although all is well.
    pub(crate) nocapture: bool,
    /// Scenarios at a time.
    pub(crate) threads: Option<usize>,
}

/// Options of libtest that take a value, which is no filter.
const WITH_VALUE: [&str; 6] = [
    "--format",
    "--skip",
    "--test-threads",
    "--color",
    "--logfile",
    "-Z",
];

impl Arguments {
    /// Reads them; what means nothing here is passed over.
    pub(crate) fn read(arguments: impl IntoIterator<Item = String>) -> Self {
        let mut read = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with('-') => {
                    (name.to_owned(), Some(value.to_owned()))
                }
                _ => (argument, None),
            };
            let value = value.or_else(|| {
                WITH_VALUE
                    .contains(&name.as_str())
                    .then(|| arguments.next())
                    .flatten()
            });
            read.take(&name, value);
        }
        read
    }

    fn take(&mut self, name: &str, value: Option<String>) {
        match (name, value) {
            ("--list", _) => self.list = true,
            ("--exact", _) => self.exact = true,
            ("--ignored", _) => self.ignored = true,
            ("--nocapture" | "--no-capture" | "--show-output", _) => self.nocapture = true,
            ("--format", Some(format)) => self.terse = format == "terse",
            ("--skip", Some(text)) => self.skipped.push(text),
            ("--test-threads", Some(number)) => {
                self.threads = number.parse().ok().filter(|threads| *threads > 0)
            }
            (filter, None) if !filter.starts_with('-') => self.filters.push(filter.to_owned()),
            _ => {}
        }
    }

    /// Whether the test is chosen.
    pub(crate) fn wants(&self, name: &str) -> bool {
        let fits = |filter: &String| {
            if self.exact {
                name == filter
            } else {
                name.contains(filter.as_str())
            }
        };
        let chosen = self.filters.is_empty() || self.filters.iter().any(fits);
        let runs = self.list || !self.ignored;
        runs && chosen && !self.skipped.iter().any(fits)
    }
}
