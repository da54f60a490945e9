//! Faults of the list that no client here has, each with the reason.

/// A fault that can't be seen through the mocks, or is none.
#[derive(Clone, Copy, Debug)]
pub struct Unobserved {
    /// Its number in the list of faults.
    pub fault: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Why there is no client for it.
    pub reason: &'static str,
}

/// All of them.
pub const UNOBSERVED: &[Unobserved] = &[
    Unobserved {
        fault: "M18",
        description: "where nothing is available, a built-in admin writes",
        reason: "a client under test holds the tokens that people have linked and no admin's of its own; N7 and R14 forbid it",
    },
    Unobserved {
        fault: "M90",
        description: "a lead that was converted is pushed as a lead again",
        reason: "neither document speaks of converted leads, and no row judges the refusal",
    },
];
