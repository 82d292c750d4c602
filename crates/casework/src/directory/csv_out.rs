//! The directory as a table, and as Open Referral UK.

use kinfold_access::Action;
use kinfold_directory::{listed, page, service};
use serde_json::{Value, json};

use super::cells::{COLUMNS, write};
use super::listing::{Listed, ListingKind};
use super::oruk::given_out;
use crate::actor::Actor;
use crate::board::{Exported, ExportedCell};
use crate::error::Result;
use crate::house::Casework;

impl Casework {
    /// The directory as a table that can be changed and brought in again. It holds hidden addresses for those who keep the
    /// directory, and for nobody else.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] without the right; [`crate::Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_directory(&self, actor: &Actor, format: &str) -> Result<Exported> {
        actor.require(Action::ViewDirectory)?;
        actor.require_fresh()?;
        let table = self.directory_table(actor.may().has(Action::EditDirectory)).await?;
        let detail = json!({"format": format, "rows": table.rows.len()});
        self.house.pen.write(vec![actor.line("export_directory", None, true, &detail)]).await?;
        Ok(table)
    }

    /// The same for the operator at the command line.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn directory_table(&self, whole: bool) -> Result<Exported> {
        let mut unit = self.house.store.glance().await?;
        let all = self.listings(&mut *unit).await?;
        drop(unit);
        let rows =
            all.iter().filter(|l| l.ended.is_none()).map(|listed| self.table_row(listed, whole)).collect();
        Ok(Exported {
            name: format!("Directory {}", self.today()),
            columns: COLUMNS.iter().map(|(_, title)| (*title).to_owned()).collect(),
            rows,
        })
    }

    fn table_row(&self, listed: &Listed, whole: bool) -> Vec<ExportedCell> {
        let book = self.book();
        let mut shown = listed.listing.clone();
        if shown.hide_address && !whole {
            shown.service.places.clear();
        }
        let mut cells = write(&shown, &book.guidance.codes);
        let id = Some(listed.listing.service.id.clone()).filter(|id| !id.is_empty());
        cells.insert("id", id.unwrap_or_else(|| listed.id.to_string()));
        let cell = |(name, _): &(&'static str, &str)| match *name {
            "version" => ExportedCell::Number(listed.version),
            "checked_on" => ExportedCell::Day(listed.checked_on),
            name => match cells.get(name).filter(|text| !text.is_empty()) {
                Some(text) => ExportedCell::Text(text.clone()),
                None => ExportedCell::Empty,
            },
        };
        COLUMNS.iter().map(cell).collect()
    }

    /// A page of the directory as Open Referral UK: services that anybody may see, without their parts, or each in full.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn open_referral(&self, number: u32, per_page: u32, whole: bool) -> Result<Value> {
        let book = self.book();
        let all = self.public_listings().await?;
        let write = if whole { service } else { listed };
        let services = all.iter().filter(|l| l.listing.kind == ListingKind::Service);
        let services: Vec<Value> = services.map(|l| write(&given_out(l, &book.guidance.codes))).collect();
        Ok(page(&services, number, per_page))
    }

    /// One service as Open Referral UK.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] when anybody may see no such service.
    pub async fn open_referral_service(&self, id: &str) -> Result<Value> {
        let book = self.book();
        let all = self.public_listings().await?;
        let given = |l: &super::public::PublicListing| given_out(l, &book.guidance.codes);
        let services = all.iter().filter(|l| l.listing.kind == ListingKind::Service).map(given);
        let found = services.into_iter().find(|service| service.id == id);
        found.map(|found| service(&found)).ok_or(crate::Error::Absent)
    }
}
