//! The repositories: every statement of the store, written once and compiled for each database. `Db`, `dialect` and
//! `MIGRATOR` come from the parent, which is `sqlite.rs` or `postgres.rs`.

#[macro_use]
mod table;

mod audit;
mod authority;
mod board;
mod bulk;
mod cell;
#[cfg(test)]
pub(crate) mod checks;
mod children;
mod children_lists;
mod circle;
mod drafts;
mod duties;
mod duties_lists;
mod entries;
mod feeds;
mod forms;
mod guidance;
mod imports;
mod outbox;
mod people;
mod portable;
mod return_asks;
mod scope;
mod sending;
mod sessions;
mod settings;
mod sql;
mod surveys;
mod teams;
mod unit;
mod voice;

pub(crate) use unit::DbStore;

use super::{Db, MIGRATOR, dialect};

#[cfg(test)]
/// Every fixed statement, by the room it belongs to, so that a test can prepare them all.
pub(crate) fn statements() -> Vec<(&'static str, &'static [(&'static str, &'static str)])> {
    vec![
        ("audit", audit::STATEMENTS),
        ("authority", authority::STATEMENTS),
        ("children", children::STATEMENTS),
        ("circle", circle::STATEMENTS),
        ("drafts", drafts::STATEMENTS),
        ("duties", duties::STATEMENTS),
        ("entries", entries::STATEMENTS),
        ("feeds", feeds::STATEMENTS),
        ("forms", forms::STATEMENTS),
        ("guidance", guidance::STATEMENTS),
        ("imports", imports::STATEMENTS),
        ("outbox", outbox::STATEMENTS),
        ("people", people::STATEMENTS),
        ("portable", portable::STATEMENTS),
        ("return_asks", return_asks::STATEMENTS),
        ("sending", sending::STATEMENTS),
        ("sessions", sessions::STATEMENTS),
        ("settings", settings::STATEMENTS),
        ("surveys", surveys::STATEMENTS),
        ("teams", teams::STATEMENTS),
        ("voice", voice::STATEMENTS),
    ]
}
