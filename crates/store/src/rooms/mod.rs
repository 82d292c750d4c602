//! What is kept: one room for each kind of thing, with its rows and the trait that reads and writes them.
//!
//! Instants are kept to the microsecond; spells are half-open `[from_on, to_on)`.

pub mod audit;
pub mod authority;
pub mod board;
pub mod children;
pub mod circle;
pub mod drafts;
pub mod duties;
pub mod entries;
pub mod feeds;
pub mod forms;
pub mod guidance;
pub mod imports;
pub mod outbox;
pub mod people;
pub mod return_asks;
pub mod sending;
pub mod sessions;
pub mod settings;
pub mod surveys;
pub mod voice;
