//! What SOSL has behind the search term, which is much like SOQL. SOSL reference, "SOSL Syntax".

use super::Parser;
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::functions::Function;
use crate::salesforce::soql::syntax::{Item, Name, Operand, Path, Query};

/// `IN NAME FIELDS RETURNING Account(Id, Name LIMIT 5), Contact LIMIT 10`
#[derive(Debug, Default)]
pub(in crate::salesforce) struct Clauses<'q> {
    /// `NAME`
    pub(in crate::salesforce) group: Option<Name<'q>>,
    pub(in crate::salesforce) returning: Vec<Query<'q>>,
    pub(in crate::salesforce) limit: Option<usize>,
}

/// Reads the text from the byte `start` on.
///
/// # Errors
/// As [`super::parse`].
pub(in crate::salesforce) fn parse_search(
    text: &str,
    start: usize,
) -> Result<Clauses<'_>, SoqlError> {
    let mut parser = Parser::from(text, start)?;
    let mut clauses = Clauses::default();
    if parser.accept_word("IN") {
        clauses.group = Some(parser.name()?);
        parser.accept_word("FIELDS");
    }
    if parser.accept_word("RETURNING") {
        clauses.returning = parser.list(Parser::returning)?;
    }
    parser.search_options()?;
    clauses.limit = parser.count_after("LIMIT")?;
    parser.endings()?;
    parser.end()?;
    Ok(clauses)
}

impl<'q> Parser<'q> {
    fn returning(&mut self) -> Result<Query<'q>, SoqlError> {
        let from = self.name()?;
        if !self.accept("(") {
            let id = Path {
                names: vec!["Id"],
                at: from.at,
            };
            let id = Item::Operand(Operand::Path(id), None);
            return Ok(Query::of(vec![id], from));
        }
        let at = self.peek().at;
        let query = Query::of(self.list(Self::item)?, from);
        if self.at_word("USING") {
            return Err(SoqlError::not_simulated(self.peek().at, "USING"));
        }
        let query = self.clauses(query)?;
        self.expect(")")?;
        let is_field = |item: &Item<'_>| match item {
            Item::Operand(Operand::Path(_), None) | Item::Fields(..) => true,
            Item::Operand(Operand::Call(call), _) => matches!(call.function, Function::Shown(_)),
            _ => false,
        };
        let plain = query.group_by.operands.is_empty() && query.having.is_none();
        // The wording is unverified.
        if !plain || !query.select.iter().all(is_field) {
            let message = "RETURNING takes fields, WHERE, ORDER BY, LIMIT and OFFSET";
            return Err(SoqlError::malformed(at, message));
        }
        Ok(query)
    }

    /// `WITH …`, of which only what changes nothing is understood.
    fn search_options(&mut self) -> Result<(), SoqlError> {
        while self.accept_word("WITH") {
            let option = self.name()?;
            let harmless = ["USER_MODE", "SYSTEM_MODE"];
            if !harmless
                .iter()
                .any(|name| name.eq_ignore_ascii_case(option.text))
            {
                let what = format!("WITH {}", option.text);
                return Err(SoqlError::not_simulated(option.at, what));
            }
        }
        Ok(())
    }
}
