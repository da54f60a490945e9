//! Conditions.

use super::Parser;
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::lexer::TokenKind;
use crate::salesforce::soql::syntax::{Condition, Literal, Operand, Operator, Set};

impl<'q> Parser<'q> {
    /// A chain of ANDs or of ORs: mixing them takes parentheses.
    pub(super) fn condition(&mut self) -> Result<Condition<'q>, SoqlError> {
        let first = self.negation()?;
        let (joined, and) = match (self.at_word("AND"), self.at_word("OR")) {
            (true, _) => ("AND", true),
            (_, true) => ("OR", false),
            _ => return Ok(first),
        };
        let mut conditions = vec![first];
        while self.accept_word(joined) {
            conditions.push(self.negation()?);
        }
        if self.at_word("AND") || self.at_word("OR") {
            return self.unexpected();
        }
        Ok(if and {
            Condition::And(conditions)
        } else {
            Condition::Or(conditions)
        })
    }

    fn negation(&mut self) -> Result<Condition<'q>, SoqlError> {
        if self.accept_word("NOT") {
            return Ok(Condition::Not(Box::new(self.nested(Self::negation)?)));
        }
        if self.accept("(") {
            let condition = self.nested(Self::condition)?;
            self.expect(")")?;
            return Ok(condition);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Condition<'q>, SoqlError> {
        let operand = self.operand()?;
        if self.accept_word("INCLUDES") {
            return self.includes(operand, false);
        }
        if self.accept_word("EXCLUDES") {
            return self.includes(operand, true);
        }
        let negated = self.at_word("NOT")
            && matches!(self.peek_after(1), TokenKind::Word(word) if word.eq_ignore_ascii_case("IN"));
        self.next += usize::from(negated);
        if self.accept_word("IN") {
            let set = self.set()?;
            return Ok(Condition::In {
                operand,
                negated,
                set,
            });
        }
        let operator = self.operator()?;
        let literal = self.literal()?;
        Ok(Condition::Compare {
            operand,
            operator,
            literal,
        })
    }

    fn includes(
        &mut self,
        operand: Operand<'q>,
        negated: bool,
    ) -> Result<Condition<'q>, SoqlError> {
        self.expect("(")?;
        let literals = self.list(Self::literal)?;
        self.expect(")")?;
        Ok(Condition::Includes {
            operand,
            negated,
            literals,
        })
    }

    fn operator(&mut self) -> Result<Operator, SoqlError> {
        if self.accept_word("LIKE") {
            return Ok(Operator::Like);
        }
        let operator = match self.peek().kind {
            TokenKind::Symbol("=") => Operator::Equal,
            TokenKind::Symbol("!=" | "<>") => Operator::NotEqual,
            TokenKind::Symbol("<") => Operator::Less,
            TokenKind::Symbol("<=") => Operator::AtMost,
            TokenKind::Symbol(">") => Operator::Greater,
            TokenKind::Symbol(">=") => Operator::AtLeast,
            _ => return self.unexpected(),
        };
        self.next += 1;
        Ok(operator)
    }

    fn set(&mut self) -> Result<Set<'q>, SoqlError> {
        if matches!(self.peek().kind, TokenKind::Symbol(":")) {
            return Err(self.bind_variable());
        }
        self.expect("(")?;
        let set = match self.at_word("SELECT") {
            true => Set::Select(Box::new(self.nested(Self::query)?)),
            false => Set::Literals(self.list(Self::literal)?),
        };
        self.expect(")")?;
        Ok(set)
    }

    fn literal(&mut self) -> Result<Literal<'q>, SoqlError> {
        match self.peek().kind {
            TokenKind::Symbol(":") => {
                return Err(self.bind_variable());
            }
            TokenKind::Symbol(_) | TokenKind::End => return self.unexpected(),
            _ => {}
        }
        let token = self.take();
        let counted = matches!(token.kind, TokenKind::Word(_)) && self.accept(":");
        let count = match (counted, &self.peek().kind) {
            (false, _) => None,
            (true, TokenKind::Number(number)) if number.fract() == 0.0 => {
                let count = *number as i64;
                self.next += 1;
                Some(count)
            }
            (true, _) => return self.unexpected(),
        };
        Ok(Literal {
            kind: token.kind,
            count,
            at: token.at,
        })
    }
}
