//! Entries as Open Referral UK knows services, and back. What only we know (plain words, whom to tell, what is hidden) is no
//! part of the standard and stays here.

use kinfold_directory::{Service, Term};
use kinfold_guidance::Codes;
use sha2::{Digest, Sha256};
use smol_str::SmolStr;
use uuid::{Builder, Uuid};

use super::listing::{Listing, ListingKind};
use super::public::PublicListing;

/// The taxonomy that our needs are terms of.
const NEEDS: &str = "Kinfold service_need";

/// An id that follows from what something is and is called, so that reading it twice gives the same.
pub(super) fn named(what: &str, name: &str) -> Uuid {
    let digest = Sha256::digest(format!("kinfold/{what}/{}", name.trim().to_lowercase()));
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// Which entry an id of another directory stands for: itself where it is one of ours or a UUID.
pub(super) fn subject(id: &str) -> Uuid {
    id.trim().parse().unwrap_or_else(|_| named("service", id))
}

/// A service as another directory gives it, over what is known of it here. Ours is what the standard has no word for.
pub(super) fn taken_over(service: &Service, base: &Listing, codes: &Codes) -> Listing {
    let mut out = base.clone();
    out.kind = ListingKind::Service;
    out.service = service.clone();
    // What is kept from everybody outside is in no file that came from outside, our own included.
    if base.hide_address && service.places.is_empty() {
        out.service.places.clone_from(&base.service.places);
    }
    if service.contacts.iter().all(|contact| contact.name.is_none()) && !base.service.contacts.is_empty() {
        out.service.contacts.clone_from(&base.service.contacts);
    }
    if service.assurer_email.is_none() {
        out.service.assurer_email.clone_from(&base.service.assurer_email);
    }
    // The standard wants a description of everybody; where there was none, the name was put in its place.
    if let Some(organisation) = &mut out.service.organization
        && organisation.description.as_ref() == Some(&organisation.name)
    {
        organisation.description = None;
    }
    let code = |term: &Term| -> Option<SmolStr> {
        let list = codes.list("service_need")?;
        let ours = term.taxonomy.as_deref() == Some(NEEDS);
        let found = list.codes.iter().find(|c| {
            (ours && term.id.ends_with(c.code.as_str())) || c.title.eq_ignore_ascii_case(&term.name)
        });
        found.map(|c| c.code.clone())
    };
    let mut needs: Vec<SmolStr> = service.terms.iter().filter_map(code).collect();
    needs.dedup();
    if !needs.is_empty() {
        out.needs = needs;
    }
    // Ours come back as needs; kept as terms as well they would stand there twice.
    out.service.terms.retain(|term| term.taxonomy.as_deref() != Some(NEEDS));
    if base.service.name.is_empty() {
        // New here: shown to young people when it is for their age and nobody much older.
        let (from, to) = (service.minimum_age.unwrap_or(0), service.maximum_age);
        out.for_young = to.is_some_and(|to| (11..=26).contains(&to)) && from <= 25;
    }
    out
}

/// A service as it is given out: with the needs as terms, and the day it was checked.
pub(super) fn given_out(of: &PublicListing, codes: &Codes) -> Service {
    let mut service = of.listing.service.clone();
    if service.id.is_empty() {
        service.id = of.id.to_string();
    }
    service.assured_date = Some(of.checked_on);
    let term = |need: &SmolStr| Term {
        id: format!("service_need/{need}"),
        name: codes.title("service_need", need).to_owned(),
        taxonomy: Some(NEEDS.to_owned()),
        term_uri: None,
    };
    service.terms.extend(of.listing.needs.iter().map(term));
    service
}
