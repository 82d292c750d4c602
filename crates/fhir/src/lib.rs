//! A child's record as FHIR R4 resources, with the UK Core profiles where they exist.
//!
//! Pure: it maps what it is given and decides nothing about who may read it. Whoever calls it hands over only the entries
//! and the parts of the identity that the recipient may see. Resources are JSON values made by the few functions of
//! [`part`], because the generated models of all of FHIR cost more to compile than everything else here together.

mod allergy;
mod bundle;
mod capability;
mod care;
mod circle;
mod condition;
mod consent;
mod document;
mod immunization;
pub mod intake;
mod map;
mod medicine;
mod observation;
pub mod part;
mod patient;
mod plan;
mod provenance;
mod resource;

pub use bundle::{BundleKind, bundle};
pub use capability::{Served, capability};
pub use circle::Member;
pub use document::{Answer, Document, Item, questionnaire};
pub use map::{Facts, Titles, resources};
pub use resource::{NotAResource, Resource};
