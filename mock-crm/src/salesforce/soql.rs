//! SOQL: text to syntax, syntax to a plan over an org's records, plan to rows.

mod bind;
mod columns;
mod dates;
mod explain;
mod frame;
mod functions;
mod lexer;
mod parser;
mod plan;
mod run;
mod syntax;

pub(super) use bind::{Scope, bind, bind_criteria};
pub(super) use columns::columns;
pub(super) use explain::explain;
pub(super) use frame::SoqlError;
pub(super) use parser::{parse, parse_condition, parse_search};
pub(super) use plan::{FieldPath, Plan};
pub(super) use run::{
    Below, NoTable, Renderer, Rest, Rows, below, cells, run, run_where, selected_order,
    table_columns,
};
