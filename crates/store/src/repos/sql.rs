//! A statement and its values. Text comes only from the program (`&'static str`), values only as placeholders: this is
//! the one place that asserts to the driver that a text made of pieces is safe.

use std::borrow::Cow;

use sqlx::{Arguments as _, Database, SqlSafeStr as _, SqlStr};

use super::cell::Stored;
use super::{Db, dialect};
use crate::Error;

type Args = <Db as Database>::Arguments;

/// A statement being made.
pub(super) struct Sql {
    text: Cow<'static, str>,
    args: Args,
    values: usize,
    broken: Option<Error>,
}

/// A value or none, as a statement carries it.
pub(super) trait Value {
    fn put(&self, sql: &mut Sql);
}

impl<T: Stored> Value for T {
    fn put(&self, sql: &mut Sql) {
        sql.refuse(self.unfit());
        sql.add(self.keep());
    }
}

impl<T: Stored> Value for Option<T> {
    fn put(&self, sql: &mut Sql) {
        sql.refuse(self.as_ref().and_then(Stored::unfit));
        sql.add(self.as_ref().map(Stored::keep));
    }
}

impl Sql {
    /// A statement that begins with this text; numbered placeholders in it take the values given to [`Self::v`].
    pub(super) fn new(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), args: Args::default(), values: 0, broken: None }
    }

    fn add<T>(&mut self, value: T)
    where
        T: for<'q> sqlx::Encode<'q, Db> + sqlx::Type<Db> + 'static,
    {
        self.values += 1;
        if let Err(error) = self.args.add(value) {
            self.broken.get_or_insert_with(|| Error::Driver(error.to_string()));
        }
    }

    fn refuse(&mut self, why: Option<&'static str>) {
        if let Some(why) = why {
            self.broken.get_or_insert_with(|| Error::Refused(why.to_owned()));
        }
    }

    /// Gives the next value to a placeholder that is already in the text.
    pub(super) fn v(mut self, value: &impl Value) -> Self {
        value.put(&mut self);
        self
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &'static str) -> &mut Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Adds a placeholder and gives it a value. A text has either placeholders of its own for [`Self::v`] or these.
    pub(super) fn bind(&mut self, value: &impl Value) -> &mut Self {
        value.put(self);
        dialect::placeholder(self.text.to_mut(), self.values);
        self
    }

    /// Adds `($1, $2, …)`: a list for IN, padded with its last value to a power of two so that few texts need to be
    /// prepared. An empty list becomes `(NULL)`, which nothing is in.
    pub(super) fn list<T: Stored>(&mut self, values: &[T]) -> &mut Self {
        let Some(last) = values.last() else { return self.text("(NULL)") };
        self.text("(");
        for i in 0..values.len().next_power_of_two() {
            if i > 0 {
                self.text(", ");
            }
            self.bind(values.get(i).unwrap_or(last));
        }
        self.text(")")
    }

    /// Adds LIMIT and OFFSET.
    pub(super) fn page(&mut self, page: crate::Page) -> &mut Self {
        self.text(" LIMIT ").bind(&page.limit).text(" OFFSET ").bind(&page.offset)
    }

    /// Adds `($1, $2, …)`: a row for VALUES.
    pub(super) fn tuple(&mut self, write: impl FnOnce(&mut Tuple<'_>)) {
        self.text("(");
        let mut tuple = Tuple { sql: self, begun: false };
        write(&mut tuple);
        self.text(")");
    }

    /// Whether this changes anything that a page may show. The log, sessions and kept answers are written with every
    /// page or form and shown by none that is kept.
    pub(super) fn changes_data(&self) -> bool {
        const QUIET: [&str; 9] = [
            "INSERT INTO audit ",
            "UPDATE audit_head ",
            "INSERT INTO audit_of_",
            "UPDATE audit_sorted ",
            "INSERT INTO session ",
            "UPDATE session ",
            "DELETE FROM session ",
            "INSERT INTO sign_in_attempt ",
            "UPDATE epoch ",
        ];
        let text = self.text.trim_start();
        !text.starts_with("SELECT ") && !QUIET.iter().any(|quiet| text.starts_with(quiet))
    }

    /// The text and the values, for the driver.
    #[expect(clippy::disallowed_methods, reason = "every piece is text of the program or a placeholder")]
    pub(super) fn finish(self) -> crate::Result<(SqlStr, Args)> {
        if let Some(broken) = self.broken {
            return Err(broken);
        }
        let text = match self.text {
            Cow::Borrowed(text) => text.into_sql_str(),
            Cow::Owned(text) => sqlx::AssertSqlSafe(text).into_sql_str(),
        };
        Ok((text, self.args))
    }
}

/// A row for VALUES being written.
pub(super) struct Tuple<'s> {
    sql: &'s mut Sql,
    begun: bool,
}

impl Tuple<'_> {
    /// The next value.
    pub(super) fn v(&mut self, value: &impl Value) -> &mut Self {
        if self.begun {
            self.sql.text(", ");
        }
        self.begun = true;
        self.sql.bind(value);
        self
    }
}
