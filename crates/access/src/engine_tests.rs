use super::*;
use crate::codes::Code;
use crate::relation::{CircleRole, Relation, Relations};
use crate::request::Appointment;
use crate::role::Role;

#[test]
fn loads() {
    let e = Engine::house();
    if let Err(e) = e {
        panic!("{e}")
    }
}
