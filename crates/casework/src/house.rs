//! The running house: the store, the policies, the guidance in force, the keys and the clock.

use std::sync::{Arc, RwLock};

use jiff::{Timestamp, civil::Date};
use kinfold_access::Engine;
use kinfold_guidance::Guidance;
use kinfold_pathway::Rules;
use kinfold_record::calendar::Calendar;
use kinfold_store::Store;
use uuid::Uuid;

use crate::actor::Snapshots;
use crate::child::Names;
use crate::clock::{Clock, day, new_id};
use crate::error::Result;
use crate::pen::Pen;
use crate::secrets::{Cost, Keys};

/// Settings of the authority, read once at the start.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// "Fernshire County Council".
    pub authority: String,
    /// Whether this is an invented council: pages say so, and the second step of signing in shows the code.
    pub demo: bool,
    /// Where people reach it, for links in e-mail: "https://kinfold.fernshire.example".
    pub address: String,
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
    pub keys: Keys,
    pub clock: Arc<dyn Clock>,
    pub cost: Cost,
    pub settings: Settings,
    pub pen: Pen,
    pub snapshots: Snapshots,
    pub names: Names,
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
    pub async fn open(store: Store, guidance: Guidance, keys: Keys, clock: Arc<dyn Clock>, cost: Cost) -> Result<Self> {
        let engine = Engine::house().map_err(|e| crate::Error::Guidance(e.to_string()))?;
        let mut unit = store.glance().await?;
        let mut settings = Settings::default();
        for (key, value) in unit.settings().await? {
            match key.as_str() {
                "authority" => settings.authority = value,
                "demo" => settings.demo = value == "yes",
                "address" => settings.address = value,
                _ => {}
            }
        }
        drop(unit);
        let pen = Pen::start(store.clone());
        let book = RwLock::new(Arc::new(Book::new(guidance)));
        let (snapshots, names) = (Snapshots::default(), Names::default());
        Ok(Self { house: Arc::new(House { store, engine, book, keys, clock, cost, settings, pen, snapshots, names }) })
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

    /// A new id.
    pub(crate) fn new_id(&self) -> Uuid {
        new_id(self.now())
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
