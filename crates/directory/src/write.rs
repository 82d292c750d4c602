//! Writing services as the UK profile has them. Every part of a service has to have an id of its own; parts that have
//! none with us get one that follows from the service's, so that it is the same whenever the directory is asked.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::model::{Address, Organization, Place, Service, Status, Term};

/// A service in full, as `/services/{id}` answers.
pub fn service(service: &Service) -> Value {
    let mut out = head(service);
    let ids = Ids(&service.id);
    let mut list = |key: &str, values: Vec<Value>| {
        if !values.is_empty() {
            out.insert(key.to_owned(), values.into());
        }
    };
    let each = |key: &'static str| move |i: usize, fields: Value| with(ids.of(key, i), fields);
    let numbered = |key: &'static str, values: Vec<Value>| -> Vec<Value> {
        values.into_iter().enumerate().map(|(i, fields)| each(key)(i, fields)).collect()
    };
    list(
        "phones",
        numbered(
            "phones",
            service
                .phones
                .iter()
                .map(|p| json!({"number": p.number, "description": p.description}))
                .collect(),
        ),
    );
    list(
        "languages",
        numbered(
            "languages",
            service.languages.iter().map(|l| json!({"code": l.code, "name": l.name})).collect(),
        ),
    );
    list(
        "service_areas",
        numbered(
            "service_areas",
            service
                .service_areas
                .iter()
                .map(|a| json!({"name": a.name, "service_area": a.name, "uri": a.uri}))
                .collect(),
        ),
    );
    list("schedules", numbered("schedules", service.schedules.iter().map(|s| json!({"freq": s.byday.as_ref().map(|_| "WEEKLY"), "byday": s.byday, "opens_at": s.opens_at, "closes_at": s.closes_at, "description": s.description})).collect()));
    list(
        "contacts",
        numbered(
            "contacts",
            service.contacts.iter().map(|c| json!({"name": c.name, "title": c.title})).collect(),
        ),
    );
    list(
        "cost_options",
        numbered(
            "cost_options",
            service
                .cost_options
                .iter()
                .map(|c| json!({"option": c.option, "amount_description": c.amount_description}))
                .collect(),
        ),
    );
    list(
        "attributes",
        numbered(
            "attributes",
            service.terms.iter().map(|t| json!({"link_type": "service", "taxonomy_term": term(t)})).collect(),
        ),
    );
    list(
        "service_at_locations",
        numbered(
            "service_at_locations",
            service.places.iter().map(|p| json!({"location": place(p)})).collect(),
        ),
    );
    out.into()
}

/// A service as it stands in the list at `/services`: without its parts, with who offers it.
pub fn listed(service: &Service) -> Value {
    head(service).into()
}

fn head(service: &Service) -> Map<String, Value> {
    let Value::Object(out) = bare(json!({
        "id": service.id,
        "name": service.name,
        "alternate_name": service.alternate_name,
        "description": service.description,
        "url": service.url,
        "email": service.email,
        // The standard has no word for not knowing; a service that may not be there is not given out as active.
        "status": service.status.unwrap_or(Status::Inactive).as_str(),
        "eligibility_description": service.eligibility_description,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "application_process": service.application_process,
        "wait_time": service.wait_time,
        "fees": service.fees,
        "accreditations": service.accreditations,
        "interpretation_services": service.interpretation_services,
        "alert": service.alert,
        "assured_date": service.assured_date.map(|d| d.to_string()),
        "assurer_email": service.assurer_email,
        "last_modified": service.last_modified.map(|t| t.to_string()),
        "organization": service.organization.as_ref().map(organization),
    })) else {
        return Map::new();
    };
    out
}

fn organization(organization: &Organization) -> Value {
    bare(json!({
        "id": organization.id,
        "name": organization.name,
        // Required by the standard.
        "description": organization.description.as_deref().unwrap_or(&organization.name),
        "website": organization.website,
        "email": organization.email,
    }))
}

fn place(place: &Place) -> Value {
    let ids = Ids(&place.id);
    let address = |(i, a): (usize, &Address)| {
        with(
            ids.of("addresses", i),
            json!({
                "address_1": a.address_1,
                "city": a.city,
                "state_province": a.state_province,
                "postal_code": a.postal_code,
                "country": a.country,
                "address_type": place.kind.as_str(),
            }),
        )
    };
    let way = |(i, words): (usize, &String)| {
        with(ids.of("accessibility", i), json!({"description": words, "accessibility": words}))
    };
    let some = |values: Vec<Value>| (!values.is_empty()).then_some(values);
    bare(json!({
        "id": place.id,
        "location_type": place.kind.as_str(),
        "name": place.name,
        "description": place.description,
        "latitude": place.at.map(|at| at.0),
        "longitude": place.at.map(|at| at.1),
        "addresses": some(place.addresses.iter().enumerate().map(address).collect()),
        "accessibility": some(place.accessibility.iter().enumerate().map(way).collect()),
    }))
}

fn term(term: &Term) -> Value {
    bare(json!({
        "id": term.id,
        "name": term.name,
        "description": term.name,
        "taxonomy": term.taxonomy,
        "term_uri": term.term_uri,
    }))
}

/// An object without the keys that say nothing.
fn bare(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.into_iter().filter(|(_, v)| !v.is_null()).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

fn with(id: Uuid, fields: Value) -> Value {
    let mut fields = bare(fields);
    if let Value::Object(map) = &mut fields {
        map.insert("id".to_owned(), id.to_string().into());
    }
    fields
}

/// Ids of the parts of something.
#[derive(Clone, Copy)]
struct Ids<'a>(&'a str);

impl Ids<'_> {
    fn of(self, key: &str, index: usize) -> Uuid {
        let digest = Sha256::digest(format!("{}/{key}/{index}", self.0));
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
        Builder::from_custom_bytes(bytes).into_uuid()
    }
}
