//! The reference sync client: which credential, which owner, then HTTP.
