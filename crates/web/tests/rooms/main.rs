//! Rooms of the program, each through the real router. One program of tests for all of them: each program is linked with the
//! whole of Kinfold.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod carers;
mod circles;
mod entry_warnings;
mod fhir;
mod forms;
mod me;
mod named_roles;
mod places;
mod published;
mod services;
#[path = "../support/mod.rs"]
mod support;
#[allow(dead_code, unused_imports, reason = "only the addresses are read")]
#[path = "../table/mod.rs"]
mod table;
mod young_auditors;
