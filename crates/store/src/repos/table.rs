//! Two macros: one ties a row to its columns, one names statements and lists them for the test that prepares them.

/// Ties a row to its columns, in order: `$name!()` is the list of columns as text (`$name!("c.")` with a prefix), and
/// the module `$name` reads a row from a result and writes its values to a statement. `read` also starts at a later
/// column, for joins. The leading `($)` only lets the macro write another.
macro_rules! table {
    (($d:tt) $name:ident, $row:ident, $table:literal, $first:ident $(, $col:ident)* $(,)?) => {
        #[allow(unused_macros, reason = "some tables need only the module")]
        macro_rules! $name {
            () => { concat!(stringify!($first) $(, ", ", stringify!($col))*) };
            ($d p:literal) => { concat!($d p, stringify!($first) $(, ", ", $d p, stringify!($col))*) };
        }
        #[allow(dead_code, reason = "some tables are only read, others only written")]
        mod $name {
            use super::super::cell::{Cells, Row};
            use super::super::sql::Tuple;
            pub(super) const INSERT: super::super::bulk::Into = super::super::bulk::Into::rows(
                concat!("INSERT INTO ", $table, " (", stringify!($first) $(, ", ", stringify!($col))*, ") VALUES "),
                1 $(+ { let _ = stringify!($col); 1 })*,
            );
            pub(super) fn read(row: &Row) -> crate::Result<crate::$row> {
                next(&mut Cells::new(row))
            }
            pub(super) fn next(cells: &mut Cells<'_>) -> crate::Result<crate::$row> {
                Ok(crate::$row { $first: cells.next()?, $($col: cells.next()?),* })
            }
            pub(super) fn write(row: &crate::$row, t: &mut Tuple<'_>) {
                t.v(&row.$first) $(.v(&row.$col))*;
            }
        }
    };
}

/// Names statements, and lists them.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(super) const $name: &str = $sql;)*
        /// Every fixed statement of this file.
        #[cfg(test)]
        pub(super) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
