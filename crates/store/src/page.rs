//! Pages of a list.

/// Which part of a list to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many rows at most.
    pub limit: i64,
    /// How many rows to skip.
    pub offset: i64,
}

impl Page {
    /// The first `limit` rows.
    pub const fn first(limit: i64) -> Self {
        Self { limit, offset: 0 }
    }
}

/// One page of a list, and how long the whole list is.
#[derive(Debug, Clone, PartialEq)]
pub struct Paged<T> {
    /// The rows of this page, in order.
    pub rows: Vec<T>,
    /// How many rows the whole list has.
    pub total: i64,
}
