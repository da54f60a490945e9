//! Tokens to syntax, by recursive descent. Grammar: SOQL reference, "SOQL SELECT Syntax".

use super::frame::SoqlError;
use super::lexer::{Token, TokenKind, tokens};
use super::syntax::{
    Aggregate, Condition, Function, Item, Literal, Name, Operator, OrderItem, OrderKey, Path,
    Query, Set,
};

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
}

impl<'q> Parser<'q> {
    fn new(text: &'q str) -> Result<Self, SoqlError> {
        Ok(Self {
            tokens: tokens(text)?,
            next: 0,
        })
    }

    fn peek(&self) -> &Token<'q> {
        // The last token is the end, which is never passed.
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    fn peek_after(&self, distance: usize) -> &TokenKind<'q> {
        &self.tokens[(self.next + distance).min(self.tokens.len() - 1)].kind
    }

    fn take(&mut self) -> Token<'q> {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    fn at_word(&self, word: &str) -> bool {
        matches!(self.peek().kind, TokenKind::Word(found) if found.eq_ignore_ascii_case(word))
    }

    fn accept_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        self.next += usize::from(found);
        found
    }

    fn accept(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek().kind, TokenKind::Symbol(found) if found == symbol);
        self.next += usize::from(found);
        found
    }

    fn unexpected<T>(&self) -> Result<T, SoqlError> {
        let token = self.peek();
        Err(SoqlError::unexpected(token.at, &token.kind.quoted()))
    }

    fn expect(&mut self, symbol: &str) -> Result<(), SoqlError> {
        if self.accept(symbol) {
            Ok(())
        } else {
            self.unexpected()
        }
    }

    fn expect_word(&mut self, word: &str) -> Result<(), SoqlError> {
        if self.accept_word(word) {
            Ok(())
        } else {
            self.unexpected()
        }
    }

    fn end(&self) -> Result<(), SoqlError> {
        match self.peek().kind {
            TokenKind::End => Ok(()),
            _ => self.unexpected(),
        }
    }

    fn name(&mut self) -> Result<Name<'q>, SoqlError> {
        match *self.peek() {
            Token {
                kind: TokenKind::Word(text),
                at,
            } => {
                self.next += 1;
                Ok(Name { text, at })
            }
            _ => self.unexpected(),
        }
    }

    fn path(&mut self) -> Result<Path<'q>, SoqlError> {
        let first = self.name()?;
        let mut names = vec![first.text];
        while self.accept(".") {
            names.push(self.name()?.text);
        }
        Ok(Path {
            names,
            at: first.at,
        })
    }

    fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, SoqlError>,
    ) -> Result<Vec<T>, SoqlError> {
        let mut items = vec![item(self)?];
        while self.accept(",") {
            items.push(item(self)?);
        }
        Ok(items)
    }

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
            let query = self.query()?;
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

    /// A chain of ANDs or of ORs: mixing them takes parentheses.
    fn condition(&mut self) -> Result<Condition<'q>, SoqlError> {
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
            return Ok(Condition::Not(Box::new(self.negation()?)));
        }
        if self.accept("(") {
            let condition = self.condition()?;
            self.expect(")")?;
            return Ok(condition);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Condition<'q>, SoqlError> {
        let path = self.path()?;
        if matches!(self.peek().kind, TokenKind::Symbol("(")) {
            return Err(SoqlError::not_simulated(
                path.at,
                "functions in a condition",
            ));
        }
        for word in ["INCLUDES", "EXCLUDES"] {
            if self.at_word(word) {
                return Err(SoqlError::not_simulated(self.peek().at, word));
            }
        }
        let negated = self.at_word("NOT")
            && matches!(self.peek_after(1), TokenKind::Word(word) if word.eq_ignore_ascii_case("IN"));
        self.next += usize::from(negated);
        if self.accept_word("IN") {
            let set = self.set()?;
            return Ok(Condition::In { path, negated, set });
        }
        let operator = self.operator()?;
        let literal = self.literal()?;
        Ok(Condition::Compare {
            path,
            operator,
            literal,
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
        self.expect("(")?;
        let set = match self.at_word("SELECT") {
            true => Set::Select(Box::new(self.query()?)),
            false => Set::Literals(self.list(Self::literal)?),
        };
        self.expect(")")?;
        Ok(set)
    }

    fn literal(&mut self) -> Result<Literal<'q>, SoqlError> {
        match self.peek().kind {
            TokenKind::Symbol(":") => {
                return Err(SoqlError::malformed(
                    self.peek().at,
                    "Bind variables only allowed in Apex code",
                ));
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
