//! Between the values of rows and the few types that both databases keep.

use jiff::{Timestamp, civil};
use sqlx::{Database, Decode, Encode, Row as _, Type};
use uuid::Uuid;

use super::Db;
use crate::days;
use crate::error::from_driver;
use crate::{DutyState, Error, FormStanding, Result, Standing, SubjectKind, TermKind};

pub(super) type Row = <Db as Database>::Row;

/// A value kept as one of the database's own types.
pub(super) trait Stored: Sized {
    type Raw: for<'r> Decode<'r, Db> + for<'q> Encode<'q, Db> + Type<Db> + Send + 'static;
    fn keep(&self) -> Self::Raw;
    fn load(raw: Self::Raw) -> Result<Self>;
    /// Why neither database should hold this value, although one of them would.
    fn unfit(&self) -> Option<&'static str> {
        None
    }
}

macro_rules! as_it_is {
    ($($t:ty),*) => {$(
        impl Stored for $t {
            type Raw = $t;
            fn keep(&self) -> $t { self.clone() }
            fn load(raw: $t) -> Result<Self> { Ok(raw) }
        }
    )*};
}
as_it_is!(i64, bool, Vec<u8>, Uuid);

impl Stored for String {
    type Raw = Self;
    fn keep(&self) -> Self {
        self.clone()
    }
    fn load(raw: Self) -> Result<Self> {
        Ok(raw)
    }
    fn unfit(&self) -> Option<&'static str> {
        self.contains('\0').then_some("text may not contain the character U+0000")
    }
}

impl Stored for Timestamp {
    type Raw = i64;
    fn keep(&self) -> i64 {
        self.as_microsecond()
    }
    fn load(raw: i64) -> Result<Self> {
        Self::from_microsecond(raw).map_err(|e| Error::Corrupt(e.to_string()))
    }
}

impl Stored for civil::Date {
    type Raw = i64;
    fn keep(&self) -> i64 {
        days::to_number(*self)
    }
    fn load(raw: i64) -> Result<Self> {
        days::of_number(raw)
    }
}

impl Stored for civil::Time {
    type Raw = i64;
    fn keep(&self) -> i64 {
        civil::Time::midnight().duration_until(*self).as_secs()
    }
    fn load(raw: i64) -> Result<Self> {
        civil::Time::midnight()
            .checked_add(jiff::SignedDuration::from_secs(raw))
            .map_err(|e| Error::Corrupt(e.to_string()))
    }
}

impl Stored for [u8; 32] {
    type Raw = Vec<u8>;
    fn keep(&self) -> Vec<u8> {
        self.to_vec()
    }
    fn load(raw: Vec<u8>) -> Result<Self> {
        Self::try_from(raw.as_slice()).map_err(|_| Error::Corrupt(format!("a hash of {} bytes", raw.len())))
    }
}

macro_rules! by_name {
    ($($t:ty),*) => {$(
        impl Stored for $t {
            type Raw = String;
            fn keep(&self) -> String { self.as_str().to_owned() }
            fn load(raw: String) -> Result<Self> {
                Self::parse(&raw).ok_or_else(|| Error::Corrupt(format!("unknown {} {raw:?}", stringify!($t))))
            }
        }
    )*};
}
by_name!(SubjectKind, DutyState, FormStanding, Standing);

impl Stored for TermKind {
    type Raw = i64;
    fn keep(&self) -> i64 {
        match self {
            Self::Name => 1,
            Self::Phonetic => 2,
            Self::Trigram => 3,
            Self::Dob => 4,
            Self::Nhs => 5,
            Self::Upn => 6,
            Self::Local => 7,
        }
    }
    fn load(raw: i64) -> Result<Self> {
        [Self::Name, Self::Phonetic, Self::Trigram, Self::Dob, Self::Nhs, Self::Upn, Self::Local]
            .into_iter()
            .find(|kind| kind.keep() == raw)
            .ok_or_else(|| Error::Corrupt(format!("unknown kind of search term {raw}")))
    }
}

/// A cell of a result: a stored value, or none.
pub(super) trait Cell: Sized {
    fn cell(row: &Row, at: usize) -> Result<Self>;
}

impl<T: Stored> Cell for T {
    fn cell(row: &Row, at: usize) -> Result<Self> {
        T::load(row.try_get::<T::Raw, usize>(at).map_err(from_driver)?)
    }
}

impl<T: Stored> Cell for Option<T> {
    fn cell(row: &Row, at: usize) -> Result<Self> {
        row.try_get::<Option<T::Raw>, usize>(at).map_err(from_driver)?.map(T::load).transpose()
    }
}

/// The cells of a row, from left to right.
pub(super) struct Cells<'r> {
    row: &'r Row,
    at: usize,
}

impl<'r> Cells<'r> {
    pub(super) fn new(row: &'r Row) -> Self {
        Self { row, at: 0 }
    }

    pub(super) fn next<T: Cell>(&mut self) -> Result<T> {
        let value = T::cell(self.row, self.at)?;
        self.at += 1;
        Ok(value)
    }
}

/// The first cell of a row.
pub(super) fn first<T: Cell>(row: &Row) -> Result<T> {
    T::cell(row, 0)
}
