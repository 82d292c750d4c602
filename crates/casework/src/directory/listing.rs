//! An entry of the directory, what was ever written down about it, and what of it anybody may see.

use jiff::civil::Date;
use kinfold_directory::Service;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use uuid::Uuid;

use crate::authority::{Stamp, Written};
use crate::clock::day;

/// Months after which an entry is to be checked again.
pub const CHECK_MONTHS: i32 = 6;

/// What kind of entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListingKind {
    /// A service that somebody may turn to.
    #[default]
    Service,
    /// An agency: who it is, and whom to tell there.
    Agency,
}

/// Whom to tell, of what, where. Posts and not people: people change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notify {
    /// Of what: "A child in care moves here".
    pub about: String,
    /// For which area; empty for everywhere.
    pub area: String,
    /// The post or team: "Looked-after children's nurses".
    pub role: String,
    /// Telephone.
    pub phone: String,
    /// E-mail of the team.
    pub email: String,
}

/// What an entry says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Listing {
    /// What kind it is.
    pub kind: ListingKind,
    /// What is said of it, as directories exchange it. Of an agency only its own name, words and ways to reach it.
    pub service: Service,
    /// What it is in plainer words, for young people.
    pub plain: Option<String>,
    /// The needs it answers: codes of `service_need`.
    pub needs: Vec<SmolStr>,
    /// Whether young people and care leavers are shown it.
    pub for_young: bool,
    /// Whether its addresses are kept from everybody outside.
    pub hide_address: bool,
    /// Whether it is for those who work here alone.
    pub inside_only: bool,
    /// Whom to tell there.
    pub notify: Vec<Notify>,
}

/// Words by which a place is known that must not be found.
const CONFIDENTIAL: [&str; 7] = [
    "refuge",
    "children's home",
    "children’s home",
    "childrens home",
    "safe house",
    "secure home",
    "residential home for children",
];

impl Listing {
    /// Whether it sounds like a place that must not be found.
    pub fn sounds_confidential(&self) -> bool {
        let service = &self.service;
        let texts = [Some(&service.name), service.alternate_name.as_ref(), service.description.as_ref()];
        let text = texts.into_iter().flatten().map(|t| t.to_lowercase()).collect::<Vec<_>>().join(" ");
        CONFIDENTIAL.iter().any(|word| text.contains(word))
    }

    /// What anybody may see of it; `None` for what is only for those who work here. Names of people are left out whatever
    /// the entry says, and so is who checked it. Where the address is hidden, nothing is left that a place could be found by:
    /// no place, no postcode, no opening hours of a building.
    pub fn public(&self) -> Option<Self> {
        if self.inside_only {
            return None;
        }
        let mut out = self.clone();
        out.service.assurer_email = None;
        for contact in &mut out.service.contacts {
            contact.name = None;
        }
        out.service.contacts.retain(|contact| contact.title.is_some());
        if self.hide_address {
            out.service.places.clear();
        }
        Some(out)
    }

    /// A text of the entry in which an address stands that is to be hidden, by the name of its field.
    pub fn tells_address(&self) -> Option<&'static str> {
        if !self.hide_address {
            return None;
        }
        let squeezed = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
        };
        let marks: Vec<String> = self
            .service
            .places
            .iter()
            .flat_map(|place| &place.addresses)
            .flat_map(|address| [squeezed(&address.postal_code), squeezed(&address.address_1)])
            .filter(|mark| mark.len() >= 5)
            .collect();
        let service = &self.service;
        let texts = [
            ("name", Some(&service.name)),
            ("description", service.description.as_ref()),
            ("plain", self.plain.as_ref()),
            ("for_whom", service.eligibility_description.as_ref()),
            ("refer", service.application_process.as_ref()),
            ("alert", service.alert.as_ref()),
        ];
        let tells = |text: &String| {
            let text = squeezed(text);
            marks.iter().any(|mark| text.contains(mark.as_str()))
        };
        texts.into_iter().find(|(_, text)| text.is_some_and(tells)).map(|(field, _)| field)
    }
}

/// Something written down about an entry. Read for ever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ListingEvent {
    /// What it says from now on.
    ListingWritten {
        /// All of it.
        listing: Box<Listing>,
        /// The import it came with; `None` from a person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        run: Option<Uuid>,
        /// The import that was taken back with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undoes: Option<Uuid>,
    },
    /// Somebody looked whether it is right.
    ListingChecked {
        /// On which day.
        on: Date,
    },
    /// Who answers for it.
    ListingOwned {
        /// A colleague; `None`: nobody.
        person: Option<Uuid>,
    },
    /// It is no longer shown.
    ListingEnded {
        /// Why.
        why: String,
        /// The import that was taken back with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undoes: Option<Uuid>,
    },
    /// Somebody was told that it is to be checked.
    ListingReminded {
        /// On which day.
        on: Date,
        /// Who.
        told: Vec<Uuid>,
    },
}

impl crate::authority::Body for ListingEvent {
    const ROOM: &'static str = "listing";
}

/// An entry as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Which.
    pub id: Uuid,
    /// Its last entry that changed what it says, who answers for it or when it was checked.
    pub version: i64,
    /// The last of all its entries: the next one follows on it.
    pub last: i64,
    /// What it says.
    pub listing: Listing,
    /// Why it is no longer shown.
    pub ended: Option<String>,
    /// Whether what stands is what taking an import back left.
    pub undone: bool,
    /// Who answers for it.
    pub owner: Option<Uuid>,
    /// The day somebody last looked whether it is right.
    pub checked_on: Date,
    /// The day its owner was last told that it is to be checked.
    pub reminded_on: Option<Date>,
    /// Who wrote what it says, and when.
    pub written: Stamp,
    /// What the last import wrote, and which that was.
    pub imported: Option<(Uuid, Box<Listing>)>,
    /// What it said before the last import changed it; `None` inside when it was not there or not shown.
    pub before_import: Option<(Uuid, Option<Box<Listing>>)>,
}

impl Listed {
    /// Folds the entries; `None` when nothing was ever written.
    pub fn of(id: Uuid, entries: &[Written<ListingEvent>]) -> Option<Self> {
        let mut now: Option<Self> = None;
        for entry in entries {
            let stamp = entry.stamp();
            match (&entry.event, &mut now) {
                (ListingEvent::ListingWritten { listing, run, undoes }, held) => {
                    let said = run.and(listing.service.assured_date).filter(|on| *on <= day(stamp.at));
                    let checked_on = said.unwrap_or_else(|| day(stamp.at));
                    let before = held
                        .as_ref()
                        .filter(|now| now.ended.is_none())
                        .map(|now| Box::new(now.listing.clone()));
                    let first = Self {
                        id,
                        version: stamp.version,
                        last: stamp.version,
                        listing: Listing::default(),
                        ended: None,
                        undone: false,
                        owner: None,
                        checked_on,
                        reminded_on: None,
                        written: stamp,
                        imported: None,
                        before_import: None,
                    };
                    let now = held.get_or_insert(first);
                    now.listing = (**listing).clone();
                    (now.ended, now.written, now.undone) = (None, stamp, undoes.is_some());
                    match (run, undoes) {
                        (Some(run), _) => {
                            now.imported = Some((*run, listing.clone()));
                            now.before_import = Some((*run, before));
                        }
                        // What was taken back is as if it had never come.
                        (None, Some(_)) => (now.imported, now.before_import) = (None, None),
                        // What somebody wrote since is not taken back with an import.
                        (None, None) => now.before_import = None,
                    }
                    if undoes.is_none() {
                        now.checked_on = checked_on;
                    }
                }
                (_, None) => return None,
                (ListingEvent::ListingChecked { on }, Some(now)) => now.checked_on = *on,
                (ListingEvent::ListingOwned { person }, Some(now)) => now.owner = *person,
                (ListingEvent::ListingEnded { why, undoes }, Some(now)) => {
                    (now.ended, now.undone) = (Some(why.clone()), undoes.is_some());
                    if undoes.is_some() {
                        (now.imported, now.before_import) = (None, None);
                    }
                }
                (ListingEvent::ListingReminded { on, .. }, Some(now)) => now.reminded_on = Some(*on),
            }
            if let Some(now) = &mut now {
                now.last = stamp.version;
                if !matches!(entry.event, ListingEvent::ListingReminded { .. }) {
                    now.version = stamp.version;
                }
            }
        }
        now
    }

    /// The day by which it is to be checked again.
    pub fn check_by(&self) -> Date {
        self.checked_on.saturating_add(jiff::Span::new().months(CHECK_MONTHS))
    }

    /// Whether it is to be checked.
    pub fn is_stale(&self, on: Date) -> bool {
        self.ended.is_none() && self.check_by() < on
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kinfold_directory::{Address, Contact, Place};

    fn refuge() -> Listing {
        let address = Address {
            address_1: "12 Kiln Lane".to_owned(),
            postal_code: "FN1 1AA".to_owned(),
            ..Address::default()
        };
        let place = Place { addresses: vec![address], at: Some((51.5, -0.1)), ..Place::default() };
        let contact = Contact { name: Some("Ottoline".to_owned()), title: None };
        let service = Service {
            name: "A refuge".to_owned(),
            places: vec![place],
            contacts: vec![contact],
            assurer_email: Some("ottoline@fernshire.example".to_owned()),
            ..Service::default()
        };
        Listing { service, hide_address: true, ..Listing::default() }
    }

    #[test]
    fn a_hidden_address_leaves_no_place_and_nobody_is_named() {
        let seen = serde_json::to_string(&refuge().public().unwrap()).unwrap();
        for word in ["Kiln", "FN1", "51.5", "Ottoline", "ottoline"] {
            assert!(!seen.contains(word), "{word}: {seen}");
        }
        assert_eq!(Listing { inside_only: true, ..refuge() }.public(), None);
    }

    #[test]
    fn an_address_that_is_hidden_may_stand_in_no_other_text() {
        let mut listing = refuge();
        assert_eq!(listing.tells_address(), None);
        listing.service.description = Some("Ring the bell at 12, Kiln Lane.".to_owned());
        assert_eq!(listing.tells_address(), Some("description"));
        listing.service.description = Some("In fn11aa, by the bridge".to_owned());
        assert_eq!(listing.tells_address(), Some("description"));
        listing.hide_address = false;
        assert_eq!(listing.tells_address(), None);
    }

    #[test]
    fn a_refuge_and_a_childrens_home_are_known_by_their_words() {
        assert!(refuge().sounds_confidential());
        let mut other = Listing::default();
        other.service.name = "Homework club".to_owned();
        assert!(!other.sounds_confidential());
        other.service.description = Some("Runs three Children’s homes".to_owned());
        assert!(other.sounds_confidential());
    }
}
