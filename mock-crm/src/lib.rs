//! Mock CRMs.
