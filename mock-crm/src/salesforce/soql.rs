//! SOQL: text to syntax, syntax to a plan over an org's records, plan to rows.

mod bind;
mod dates;
mod frame;
mod functions;
mod lexer;
mod parser;
mod plan;
mod run;
mod syntax;

pub(super) use bind::{Scope, bind, bind_criteria};
pub(super) use frame::SoqlError;
pub(super) use parser::{parse, parse_condition};
pub(super) use plan::{FieldPath, Plan};
pub(super) use run::{Below, Renderer, Rest, Rows, below, run};
