//! The wrong variations of the reference client, small and named.
