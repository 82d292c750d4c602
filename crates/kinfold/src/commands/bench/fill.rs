//! A council for measuring: founded, filled, and some of its people signed in.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use kinfold_casework::founding::{NewAgency, found};
use kinfold_casework::{Casework, Cost, Keys, NewChronology, SystemClock};
use kinfold_fictional::Bulk;
use kinfold_store::Store;
use rayon::prelude::*;

use super::figures::Import;
use crate::council::open;
use crate::invented::{self, PASSWORD};
use crate::key_file;

/// How many chronologies go into one transaction.
const BATCH: usize = 1000;

/// Somebody signed in.
#[derive(Debug, Clone)]
pub(super) struct Worker {
    /// The value of the session cookie.
    pub session: String,
}

/// Founds the council. Only `workers` can sign in: hashing a password for everybody would be most of the time. The keys
/// of a database that is kept are kept beside it, where a later run finds them.
pub(super) async fn founded(
    store: &Store,
    bulk: &Bulk,
    today: Date,
    workers: &[String],
    keep: Option<&str>,
) -> Result<Casework> {
    let mut agencies: Vec<_> = bulk.teams().iter().map(|team| team.agency).collect();
    agencies.sort_unstable();
    agencies.dedup();
    let mut new = invented::founding("http://127.0.0.1", today, &[], bulk.teams(), bulk.people());
    new.agencies = agencies
        .into_iter()
        .enumerate()
        .map(|(number, id)| NewAgency { id, name: format!("Agency {number}"), kind: "authority".to_owned() })
        .collect();
    for person in new.people.iter_mut().filter(|person| !workers.contains(&person.email)) {
        person.password = None;
        person.enrolled = false;
    }
    let keys = match keep.filter(|address| key_file::sqlite_path(address).is_some()) {
        Some(address) => key_file::make(&key_file::path(address, None)?)?,
        None => Keys::generate(),
    };
    found(store, &keys, &SystemClock, Cost::Invented, new).await?;
    Ok(open(store.clone(), keys, Vec::new(), Cost::Invented).await?.casework)
}

/// The council of an earlier run.
pub(super) async fn found_before(store: &Store, address: &str) -> Result<Casework> {
    let keys = key_file::read(&key_file::path(address, None)?)?;
    Ok(open(store.clone(), keys, Vec::new(), Cost::Invented).await?.casework)
}

/// The e-mail addresses of this many social workers of today.
pub(super) fn workers(bulk: &Bulk, today: Date, count: usize) -> Vec<String> {
    let holds = |person: &&kinfold_fictional::Person| {
        person
            .roles
            .iter()
            .any(|r| r.role == "social_worker" && r.from <= today && r.to.is_none_or(|to| today < to))
    };
    let found: Vec<_> = bulk.people().iter().filter(holds).map(|person| person.email.clone()).collect();
    // Spread over the whole council, so that they do not all work with the same few children.
    let step = (found.len() / count.max(1)).max(1);
    found.into_iter().step_by(step).take(count).collect()
}

/// Brings every child in; the time is that of casework alone, not of inventing.
pub(super) async fn filled(casework: &Casework, bulk: &Bulk, progress: impl Fn(usize)) -> Result<Import> {
    let mut spent = Duration::ZERO;
    let mut entries = 0;
    let mut from = 0;
    while from < bulk.len() {
        let to = (from + BATCH).min(bulk.len());
        let batch: Vec<NewChronology> = tokio::task::block_in_place(|| {
            (from..to).into_par_iter().map(|number| invented::chronology(bulk.child(number))).collect()
        });
        entries += batch.iter().map(|child| child.entries.len()).sum::<usize>();
        let start = Instant::now();
        casework.add_chronologies(batch).await?;
        spent += start.elapsed();
        from = to;
        progress(from);
    }
    let seconds = spent.as_secs_f64();
    Ok(Import {
        entries,
        seconds,
        children_per_second: bulk.len() as f64 / seconds,
        entries_per_second: entries as f64 / seconds,
    })
}

/// Signs people in by both steps, as their browsers would.
pub(super) async fn signed_in(casework: &Casework, emails: &[String]) -> Result<Vec<Worker>> {
    let mut out = Vec::with_capacity(emails.len());
    for email in emails {
        let half = casework.sign_in(email, PASSWORD).await?;
        let code =
            casework.second_step(&half).await?.demo_code.context("the invented council shows its codes")?;
        out.push(Worker { session: casework.pass_second_step(&half, &code).await? });
    }
    if out.is_empty() {
        bail!("this council is too small to measure: nobody works in it");
    }
    Ok(out)
}
