//! Interned texts.

use std::collections::HashMap;
use std::sync::Arc;

/// A text that was seen before, in four bytes: few users create many records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

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
        let symbol = Symbol(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        let text: Arc<str> = text.into();
        self.texts.push(text.clone());
        self.by_text.insert(text, symbol);
        symbol
    }

    /// The symbol of a text that was seen before.
    pub fn find(&self, text: &str) -> Option<Symbol> {
        self.by_text.get(text).copied()
    }

    /// The text of a symbol.
    pub fn text(&self, symbol: Symbol) -> &str {
        self.texts.get(symbol.0 as usize).map_or("", |text| text)
    }

    /// The text of a symbol, shared.
    pub fn shared(&self, symbol: Symbol) -> Arc<str> {
        self.texts
            .get(symbol.0 as usize)
            .cloned()
            .unwrap_or_default()
    }
}
