//! `driver schema`: the messages of the protocol, for validators of other languages.

use crm_conformance::report::Exit;
use crm_conformance::sut::schema::SCHEMA;

use crate::cli::{Failure, output};

pub(super) fn schema() -> Result<Exit, Failure> {
    output::print(|out| out.write_all(SCHEMA.as_bytes()))?;
    Ok(Exit::Conformant)
}
