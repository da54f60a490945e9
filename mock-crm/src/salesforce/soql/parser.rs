//! Tokens to syntax, by recursive descent. Grammar: SOQL reference, "SOQL SELECT Syntax".

mod condition;
mod cursor;
mod search;
mod select;

use super::frame::SoqlError;
use super::lexer::{Token, TokenKind};
pub(in crate::salesforce) use search::parse_search;

use super::syntax::{Condition, GroupBy, GroupingSets, Name, OrderItem, Path, Query};

/// The longest query, in characters. Salesforce, "SOQL and SOSL Limits".
pub(in crate::salesforce) const LONGEST: usize = 100_000;

/// Reads a query.
///
/// # Errors
/// With the place, where the text is no SOQL, or is SOQL that is not simulated.
pub(in crate::salesforce) fn parse(query: &str) -> Result<Query<'_>, SoqlError> {
    // The wording is unverified.
    if query.len() > LONGEST && query.chars().count() > LONGEST {
        let message = "SOQL statements cannot be longer than 100000 characters.";
        return Err(SoqlError::malformed(0, message));
    }
    let mut parser = Parser::new(query)?;
    let parsed = parser.query()?;
    parser.end()?;
    Ok(parsed)
}

/// Reads a condition alone, without `WHERE`.
///
/// # Errors
/// As [`parse`].
pub(in crate::salesforce) fn parse_condition(text: &str) -> Result<Condition<'_>, SoqlError> {
    let mut parser = Parser::new(text)?;
    let parsed = parser.condition()?;
    parser.end()?;
    Ok(parsed)
}

/// Words that end the list of a FROM or a condition, so none of them is an alias.
const CLAUSES: [&str; 11] = [
    "WHERE", "GROUP", "ORDER", "LIMIT", "OFFSET", "FOR", "WITH", "USING", "UPDATE", "HAVING", "ALL",
];

struct Parser<'q> {
    tokens: Vec<Token<'q>>,
    next: usize,
    depth: usize,
}

/// How deep parentheses and sub-queries may be nested: a query from outside must not exhaust the stack.
const DEEPEST: usize = 64;

impl<'q> Parser<'q> {
    fn query(&mut self) -> Result<Query<'q>, SoqlError> {
        self.expect_word("SELECT")?;
        let select = self.list(Self::item)?;
        self.expect_word("FROM")?;
        let from = self.name()?;
        let alias = self.alias();
        let joined = match self.accept(",") {
            true => self.list(Self::joined)?,
            false => Vec::new(),
        };
        let query = Query {
            alias,
            joined,
            scope: self.scope()?,
            ..Query::of(select, from)
        };
        self.clauses(query)
    }

    /// From WHERE to the end.
    fn clauses(&mut self, query: Query<'q>) -> Result<Query<'q>, SoqlError> {
        let condition = self.condition_after("WHERE")?;
        self.with()?;
        let group_by = self.group_by()?;
        let having = self.condition_after("HAVING")?;
        let order_by = self.order_by()?;
        let limit = self.count_after("LIMIT")?;
        let offset = self.count_after("OFFSET")?.unwrap_or(0);
        self.endings()?;
        Ok(Query {
            condition,
            group_by,
            having,
            order_by,
            limit,
            offset,
            ..query
        })
    }

    fn alias(&mut self) -> Option<&'q str> {
        match self.peek().kind {
            TokenKind::Word(word)
                if !CLAUSES
                    .iter()
                    .any(|clause| clause.eq_ignore_ascii_case(word)) =>
            {
                self.next += 1;
                Some(word)
            }
            _ => None,
        }
    }

    /// `c.Account a`
    fn joined(&mut self) -> Result<(Path<'q>, Name<'q>), SoqlError> {
        Ok((self.path()?, self.name()?))
    }

    fn scope(&mut self) -> Result<Option<Name<'q>>, SoqlError> {
        if !self.accept_word("USING") {
            return Ok(None);
        }
        self.expect_word("SCOPE")?;
        self.name().map(Some)
    }

    fn condition_after(&mut self, word: &str) -> Result<Option<Condition<'q>>, SoqlError> {
        match self.accept_word(word) {
            true => self.condition().map(Some),
            false => Ok(None),
        }
    }

    /// What a user may see is decided by object, so that these change nothing.
    fn with(&mut self) -> Result<(), SoqlError> {
        if !self.accept_word("WITH") {
            return Ok(());
        }
        let modes = ["SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE"];
        if modes.iter().any(|mode| self.accept_word(mode)) {
            return Ok(());
        }
        if self.at_word("DATA") {
            return Err(SoqlError::not_simulated(
                self.peek().at,
                "WITH DATA CATEGORY",
            ));
        }
        self.unexpected()
    }

    /// `FOR VIEW` and `FOR REFERENCE` change nothing but lists of recent records, `UPDATE TRACKING` and `VIEWSTAT`
    /// nothing but statistics; `FOR UPDATE` and `ALL ROWS` are for Apex alone.
    fn endings(&mut self) -> Result<(), SoqlError> {
        loop {
            if self.at_word("ALL") {
                let message = "ALL ROWS not allowed in this context";
                return Err(SoqlError::malformed(self.peek().at, message));
            }
            let words = if self.accept_word("FOR") {
                ["VIEW", "REFERENCE"]
            } else if self.accept_word("UPDATE") {
                ["TRACKING", "VIEWSTAT"]
            } else {
                return Ok(());
            };
            self.list(
                |parser| match words.iter().any(|word| parser.accept_word(word)) {
                    true => Ok(()),
                    false => parser.unexpected(),
                },
            )?;
        }
    }

    fn group_by(&mut self) -> Result<GroupBy<'q>, SoqlError> {
        if !self.accept_word("GROUP") {
            return Ok(GroupBy::default());
        }
        self.expect_word("BY")?;
        let sets = if self.accept_word("ROLLUP") {
            GroupingSets::Rollup
        } else if self.accept_word("CUBE") {
            GroupingSets::Cube
        } else {
            GroupingSets::All
        };
        let subtotals = sets != GroupingSets::All;
        let at = self.peek().at;
        if subtotals {
            self.expect("(")?;
        }
        let operands = self.list(Self::operand)?;
        if subtotals {
            self.expect(")")?;
        }
        // SOQL reference, "GROUP BY ROLLUP"; the wording is unverified.
        if subtotals && operands.len() > 3 {
            let message = "a maximum of 3 fields is allowed in ROLLUP and CUBE";
            return Err(SoqlError::malformed(at, message));
        }
        Ok(GroupBy { operands, sets })
    }

    fn order_by(&mut self) -> Result<Vec<OrderItem<'q>>, SoqlError> {
        if !self.accept_word("ORDER") {
            return Ok(Vec::new());
        }
        self.expect_word("BY")?;
        self.list(|parser| {
            let key = parser.operand()?;
            let descending = parser.accept_word("DESC");
            if !descending {
                parser.accept_word("ASC");
            }
            let nulls_last = parser.accept_word("NULLS") && {
                let last = parser.accept_word("LAST");
                if !last {
                    parser.expect_word("FIRST")?;
                }
                last
            };
            Ok(OrderItem {
                key,
                descending,
                nulls_last,
            })
        })
    }

    fn count_after(&mut self, word: &str) -> Result<Option<usize>, SoqlError> {
        if !self.accept_word(word) {
            return Ok(None);
        }
        match self.peek().kind {
            TokenKind::Number(number) if number >= 0.0 && number.fract() == 0.0 => {
                self.next += 1;
                Ok(Some(number as usize))
            }
            TokenKind::Symbol(":") => Err(self.bind_variable()),
            _ => self.unexpected(),
        }
    }

    fn bind_variable(&self) -> SoqlError {
        SoqlError::malformed(self.peek().at, "Bind variables only allowed in Apex code")
    }
}

impl<'q> Query<'q> {
    fn of(select: Vec<super::syntax::Item<'q>>, from: Name<'q>) -> Self {
        Self {
            select,
            from,
            alias: None,
            joined: Vec::new(),
            scope: None,
            condition: None,
            group_by: GroupBy::default(),
            having: None,
            order_by: Vec::new(),
            limit: None,
            offset: 0,
        }
    }
}

#[cfg(test)]
mod tests;
