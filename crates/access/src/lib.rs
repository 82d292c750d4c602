//! Who may see and do what, and the log of who did.
//!
//! Rights come from four things together: the **role** somebody holds, how they **relate** to the child today, the
//! **purpose** they work for, and how **sensitive** the thing is. The policies are files a data-protection officer
//! can read (`guidance/policy/*.cedar`); [`Engine`] asks them. Nothing is allowed that no policy allows, and a policy
//! that forbids always wins. How rights come about is told in `docs/reference/access.md`.
//!
//! Everything here is a decision about what it is given: no clock, no store, no randomness. [`log`] is the
//! mathematics of the tamper-evident log.

mod action;
mod approval;
mod codes;
mod engine;
pub mod log;
mod matrix;
mod policy;
mod purpose;
mod reach;
mod relation;
mod request;
mod role;

pub use action::{Action, ActionSet, actions};
pub use approval::{Approval, Refusal, may_approve};
pub use codes::{Code, CodeSet};
pub use engine::Engine;
pub use matrix::{Column, RoleRights, Table, Tie};
pub use policy::{PolicyError, PolicyFile, PolicyListed, house_policies};
pub use purpose::Purpose;
pub use reach::{Reach, Ways};
pub use relation::{CircleRole, Relation, Relations, Ties};
pub use request::{Appointment, Decision, Request, Target, Who};
pub use role::{Role, RoleExplained, RoleSet, roles};
