//! What a directory says of a service. Names are those of the standard where a reader of it would look for them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A service that somebody may turn to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The same for ever, in whatever directory it stands.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Another name it is known by.
    pub alternate_name: Option<String>,
    /// What it does, for whom.
    pub description: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// Where to write to.
    pub email: Option<String>,
    /// Whether it is there; `None` when the other directory says something unknown.
    pub status: Option<Status>,
    /// For whom it is, in words.
    pub eligibility_description: Option<String>,
    /// From which age, in years.
    pub minimum_age: Option<u16>,
    /// To which age, in years.
    pub maximum_age: Option<u16>,
    /// How to get to it: the way a referral takes.
    pub application_process: Option<String>,
    /// How long one waits, in words.
    pub wait_time: Option<String>,
    /// What it costs, in words.
    pub fees: Option<String>,
    /// Who has found it good.
    pub accreditations: Option<String>,
    /// Whether there are interpreters, in words.
    pub interpretation_services: Option<String>,
    /// What is to be known just now.
    pub alert: Option<String>,
    /// The day somebody last checked what is said here.
    pub assured_date: Option<Date>,
    /// Where whoever checked it can be reached.
    pub assurer_email: Option<String>,
    /// When anything about it last changed.
    pub last_modified: Option<Timestamp>,
    /// Who offers it.
    pub organization: Option<Organization>,
    /// Telephone numbers.
    pub phones: Vec<Phone>,
    /// Languages it is offered in.
    pub languages: Vec<Language>,
    /// Where people have to live to use it.
    pub service_areas: Vec<Area>,
    /// Where it is offered.
    pub places: Vec<Place>,
    /// When it is open.
    pub schedules: Vec<Schedule>,
    /// Whom to ask for. These are names of people: what is published needs their leave.
    pub contacts: Vec<Contact>,
    /// What it costs, by option.
    pub cost_options: Vec<Cost>,
    /// What kind of service it is, as terms of a taxonomy.
    pub terms: Vec<Term>,
}

/// Whether a service is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is.
    Active,
    /// It is not offered at present.
    Inactive,
    /// It has come to an end.
    Defunct,
    /// It will open again.
    TemporarilyClosed,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Active, Self::Inactive, Self::Defunct, Self::TemporarilyClosed];

    /// The word of the standard.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Defunct => "defunct",
            Self::TemporarilyClosed => "temporarily closed",
        }
    }
}

/// Who offers services.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// Where to write to.
    pub email: Option<String>,
}

/// A telephone number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// As it is dialled.
    pub number: String,
    /// What it is for.
    pub description: Option<String>,
}

/// A language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// ISO 639 code.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// An area people live in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its name.
    pub name: Option<String>,
    /// A link that stands for it, such as one to its statistical code.
    pub uri: Option<String>,
}

/// Where a service is offered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// What kind of place.
    pub kind: PlaceKind,
    /// Its name.
    pub name: Option<String>,
    /// How to find it.
    pub description: Option<String>,
    /// Latitude and longitude in degrees (WGS 84); both or neither.
    pub at: Option<(f64, f64)>,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// How one gets in and about, in words.
    pub accessibility: Vec<String>,
}

/// What kind of place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// One can go there.
    #[default]
    Physical,
    /// One can write there.
    Postal,
    /// It is on a screen or on the telephone.
    Virtual,
}

impl PlaceKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Physical, Self::Postal, Self::Virtual];

    /// The word of the standard.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Physical => "physical",
            Self::Postal => "postal",
            Self::Virtual => "virtual",
        }
    }
}

/// An address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// House and street.
    pub address_1: String,
    /// Town.
    pub city: String,
    /// County.
    pub state_province: String,
    /// Postcode.
    pub postal_code: String,
    /// Country, as two letters: "GB".
    pub country: String,
}

/// When something is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Days of the week, as the standard writes them: "MO,WE".
    pub byday: Option<String>,
    /// From: "09:00".
    pub opens_at: Option<String>,
    /// To: "17:30".
    pub closes_at: Option<String>,
    /// In words.
    pub description: Option<String>,
}

/// Whom to ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// A name.
    pub name: Option<String>,
    /// A post: "Duty manager".
    pub title: Option<String>,
}

/// What something costs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// For whom or for what: "Under 18".
    pub option: Option<String>,
    /// In words, with the amount: "£2 a session".
    pub amount_description: Option<String>,
}

/// A term of a taxonomy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its id.
    pub id: String,
    /// Its name: "Counselling".
    pub name: String,
    /// Which taxonomy.
    pub taxonomy: Option<String>,
    /// A link that stands for it.
    pub term_uri: Option<String>,
}
