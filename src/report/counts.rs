use super::Counts;

impl Counts {
    /// `3 passed, 1 failed`: what there is of each, and always what passed.
    pub fn says(&self) -> String {
        let parts = [
            (self.passed, "passed"),
            (self.warnings, "with warnings"),
            (self.failed, "failed"),
            (self.known_failures, "known failures"),
            (self.unsupported, "unsupported"),
            (self.not_run_here, "not run here"),
            (self.errors, "errors"),
            (self.unproved, "without a verdict"),
            (self.not_run, "not run"),
        ];
        let shown = parts
            .iter()
            .filter(|(count, what)| *count > 0 || *what == "passed");
        let shown: Vec<_> = shown
            .map(|(count, what)| match (count, *what) {
                (1, "errors") => "1 error".to_owned(),
                (1, "known failures") => "1 known failure".to_owned(),
                (count, what) => format!("{count} {what}"),
            })
            .collect();
        shown.join(", ")
    }
}
