//! Who answers for the entries of an invented directory.

use uuid::Uuid;

use super::listing::ListingEvent;
use crate::authority::lock;
use crate::error::{Error, Result};
use crate::house::Casework;

/// Of so many entries one is left without an owner, as in every directory.
const NOBODYS: usize = 7;

impl Casework {
    /// Gives the entries of an invented directory to people in turn.
    ///
    /// # Errors
    /// [`Error::Forbidden`] in a council that is not invented; otherwise when the store does not answer.
    pub async fn invent_keepers(&self, people: &[Uuid]) -> Result<()> {
        if !self.settings().demo {
            return Err(Error::Forbidden("This council is not an invented one.".to_owned()));
        }
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let all = self.listings(&mut *unit).await?;
        let turns = people.iter().cycle();
        for ((at, listed), person) in all.iter().enumerate().zip(turns) {
            if at % NOBODYS != NOBODYS - 1 {
                let owned = ListingEvent::ListingOwned { person: Some(*person) };
                self.add_entries(&mut *unit, listed.id, listed.version, None, &[(None, owned)]).await?;
            }
        }
        unit.commit().await?;
        Ok(())
    }
}
