//! The boundary to the system under test: the driver protocol, and the reference client behind it.
