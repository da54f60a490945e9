//! Several ids in one value.

use std::borrow::Cow;

use smallvec::SmallVec;

/// The texts with semicolons between them, each once; `None` where there is none. One alone is lent out as it is.
pub(super) fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Cow<'t, str>> {
    let mut each: SmallVec<[&str; 4]> = SmallVec::new();
    for text in texts {
        if !each.contains(&text) {
            each.push(text);
        }
    }
    match each.as_slice() {
        [] => None,
        [one] => Some(Cow::Borrowed(one)),
        many => Some(many.join(";").into()),
    }
}
