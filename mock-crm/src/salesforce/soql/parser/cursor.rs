//! Going through the tokens.

use super::{DEEPEST, Parser};
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::lexer::{Token, TokenKind, tokens};
use crate::salesforce::soql::syntax::{Name, Path};

impl<'q> Parser<'q> {
    pub(super) fn new(text: &'q str) -> Result<Self, SoqlError> {
        Self::from(text, 0)
    }

    /// From a place on.
    pub(super) fn from(text: &'q str, start: usize) -> Result<Self, SoqlError> {
        Ok(Self {
            tokens: tokens(text, start)?,
            next: 0,
            depth: 0,
        })
    }

    /// Parses what is nested in what is being parsed.
    pub(super) fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, SoqlError>,
    ) -> Result<T, SoqlError> {
        if self.depth == DEEPEST {
            return Err(SoqlError::malformed(
                self.peek().at,
                "the query is nested too deep",
            ));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    pub(super) fn peek(&self) -> &Token<'q> {
        // The last token is the end, which is never passed.
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    pub(super) fn peek_after(&self, distance: usize) -> &TokenKind<'q> {
        &self.tokens[(self.next + distance).min(self.tokens.len() - 1)].kind
    }

    pub(super) fn take(&mut self) -> Token<'q> {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    pub(super) fn at_word(&self, word: &str) -> bool {
        matches!(self.peek().kind, TokenKind::Word(found) if found.eq_ignore_ascii_case(word))
    }

    pub(super) fn accept_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        self.next += usize::from(found);
        found
    }

    pub(super) fn accept(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek().kind, TokenKind::Symbol(found) if found == symbol);
        self.next += usize::from(found);
        found
    }

    pub(super) fn unexpected<T>(&self) -> Result<T, SoqlError> {
        let token = self.peek();
        Err(SoqlError::unexpected(token.at, &token.kind.quoted()))
    }

    pub(super) fn expect(&mut self, symbol: &str) -> Result<(), SoqlError> {
        if self.accept(symbol) {
            Ok(())
        } else {
            self.unexpected()
        }
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Result<(), SoqlError> {
        if self.accept_word(word) {
            Ok(())
        } else {
            self.unexpected()
        }
    }

    pub(super) fn end(&self) -> Result<(), SoqlError> {
        match self.peek().kind {
            TokenKind::End => Ok(()),
            _ => self.unexpected(),
        }
    }

    pub(super) fn name(&mut self) -> Result<Name<'q>, SoqlError> {
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

    pub(super) fn path(&mut self) -> Result<Path<'q>, SoqlError> {
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

    pub(super) fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, SoqlError>,
    ) -> Result<Vec<T>, SoqlError> {
        let mut items = vec![item(self)?];
        while self.accept(",") {
            items.push(item(self)?);
        }
        Ok(items)
    }
}
