//! The `mock-crm` binary.

fn main() {}
