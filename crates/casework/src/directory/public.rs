//! The directory as anybody may read it, without an account: searched by need, place and age. No name of a person, no address
//! that is hidden, nothing about who looks.

use kinfold_directory::{Service, Status};
use smol_str::SmolStr;
use uuid::Uuid;

use super::listing::{Listed, Listing, ListingKind, Notify};
use crate::error::{Error, Result};
use crate::house::Casework;

/// The longest text that is searched for, in characters.
const LONGEST: usize = 100;

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// Words that stand in the entry.
    pub words: String,
    /// A code of `service_need`; empty for any.
    pub need: String,
    /// A town, an area or the first half of a postcode; empty for anywhere.
    pub place: String,
    /// Somebody's age in years.
    pub age: Option<u16>,
    /// Only what is shown to young people.
    pub young: bool,
}

/// An entry as anybody may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicListing {
    /// Which.
    pub id: Uuid,
    /// What it says.
    pub listing: Listing,
    /// The day somebody last looked whether it is right.
    pub checked_on: jiff::civil::Date,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Entries, by name.
    pub listings: Vec<PublicListing>,
    /// Towns and areas that entries are in, to choose from.
    pub places: Vec<String>,
    /// Needs that entries answer, with their words, to choose from.
    pub needs: Vec<(SmolStr, String)>,
}

/// The first half of a postcode: "FN1" of "FN1 2AB".
pub(super) fn district(postcode: &str) -> Option<String> {
    let bare: String =
        postcode.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_uppercase();
    let (out, inward) = bare.split_at_checked(bare.len().checked_sub(3)?)?;
    let inward_fits = inward.starts_with(|c: char| c.is_ascii_digit());
    ((2..=4).contains(&out.len()) && inward_fits).then(|| out.to_owned())
}

fn lower(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect::<String>().to_lowercase()
}

fn areas(service: &Service) -> impl Iterator<Item = &str> {
    let areas = service.service_areas.iter().filter_map(|area| area.name.as_deref());
    let towns = service.places.iter().flat_map(|place| &place.addresses).map(|a| a.city.as_str());
    areas.chain(towns).filter(|name| !name.trim().is_empty())
}

impl Sought {
    fn fits(&self, listing: &Listing, needs: &dyn Fn(&str) -> Vec<String>) -> bool {
        let service = &listing.service;
        if self.young && !(listing.for_young && listing.kind == ListingKind::Service) {
            return false;
        }
        if !self.need.is_empty() && !listing.needs.iter().any(|need| *need == self.need) {
            return false;
        }
        if let Some(age) = self.age {
            let old_enough = service.minimum_age.is_none_or(|from| from <= age);
            let young_enough = service.maximum_age.is_none_or(|to| age <= to);
            if !old_enough || !young_enough {
                return false;
            }
        }
        self.is_near(service) && self.says(listing, needs)
    }

    fn is_near(&self, service: &Service) -> bool {
        let place = lower(&self.place);
        if place.is_empty() {
            return true;
        }
        let postcodes = || service.places.iter().flat_map(|p| &p.addresses).map(|a| a.postal_code.as_str());
        let sought = district(&place).or_else(|| district(&format!("{place}1AA")));
        let near = sought.is_some_and(|sought| postcodes().filter_map(district).any(|d| d == sought));
        near || areas(service).any(|area| lower(area).contains(&place))
            // What is offered on a screen or over the telephone is near everybody, unless it says where one has to live.
            || (service.service_areas.is_empty() && service.places.is_empty())
    }

    fn says(&self, listing: &Listing, needs: &dyn Fn(&str) -> Vec<String>) -> bool {
        let words = lower(&self.words);
        if words.is_empty() {
            return true;
        }
        let service = &listing.service;
        let mut text = vec![service.name.clone()];
        let more = [
            &service.alternate_name,
            &service.description,
            &listing.plain,
            &service.eligibility_description,
            &service.organization.as_ref().map(|o| o.name.clone()),
        ];
        text.extend(more.into_iter().flatten().cloned());
        text.extend(listing.needs.iter().flat_map(|need| needs(need)));
        text.extend(areas(service).map(str::to_owned));
        text.extend(service.languages.iter().filter_map(|l| l.name.clone()));
        text.extend(listing.notify.iter().flat_map(|n| [n.about.clone(), n.role.clone(), n.area.clone()]));
        let text = text.join(" ").to_lowercase();
        words.split_whitespace().all(|word| text.contains(word))
    }
}

/// Whether it is there to be turned to.
fn is_shown(listed: &Listed) -> bool {
    listed.ended.is_none() && !matches!(listed.listing.service.status, Some(Status::Defunct))
}

fn seen(listed: &Listed) -> Option<PublicListing> {
    let listing = listed.listing.public().filter(|_| is_shown(listed))?;
    Some(PublicListing { id: listed.id, listing, checked_on: listed.checked_on })
}

impl Casework {
    /// Looks through what anybody may see. Who asks is not known and nothing about it is kept.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn find_services(&self, sought: &Sought) -> Result<Found> {
        let all = self.public_listings().await?;
        let book = self.book();
        let title = |list: &str, code: &str| book.guidance.codes.title(list, code).to_owned();
        let needs = |code: &str| vec![title("service_need", code), title("service_need_plain", code)];
        let of = |young: bool| all.iter().filter(move |l| !young || l.listing.for_young);
        let mut places: Vec<String> =
            of(sought.young).flat_map(|l| areas(&l.listing.service)).map(|a| a.trim().to_owned()).collect();
        places.sort();
        places.dedup();
        let list = if sought.young { "service_need_plain" } else { "service_need" };
        let used = |code: &str| of(sought.young).any(|l| l.listing.needs.iter().any(|need| need == code));
        let codes = book.guidance.codes.list(list).into_iter().flat_map(|l| l.on(self.today()));
        let offered = codes.filter(|c| used(&c.code)).map(|c| (c.code.clone(), c.title.clone())).collect();
        let listings = all.into_iter().filter(|l| sought.fits(&l.listing, &needs)).collect();
        Ok(Found { listings, places, needs: offered })
    }

    /// Everything that anybody may see, by name.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn public_listings(&self) -> Result<Vec<PublicListing>> {
        let mut unit = self.house.store.glance().await?;
        Ok(self.listings(&mut *unit).await?.iter().filter_map(seen).collect())
    }

    /// One entry as anybody may see it.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is none, or it is for those who work here alone.
    pub async fn public_listing(&self, id: Uuid) -> Result<PublicListing> {
        let mut unit = self.house.store.glance().await?;
        let all = self.listings(&mut *unit).await?;
        all.iter().find(|l| l.id == id).and_then(seen).ok_or(Error::Absent)
    }

    /// Whom to tell: every such line of what anybody may see, with the entry it stands in. Filtered by words of the area and
    /// of the post or the occasion.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn whom_to_tell(&self, area: &str, role: &str) -> Result<Vec<(PublicListing, Notify)>> {
        let (area, role) = (lower(area), lower(role));
        let mut out = Vec::new();
        for listed in self.public_listings().await? {
            for line in listed.listing.notify.clone() {
                let here =
                    area.is_empty() || line.area.is_empty() || line.area.to_lowercase().contains(&area);
                let said = format!("{} {}", line.role, line.about).to_lowercase();
                if here && role.split_whitespace().all(|word| said.contains(word)) {
                    out.push((listed.clone(), line));
                }
            }
        }
        out.sort_by(|(_, a), (_, b)| (&a.area, &a.about, &a.role).cmp(&(&b.area, &b.about, &b.role)));
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::district;

    #[test]
    fn the_first_half_of_a_postcode() {
        assert_eq!(district("fn1 2ab").as_deref(), Some("FN1"));
        assert_eq!(district("EC1A1BB").as_deref(), Some("EC1A"));
        assert_eq!(district("FN1"), None);
        assert_eq!(district(""), None);
        assert_eq!(district("é1é"), None);
    }
}
