//! All entries, folded once and kept until another is added: public pages are asked by anybody, as often as they like.

use std::sync::{Arc, RwLock};

use kinfold_store::Unit;
use uuid::Uuid;

use super::listing::{Listed, ListingEvent};
use crate::authority::{Body as _, room};
use crate::error::Result;
use crate::house::Casework;

/// Every entry, by name, and how many were written by then.
#[derive(Debug, Default)]
pub(crate) struct Shelf(RwLock<Option<(i64, Arc<Vec<Listed>>)>>);

impl Casework {
    /// Every entry as it stands, those no longer shown too, by name.
    pub(super) async fn listings(&self, unit: &mut dyn Unit) -> Result<Arc<Vec<Listed>>> {
        let size = unit.authority_size(ListingEvent::ROOM).await?;
        let shelf = &self.house.listings.0;
        if let Ok(held) = shelf.read()
            && let Some((_, all)) = held.as_ref().filter(|(then, _)| *then == size)
        {
            return Ok(Arc::clone(all));
        }
        let found = room::<ListingEvent>(unit).await?;
        // Counted over what was read: another entry may have come between the two.
        let read: usize = found.iter().map(|(_, entries)| entries.len()).sum();
        let mut all: Vec<Listed> =
            found.iter().filter_map(|(id, entries)| Listed::of(*id, entries)).collect();
        all.sort_by_cached_key(|l| (l.listing.service.name.to_lowercase(), l.id));
        let all = Arc::new(all);
        if let Ok(mut held) = shelf.write() {
            *held = Some((i64::try_from(read).unwrap_or(-1), Arc::clone(&all)));
        }
        Ok(all)
    }

    /// One of them.
    pub(super) async fn listed(&self, unit: &mut dyn Unit, id: Uuid) -> Result<Option<Listed>> {
        let entries = crate::authority::entries::<ListingEvent>(unit, id).await?;
        Ok(Listed::of(id, &entries))
    }
}
