//! An acknowledged write survives `kill -9`. The real server is killed at random moments while several people record
//! over HTTP; after each restart every entry that was acknowledged is there once, nothing is half written, and the
//! log still begins with everything that was signed.
//!
//! `KINFOLD_KILLS` and `KINFOLD_SEED` change how often and when.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use kinfold_access::log::{Leaf, Root, Tree};
use kinfold_store::{AuditFilter, Open, Page, Store};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use support::{Server, account, ask, children_on, run, said, sign_in};
use uuid::Uuid;

/// How often the server is killed, for each database.
const KILLS: usize = 100;
/// People who record at the same time.
const WRITERS: usize = 4;

/// Somebody who records notes in one child's chronology, one after another.
struct Writer {
    number: usize,
    child: Uuid,
    /// The record's version before the next note.
    version: i64,
    /// Notes acknowledged so far; the next has this number.
    acknowledged: usize,
    /// Whether the next note was sent before without an answer.
    unanswered: bool,
    cookie: String,
    csrf: String,
    today: [String; 3],
}

impl Writer {
    fn note(&self, number: usize) -> String {
        format!("writer {} note {number}.", self.number)
    }

    /// Sends the next note with the key that is its own, so that sending it again records it no second time. False when
    /// the server died.
    fn send(&mut self, at: SocketAddr) -> bool {
        let (key, version) =
            (format!("crash-{}-{}", self.number, self.acknowledged), self.version.to_string());
        let text = self.note(self.acknowledged);
        let [year, month, day] = &self.today;
        let form = [
            ("csrf", self.csrf.as_str()),
            ("key", &key),
            ("seen-version", &version),
            ("draft-version", "0"),
            ("happened-day", day),
            ("happened-month", month),
            ("happened-year", year),
            ("text", &text),
        ];
        let path = format!("/children/{}/record/note", self.child);
        let again = self.unanswered;
        self.unanswered = true;
        let Ok(mut answer) = ask(at, "POST", &path, &self.cookie, &form) else { return false };
        if answer.status == 409 && again {
            // The database was still committing what the dead server had sent: now it has, and the key says so.
            match ask(at, "POST", &path, &self.cookie, &form) {
                Ok(found) => answer = found,
                Err(_) => return false,
            }
        }
        assert_eq!(answer.status, 303, "writer {} note {}: {}", self.number, self.acknowledged, answer.body);
        self.unanswered = false;
        self.acknowledged += 1;
        self.version += 1;
        true
    }
}

/// One life of the server, seen by those who write meanwhile.
#[derive(Default)]
struct Life {
    over: AtomicBool,
    acknowledged: AtomicUsize,
}

/// Everything that is recorded until the server dies.
fn record(at: SocketAddr, writers: Vec<Writer>, life: &Arc<Life>) -> Vec<thread::JoinHandle<Writer>> {
    writers
        .into_iter()
        .map(|mut writer| {
            let life = Arc::clone(life);
            thread::spawn(move || {
                while !life.over.load(Ordering::SeqCst) && writer.send(at) {
                    life.acknowledged.fetch_add(1, Ordering::SeqCst);
                }
                writer
            })
        })
        .collect()
}

/// What must hold after every restart.
struct Witness {
    /// Entries of each writer's child before the test.
    before: HashMap<Uuid, usize>,
    /// Every checkpoint seen so far.
    signed: HashMap<i64, [u8; 32]>,
}

impl Witness {
    async fn look(&mut self, store: &Store, writers: &[Writer]) {
        let mut unit = store.read().await.expect("a snapshot");
        let filter =
            AuditFilter { action: Some("record".to_owned()), allowed: Some(true), ..AuditFilter::default() };
        let mut logged: HashMap<Uuid, usize> = HashMap::new();
        for row in unit.audit(&filter, Page::first(1_000_000)).await.expect("the log").rows {
            *logged.entry(row.line.child.expect("a child")).or_default() += 1;
        }
        for writer in writers {
            let row = unit.child_row(writer.child).await.expect("an answer").expect("the child").child;
            let entries = unit.entries(writer.child).await.expect("the entries");
            let count = |note: usize| {
                let text = format!("\"{}\"", writer.note(note));
                entries.iter().filter(|entry| entry.body.contains(&text)).count()
            };
            for note in 0..writer.acknowledged {
                assert_eq!(count(note), 1, "writer {} note {note} was acknowledged", writer.number);
            }
            let last = count(writer.acknowledged);
            assert!(last <= usize::from(writer.unanswered), "a note nobody sent, or the same one twice");
            let added = entries.len() - self.before[&writer.child];
            assert_eq!(added, writer.acknowledged + last, "entries that nobody wrote");
            assert_eq!(row.projection.entries as usize, entries.len(), "an entry without its projection");
            assert_eq!(row.version, writer.version + last as i64, "an entry without its version");
            assert_eq!(
                logged.get(&writer.child).copied().unwrap_or(0),
                added,
                "an entry without its line in the log"
            );
        }
        for row in unit.checkpoints().await.expect("the checkpoints") {
            let known = *self.signed.entry(row.size).or_insert(row.root);
            assert_eq!(known, row.root, "a checkpoint was changed");
        }
        let size = unit.audit_size().await.expect("a size");
        let leaves = unit.audit_leaves(0, size + 10).await.expect("the leaves");
        assert_eq!(leaves.len() as i64, size, "the log has gaps");
        let tree: Tree = leaves.into_iter().map(Leaf).collect();
        for (size, root) in &self.signed {
            assert_eq!(
                tree.root_at(*size as u64),
                Some(Root(*root)),
                "the log no longer begins as it was signed"
            );
        }
    }
}

async fn survive(folder: &Path, db: &str, seed: u64) {
    let kills = std::env::var("KINFOLD_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let seed = std::env::var("KINFOLD_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(seed);
    println!("{kills} kills, seed {seed}");
    let mut dice = StdRng::seed_from_u64(seed);
    let key = folder.join("crash.key").display().to_string();
    let accounts = folder.join("accounts.json");
    let shown = accounts.display().to_string();
    let mut server = Server::start(
        folder,
        &["demo", "--db", db, "--key", &key, "--children", "20", "--seed", "3", "--accounts-json", &shown],
    );
    let mut writers = writers(server.at, &accounts);
    let store = Store::open(db, Open::default()).await.expect("the database");
    let mut witness = Witness { before: HashMap::new(), signed: HashMap::new() };
    for writer in &mut writers {
        let mut unit = store.read().await.expect("a snapshot");
        witness.before.insert(writer.child, unit.entries(writer.child).await.expect("the entries").len());
    }
    witness.look(&store, &writers).await;
    store.close().await;
    for kill in 1..=kills {
        let life = Arc::new(Life::default());
        let recording = record(server.at, writers, &life);
        // After so many acknowledged notes and then somewhere within the next: as often on a slow machine as on a fast
        // one, and also before the first.
        let notes = dice.random_range(0..8);
        while life.acknowledged.load(Ordering::SeqCst) < notes && recording.iter().any(|w| !w.is_finished()) {
            thread::sleep(Duration::from_micros(200));
        }
        thread::sleep(Duration::from_micros(dice.random_range(0..40_000)));
        server.kill();
        life.over.store(true, Ordering::SeqCst);
        writers = recording.into_iter().map(|w| w.join().expect("a writer saw something wrong")).collect();
        server = Server::start(folder, &["serve", "--db", db, "--key", &key]);
        let store = Store::open(db, Open::default()).await.expect("the database");
        witness.look(&store, &writers).await;
        store.close().await;
        if kill % 25 == 0 || kill == kills {
            let verified = run(folder, &["verify", "--db", db, "--key", &key]);
            assert!(verified.status.success(), "after {kill} kills: {}", said(&verified));
        }
    }
    let acknowledged: usize = writers.iter().map(|w| w.acknowledged).sum();
    println!("{acknowledged} entries acknowledged, {} checkpoints", witness.signed.len());
    assert!(acknowledged > kills, "hardly anything was recorded between the kills: the test shows nothing");
}

/// People signed in, each with a child of their own to write about.
fn writers(at: SocketAddr, accounts: &Path) -> Vec<Writer> {
    let cookie = sign_in(at, &account(accounts, "social_worker"));
    let home = ask(at, "GET", "/", &cookie, &[]).expect("an answer");
    let mut out = Vec::new();
    for child in children_on(&home.body) {
        let page =
            ask(at, "GET", &format!("/children/{child}/record/note"), &cookie, &[]).expect("an answer");
        if page.status != 200 || out.len() == WRITERS {
            continue;
        }
        let field = |name: &str| page.field(name).unwrap_or_else(|| panic!("the form has no {name}"));
        out.push(Writer {
            number: out.len(),
            child,
            version: field("seen-version").parse().expect("a number"),
            acknowledged: 0,
            unanswered: false,
            cookie: cookie.clone(),
            csrf: field("csrf"),
            today: ["year", "month", "day"].map(|part| day_of(&page.body, part)),
        });
    }
    assert_eq!(out.len(), WRITERS, "too few children to write about");
    out
}

/// A part of the day that a fresh form is filled with.
fn day_of(form: &str, part: &str) -> String {
    let input = form
        .split("<input")
        .find(|input| input.contains(&format!("name=\"happened-{part}\"")))
        .expect("the day");
    let value = input.split("value=\"").nth(1).expect("a value");
    value.split('"').next().expect("a value").to_owned()
}

#[tokio::test]
async fn sqlite_loses_nothing_that_was_acknowledged_when_the_server_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = format!("sqlite:{}", folder.path().join("crash.db").display());
    survive(folder.path(), &db, 20_260_101).await;
}

#[tokio::test]
async fn postgresql_loses_nothing_that_was_acknowledged_when_the_server_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = kinfold_store::testing::postgres_url().await;
    survive(folder.path(), &db, 20_260_102).await;
}
