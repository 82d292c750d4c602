//! The running house: the store, the policies, the guidance in force, the keys and the clock.

use std::sync::{Arc, RwLock};

use jiff::{Timestamp, civil::Date};
use kinfold_access::Engine;
use kinfold_guidance::{Guidance, Layer};
use kinfold_pathway::Rules;
use kinfold_record::calendar::Calendar;
use kinfold_store::Store;
use uuid::Uuid;

use crate::actor::Snapshots;
use crate::child::Names;
use crate::clock::{Clock, Ids, day};
use crate::error::Result;
use crate::guidance_book::{active_layers, load};
use crate::imports::Desk;
use crate::owners::OwnersDue;
use crate::pen::Pen;
use crate::porter::Porter;
use crate::project::Directories;
use crate::secrets::{Cost, Keys, decoy_hash};
use crate::shelf::Shelf;

/// Settings of the authority, read once at the start.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// "Fernshire County Council".
    pub authority: String,
    /// Whether this is an invented council: pages say so, and the second step of signing in shows the code.
    pub demo: bool,
    /// Where people reach it, for links in e-mail: "https://kinfold.fernshire.example".
    pub address: String,
    /// The code of the authority in statistics (`E10000016`), if it was founded with one; else empty.
    pub authority_code: String,
}

/// The guidance in force, compiled. Replaced as a whole when a local layer is switched on.
#[derive(Debug)]
pub struct Book {
    /// Rules, code lists and calendar as read.
    pub guidance: Guidance,
    /// The rules as the pathway runs them.
    pub rules: Rules,
    /// Working days.
    pub calendar: Calendar,
}

pub(crate) struct House {
    pub store: Store,
    pub engine: Engine,
    pub book: RwLock<Arc<Book>>,
    /// Local layers that the program was started with.
    pub layers: Vec<Layer>,
    pub keys: Keys,
    pub clock: Arc<dyn Clock>,
    pub cost: Cost,
    pub ids: Ids,
    /// What the password of a missing account is compared with.
    pub decoy: String,
    pub settings: Settings,
    pub pen: Pen,
    pub porter: Porter,
    pub snapshots: Snapshots,
    pub names: Names,
    pub directories: Directories,
    pub shelf: Shelf,
    /// The matrix of rights, worked out when it is first asked for: the policies do not change while Kinfold runs.
    pub matrix: tokio::sync::OnceCell<Arc<Vec<kinfold_access::RoleRights>>>,
    pub owners: OwnersDue,
    pub desk: Desk,
    /// The directory of services, folded.
    pub listings: crate::directory::Shelf,
    /// Files of entries that wait to be brought in.
    pub listings_desk: crate::directory::Desk,
    /// The figures of the day.
    pub measured: crate::measures::Shelf,
    /// The statutory return that was made last.
    pub returned: crate::census_return::Shelf,
    /// What the rules of the return ask for beside the record, once it was handed over.
    pub lists: std::sync::OnceLock<Arc<crate::census_return::ReturnLists>>,
}

/// Every use case. Clones share one house.
#[derive(Clone)]
pub struct Casework {
    pub(crate) house: Arc<House>,
}

impl Casework {
    /// Opens the house over a store.
    ///
    /// # Errors
    /// When the policies have mistakes or the settings cannot be read.
    pub async fn open(
        store: Store,
        guidance: Guidance,
        keys: Keys,
        clock: Arc<dyn Clock>,
        cost: Cost,
    ) -> Result<Self> {
        Self::open_over(store, Some(guidance), Vec::new(), keys, clock, cost).await
    }

    /// Opens the house with the national guidance, these layers on top (a folder named on the command line), and the
    /// layers that an administrator has switched on.
    ///
    /// # Errors
    /// As [`Casework::open`]; [`crate::Error::Guidance`] when the layers do not fit or a rule was changed after it was used.
    pub async fn open_with_layers(
        store: Store,
        layers: Vec<Layer>,
        keys: Keys,
        clock: Arc<dyn Clock>,
        cost: Cost,
    ) -> Result<Self> {
        Self::open_over(store, None, layers, keys, clock, cost).await
    }

    async fn open_over(
        store: Store,
        guidance: Option<Guidance>,
        layers: Vec<Layer>,
        keys: Keys,
        clock: Arc<dyn Clock>,
        cost: Cost,
    ) -> Result<Self> {
        let engine = Engine::house().map_err(|e| crate::Error::Guidance(e.to_string()))?;
        let mut unit = store.glance().await?;
        let mut settings = Settings::default();
        for (key, value) in unit.settings().await? {
            match key.as_str() {
                "authority" => settings.authority = value,
                "demo" => settings.demo = value == "yes",
                "address" => settings.address = value,
                "authority_code" => settings.authority_code = value,
                _ => {}
            }
        }
        let stored = active_layers(&mut *unit).await?;
        drop(unit);
        let guidance = match guidance {
            Some(guidance) if stored.is_empty() => guidance,
            _ => load(
                &std::iter::once(Layer::national())
                    .chain(layers.iter().cloned())
                    .chain(stored)
                    .collect::<Vec<_>>(),
            )?,
        };
        let decoy = decoy_hash(cost)?;
        let (pen, porter) = (Pen::start(store.clone()), Porter::start(store.clone()));
        let book = RwLock::new(Arc::new(Book::new(guidance)));
        let (snapshots, names) = (Snapshots::default(), Names::default());
        let (owners, desk) = (OwnersDue::default(), Desk::default());
        let matrix = tokio::sync::OnceCell::new();
        let house = House {
            store,
            engine,
            book,
            layers,
            keys,
            clock,
            cost,
            ids: Ids::default(),
            decoy,
            settings,
            pen,
            porter,
            snapshots,
            names,
            directories: Directories::default(),
            shelf: Shelf::default(),
            matrix,
            owners,
            desk,
            listings: crate::directory::Shelf::default(),
            listings_desk: crate::directory::Desk::default(),
            measured: crate::measures::Shelf::default(),
            returned: crate::census_return::Shelf::default(),
            lists: std::sync::OnceLock::new(),
        };
        let opened = Self { house: Arc::new(house) };
        opened.pin_guidance().await?;
        opened.close_broken_imports().await?;
        Ok(opened)
    }

    /// Settings of the authority.
    pub fn settings(&self) -> &Settings {
        &self.house.settings
    }

    /// The guidance in force.
    pub fn book(&self) -> Arc<Book> {
        match self.house.book.read() {
            Ok(book) => Arc::clone(&book),
            Err(poisoned) => Arc::clone(&poisoned.into_inner()),
        }
    }

    /// Puts other guidance in force. Duties are recomputed by [`Casework::rebuild`](crate::Casework).
    pub(crate) fn set_book(&self, book: Book) {
        let mut held = match self.house.book.write() {
            Ok(held) => held,
            Err(poisoned) => poisoned.into_inner(),
        };
        *held = Arc::new(book);
    }

    /// The instant.
    pub fn now(&self) -> Timestamp {
        self.house.clock.now()
    }

    /// The civil day in England.
    pub fn today(&self) -> Date {
        day(self.now())
    }

    /// A new id: it sorts after every other that this house made.
    pub(crate) fn new_id(&self) -> Uuid {
        self.house.ids.next(self.now())
    }
}

impl Book {
    /// Compiles guidance.
    pub fn new(guidance: Guidance) -> Self {
        let rules = Rules::compile(&guidance);
        let calendar = guidance.calendar.clone();
        Self { guidance, rules, calendar }
    }
}
