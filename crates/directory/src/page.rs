//! Pages of a list, and the first answer of an interface.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The version of the standard that is written.
pub const VERSION: &str = "HSDS-UK-3.0";

/// Which page of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageOf {
    /// From 1.
    pub number: u32,
    /// How many pages there are.
    pub pages: u32,
    /// How many items there are on all of them.
    pub items: u32,
}

impl PageOf {
    /// What a page says of itself, with the names of the standard or of the one before it.
    pub(crate) fn of(root: &Value) -> Option<Self> {
        let number = |keys: [&str; 2]| {
            let found = keys.iter().find_map(|key| root.get(key)?.as_u64());
            found.and_then(|n| u32::try_from(n).ok())
        };
        Some(Self {
            number: number(["page_number", "number"])?,
            pages: number(["total_pages", "totalPages"])?,
            items: number(["total_items", "totalElements"])?,
        })
    }

    /// The page after it, if there is one.
    pub fn next(self) -> Option<u32> {
        (self.number < self.pages).then_some(self.number + 1)
    }
}

/// One page of a list. `number` counts from 1; a page that is not there is empty.
pub fn page(all: &[Value], number: u32, per_page: u32) -> Value {
    let size = usize::try_from(per_page.max(1)).unwrap_or(usize::MAX);
    let pages = all.len().div_ceil(size);
    let index = usize::try_from(number.max(1) - 1).unwrap_or(usize::MAX);
    let contents = all.chunks(size).nth(index).unwrap_or_default();
    json!({
        "total_items": all.len(),
        "total_pages": pages,
        "page_number": number.max(1),
        "size": contents.len(),
        "first_page": number <= 1,
        "last_page": index + 1 >= pages,
        "empty": contents.is_empty(),
        "contents": contents,
    })
}

/// What the interface answers at its first address: which standard it keeps to, and where that is described.
pub fn about() -> Value {
    json!({
        "version": VERSION,
        "profile": "https://docs.openreferraluk.org/en/latest/",
        "openapi_url": "https://docs.openreferraluk.org/en/latest/openapi30.json",
    })
}
