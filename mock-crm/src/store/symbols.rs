//! Interned texts.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;

/// A text that was seen before, in four bytes, also where there may be none: few users create many records.
///
/// Invariant: the place in the list of texts, plus one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(NonZeroU32);

impl Symbol {
    fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The texts behind the symbols of one org or portal.
#[derive(Debug, Default)]
pub struct Symbols {
    by_text: HashMap<Arc<str>, Symbol>,
    texts: Vec<Arc<str>>,
}

impl Symbols {
    /// The symbol of a text, made when it is new.
    pub fn intern(&mut self, text: &str) -> Symbol {
        if let Some(&symbol) = self.by_text.get(text) {
            return symbol;
        }
        let text: Arc<str> = text.into();
        self.texts.push(text.clone());
        let number = u32::try_from(self.texts.len()).ok();
        // There is at least one text now.
        let symbol = Symbol(number.and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MAX));
        self.by_text.insert(text, symbol);
        symbol
    }

    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// Forgets the texts after the first `length`: nothing may have their symbols any more.
    pub(super) fn truncate(&mut self, length: usize) {
        for text in self.texts.drain(length.min(self.texts.len())..) {
            self.by_text.remove(&text);
        }
    }

    /// The symbol of a text that was seen before.
    pub fn find(&self, text: &str) -> Option<Symbol> {
        self.by_text.get(text).copied()
    }

    /// The text of a symbol.
    pub fn text(&self, symbol: Symbol) -> &str {
        self.texts.get(symbol.place()).map_or("", |text| text)
    }

    /// The text of a symbol, shared.
    pub fn shared(&self, symbol: Symbol) -> Arc<str> {
        self.texts.get(symbol.place()).cloned().unwrap_or_default()
    }
}
