//! One result model; one file per output format.
