//! Tokens to syntax, by recursive descent. Grammar: SOQL reference, "SOQL SELECT Syntax".

mod condition;
mod cursor;

use super::frame::SoqlError;
use super::lexer::{Token, TokenKind};
use super::syntax::{Aggregate, Condition, Function, Item, OrderItem, OrderKey, Path, Query};

/// Reads a query.
///
/// # Errors
/// With the place, where the text is no SOQL, or is SOQL that is not simulated.
pub(in crate::salesforce) fn parse(query: &str) -> Result<Query<'_>, SoqlError> {
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
const CLAUSES: [&str; 10] = [
    "WHERE", "GROUP", "ORDER", "LIMIT", "OFFSET", "FOR", "WITH", "USING", "UPDATE", "HAVING",
];

/// What a real org understands here and the mock does not.
const NOT_SIMULATED: [&str; 4] = ["WITH", "USING", "UPDATE", "HAVING"];

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
        if self.accept(",") {
            return Err(SoqlError::not_simulated(from.at, "several objects in FROM"));
        }
        let alias = self.alias();
        self.refuse_clauses()?;
        let condition = match self.accept_word("WHERE") {
            true => Some(self.condition()?),
            false => None,
        };
        self.refuse_clauses()?;
        let group_by = self.group_by()?;
        self.refuse_clauses()?;
        let order_by = self.order_by()?;
        let limit = self.count_after("LIMIT")?;
        let offset = self.count_after("OFFSET")?.unwrap_or(0);
        self.view()?;
        Ok(Query {
            select,
            from,
            alias,
            condition,
            group_by,
            order_by,
            limit,
            offset,
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

    fn refuse_clauses(&self) -> Result<(), SoqlError> {
        match NOT_SIMULATED.iter().find(|word| self.at_word(word)) {
            Some(word) => Err(SoqlError::not_simulated(self.peek().at, *word)),
            None => Ok(()),
        }
    }

    /// `FOR VIEW` and `FOR REFERENCE` change nothing but lists of recent records; `FOR UPDATE` is for Apex alone.
    fn view(&mut self) -> Result<(), SoqlError> {
        if !self.accept_word("FOR") {
            return self.refuse_clauses();
        }
        if self.accept_word("VIEW") || self.accept_word("REFERENCE") {
            return Ok(());
        }
        self.unexpected()
    }

    fn item(&mut self) -> Result<Item<'q>, SoqlError> {
        let at = self.peek().at;
        if self.accept("(") {
            let query = self.nested(Self::query)?;
            self.expect(")")?;
            return Ok(Item::Subquery(Box::new(query), at));
        }
        if self.at_word("TYPEOF") {
            return Err(SoqlError::not_simulated(at, "TYPEOF"));
        }
        if self.at_word("FIELDS") && matches!(self.peek_after(1), TokenKind::Symbol("(")) {
            self.next += 2;
            let which = self.name()?;
            self.expect(")")?;
            return Ok(Item::Fields(which.text, at));
        }
        if let Some(aggregate) = self.aggregate()? {
            return Ok(Item::Aggregate(aggregate, self.item_alias()));
        }
        let path = self.path()?;
        Ok(Item::Path(path, self.item_alias()))
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

    fn aggregate(&mut self) -> Result<Option<Aggregate<'q>>, SoqlError> {
        let (TokenKind::Word(word), at) = (self.peek().kind.clone(), self.peek().at) else {
            return Ok(None);
        };
        if !matches!(self.peek_after(1), TokenKind::Symbol("(")) {
            return Ok(None);
        }
        let function = Function::named(word)
            .ok_or_else(|| SoqlError::not_simulated(at, format!("the function {word}")))?;
        self.next += 2;
        let path = match self.accept(")") {
            true => None,
            false => {
                let path = self.path()?;
                self.expect(")")?;
                Some(path)
            }
        };
        if path.is_none() && function != Function::Count {
            return Err(SoqlError::unexpected(at, word));
        }
        Ok(Some(Aggregate { function, path, at }))
    }

    fn group_by(&mut self) -> Result<Vec<Path<'q>>, SoqlError> {
        if !self.accept_word("GROUP") {
            return Ok(Vec::new());
        }
        self.expect_word("BY")?;
        if let Some(word) = ["ROLLUP", "CUBE"].iter().find(|word| self.at_word(word)) {
            return Err(SoqlError::not_simulated(
                self.peek().at,
                format!("GROUP BY {word}"),
            ));
        }
        self.list(Self::path)
    }

    fn order_by(&mut self) -> Result<Vec<OrderItem<'q>>, SoqlError> {
        if !self.accept_word("ORDER") {
            return Ok(Vec::new());
        }
        self.expect_word("BY")?;
        self.list(|parser| {
            let key = match parser.aggregate()? {
                Some(aggregate) => OrderKey::Aggregate(aggregate),
                None => OrderKey::Path(parser.path()?),
            };
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
            _ => self.unexpected(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(query: &str) -> String {
        parse(query).unwrap_err().in_frame(query).to_string()
    }

    #[test]
    fn what_clients_send_is_read() {
        for query in [
            "SELECT Id, Name FROM Account",
            "SELECT count() FROM Account WHERE Name LIKE 'A%'",
            "SELECT Owner.Name, CloseDate FROM Opportunity ORDER BY Owner.Name ASC, CloseDate DESC LIMIT 10",
            "SELECT Id, Name FROM Account ORDER BY CreatedDate DESC NULLS LAST LIMIT 2 FOR VIEW",
            "SELECT name FROM Profile WHERE Id IN (SELECT ProfileId FROM User WHERE username='a')",
            "SELECT Id FROM Contact WHERE NOT (LastName = 'a' AND Email != null) LIMIT 10 OFFSET 20",
            "SELECT OwnerId, COUNT(Id) n FROM Contact GROUP BY OwnerId ORDER BY COUNT(Id) DESC",
            "SELECT c.Id FROM Contact c WHERE c.CreatedDate = LAST_N_DAYS:10",
            "SELECT Id FROM Contact WHERE Owner.Id NOT IN ('a', 'b') AND Amount > 5.5",
        ] {
            parse(query).unwrap();
        }
    }

    #[test]
    fn a_misspelt_word_is_refused_with_its_place() {
        insta::assert_snapshot!(refused("SELECT Id FORM Account").trim_start(), @r"
        SELECT Id FORM Account
                  ^
        ERROR at Row:1:Column:11
        unexpected token: 'FORM'
        ");
    }

    #[test]
    fn and_with_or_takes_parentheses() {
        let refused = refused("SELECT Id FROM Contact WHERE A = 1 AND B = 2 OR C = 3");

        assert!(refused.ends_with("unexpected token: 'OR'"), "{refused}");
    }

    #[test]
    fn a_query_that_is_nested_too_deep_is_refused() {
        for nested in ["(", "NOT ", "Id IN (SELECT Id FROM Contact WHERE "] {
            let query = format!("SELECT Id FROM Contact WHERE {}", nested.repeat(100_000));

            assert!(refused(&query).ends_with("the query is nested too deep"));
        }
    }

    #[test]
    fn what_is_soql_but_not_simulated_says_so() {
        for query in [
            "SELECT TYPEOF What WHEN Account THEN Name END FROM Task",
            "SELECT Id FROM Contact USING SCOPE mine",
            "SELECT CALENDAR_YEAR(CreatedDate) FROM Contact",
        ] {
            let error = parse(query).unwrap_err().in_frame(query);
            assert_eq!(error.status_and_code().1, "NOT_SIMULATED", "{query}");
        }
    }
}
