//! Health through casework: who sees what of it, on both databases; and that nothing that is shared holds a fact which its
//! recipient may not have, whatever the facts, the recipients and the purposes are.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod area;
mod doors;
mod fhir;
mod intake;
mod pages;
mod passport;
mod sharing;
mod world;
