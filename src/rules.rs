//! The documents as data: sentences, the decision table with its allowed sets and grounds per edition, readings.
