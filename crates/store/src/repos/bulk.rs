//! Many rows in one statement.

use super::dialect;
use super::sql::{Sql, Tuple};
use super::unit::DbUnit;
use crate::Result;

/// An INSERT without its rows.
#[derive(Clone, Copy)]
pub(super) struct Into {
    head: &'static str,
    columns: usize,
    tail: &'static str,
    any_number_to: usize,
}

impl Into {
    /// `head` is "INSERT INTO … VALUES ", `columns` how many values a row has.
    pub(super) const fn rows(head: &'static str, columns: usize) -> Self {
        Self { head, columns, tail: "", any_number_to: 1 }
    }

    /// The same INSERT with something after its rows: " ON CONFLICT …".
    pub(super) const fn tail(self, tail: &'static str) -> Self {
        Self { tail, ..self }
    }

    /// The same INSERT where each number of rows up to this one has a text of its own, and so is one statement.
    pub(super) const fn any_number_to(self, any_number_to: usize) -> Self {
        Self { any_number_to, ..self }
    }
}

/// Batches of more are one of these sizes, so that few texts need to be prepared.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];

impl DbUnit {
    /// Inserts rows in batches; answers how many rows were touched.
    pub(super) async fn insert<T: Sync>(
        &mut self,
        into: Into,
        rows: &[T],
        write: impl Fn(&T, &mut Tuple<'_>) + Send,
    ) -> Result<u64> {
        let mut left = rows;
        let mut touched = 0;
        while !left.is_empty() {
            let most = dialect::MAX_VALUES / into.columns;
            let size = match left.len() {
                some if some <= into.any_number_to.min(most) => some,
                many => SIZES.into_iter().find(|size| *size <= many && *size <= most).unwrap_or(1),
            };
            let (now, later) = left.split_at(size);
            let mut sql = Sql::new(into.head);
            for (i, row) in now.iter().enumerate() {
                if i > 0 {
                    sql.text(", ");
                }
                sql.tuple(|t| write(row, t));
            }
            sql.text(into.tail);
            touched += self.run(sql).await?;
            left = later;
        }
        Ok(touched)
    }
}
