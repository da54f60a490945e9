//! What is selected, and functions.

use super::Parser;
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::functions::{Aggregate, Function};
use crate::salesforce::soql::lexer::TokenKind;
use crate::salesforce::soql::syntax::{Call, Item, Name, Operand, Path, TypeOf};

impl<'q> Parser<'q> {
    pub(super) fn item(&mut self) -> Result<Item<'q>, SoqlError> {
        let at = self.peek().at;
        if self.accept("(") {
            let query = self.nested(Self::query)?;
            self.expect(")")?;
            return Ok(Item::Subquery(Box::new(query), at));
        }
        if self.at_word("TYPEOF") && matches!(self.peek_after(1), TokenKind::Word(_)) {
            return self.type_of().map(Item::TypeOf);
        }
        if self.at_word("FIELDS") && self.before_parenthesis() {
            self.next += 2;
            let which = self.name()?;
            self.expect(")")?;
            return Ok(Item::Fields(which.text, at));
        }
        let operand = self.operand()?;
        Ok(Item::Operand(operand, self.item_alias()))
    }

    /// A word is an alias only where the list goes on or ends behind it: `Id FORM Account` is a misspelt FROM.
    fn item_alias(&mut self) -> Option<&'q str> {
        let goes_on = match self.peek_after(1) {
            TokenKind::Symbol(symbol) => *symbol == ",",
            TokenKind::Word(word) => word.eq_ignore_ascii_case("FROM"),
            _ => false,
        };
        match self.peek().kind {
            TokenKind::Word(word) if goes_on && !word.eq_ignore_ascii_case("FROM") => {
                self.next += 1;
                Some(word)
            }
            _ => None,
        }
    }

    fn before_parenthesis(&self) -> bool {
        matches!(self.peek_after(1), TokenKind::Symbol("("))
    }

    /// A field, or a function of one.
    pub(super) fn operand(&mut self) -> Result<Operand<'q>, SoqlError> {
        if !self.before_parenthesis() {
            return self.path().map(Operand::Path);
        }
        let Name { text, at } = self.name()?;
        let far = ["DISTANCE", "GEOLOCATION"];
        if far.iter().any(|name| name.eq_ignore_ascii_case(text)) {
            return Err(SoqlError::not_simulated(at, format!("the function {text}")));
        }
        let Some(function) = Function::named(text) else {
            return self.unexpected();
        };
        self.expect("(")?;
        let argument = match self.accept(")") {
            true => None,
            false => {
                let argument = self.nested(Self::operand)?;
                self.expect(")")?;
                Some(Box::new(argument))
            }
        };
        if argument.is_none() && function != Function::Aggregate(Aggregate::Count) {
            return Err(SoqlError::unexpected(at, text));
        }
        Ok(Operand::Call(Call {
            function,
            argument,
            at,
        }))
    }

    fn type_of(&mut self) -> Result<TypeOf<'q>, SoqlError> {
        self.expect_word("TYPEOF")?;
        let relationship = self.path()?;
        let mut branches = Vec::new();
        while self.accept_word("WHEN") {
            let objects = self.list(Self::name)?;
            self.expect_word("THEN")?;
            branches.push((objects, self.fields_of_branch()?));
        }
        if branches.is_empty() {
            return self.unexpected();
        }
        let otherwise = match self.accept_word("ELSE") {
            true => self.fields_of_branch()?,
            false => Vec::new(),
        };
        self.expect_word("END")?;
        Ok(TypeOf {
            relationship,
            branches,
            otherwise,
        })
    }

    fn fields_of_branch(&mut self) -> Result<Vec<Path<'q>>, SoqlError> {
        self.list(Self::path)
    }
}
