//! `kinfold bench`: how fast it is with so many children, on this machine, with every read audited.

mod client;
mod figures;
mod fill;
mod load;
mod machine;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use clap::Args;
use indicatif::ProgressBar;
use kinfold_casework::{Casework, Clock as _, SystemClock, clock, founding};
use kinfold_store::{Open, Store};
use kinfold_web::App;
use uuid::Uuid;

use self::figures::{Figures, FlatOut, Recompute, Times};
use self::load::{Person, Run, What};
use super::upkeep::{count, counter};
use crate::key_file;

/// Measure how fast Kinfold is on this machine, with invented children in a database of its own
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// How many children
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(50..=1_000_000))]
    children: u32,
    /// Print the figures as JSON on standard output (the text then goes to standard error)
    #[arg(long)]
    json: bool,
    /// An empty database to use [default: an SQLite file in a temporary folder]
    #[arg(long, hide_env_values = true, value_name = "ADDRESS")]
    db: Option<String>,
    /// Measure the council that an earlier run left in the database of --db, instead of making one. Give the same
    /// --children and --seed
    #[arg(long, requires = "db")]
    again: bool,
    /// Another number makes other children
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How long each load lasts, in seconds
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// How many connections ask flat out: as many as people ask at once, so that the cores are kept busy while some wait
    /// for the disk
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(1..=4096))]
    connections: u16,
    /// Measure only this, after the import
    #[arg(long, value_name = "PART")]
    only: Option<Part>,
}

/// What can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// All duties recomputed.
    Recompute,
    /// One entry appended.
    Append,
    /// People asking every two seconds.
    People,
    /// As many pages as it can.
    FlatOut,
}

/// The most people who ask at once.
const PEOPLE: usize = 200;
/// Rounds of the flat-out runs: each kind in turn, so that a busy moment does not fall on one kind alone.
const ROUNDS: usize = 3;
/// How often all duties are recomputed: the one in the middle counts.
const PASSES: usize = 5;

impl Bench {
    pub async fn run(self) -> Result<()> {
        let machine = machine::Machine::here();
        let folder = tempfile::tempdir().context("the machine gives no temporary folder")?;
        let address = match &self.db {
            Some(address) => address.clone(),
            None => format!("sqlite:{}", folder.path().join("bench.db").display()),
        };
        let store =
            Store::open(&address, Open { create: true }).await.context("the database could not be opened")?;
        match (founding::is_founded(&store).await?, self.again) {
            (true, false) => bail!(
                "there is a council in this database: give an empty one or leave --db out; or say --again if an earlier \
                 run made it"
            ),
            (false, true) => {
                bail!("there is no council in this database to measure again: leave --again out")
            }
            _ => {}
        }
        let today = clock::day(SystemClock.now());
        let children = usize::try_from(self.children)?;
        let bar = counter("inventing the council");
        let bulk = kinfold_fictional::bulk(children, self.seed, today);
        let emails = fill::workers(&bulk, today, PEOPLE);
        let (casework, import) = if self.again {
            (fill::found_before(&store, &address).await?, None)
        } else {
            let keep = self.db.as_deref();
            let casework = fill::founded(&store, &bulk, today, &emails, keep).await?;
            let import = fill::filled(&casework, &bulk, |done| {
                bar.set_message(format!("{} brought in", count(done, "child record")))
            })
            .await?;
            store.tidy().await?;
            (casework, Some(import))
        };
        let mut figures = Figures {
            children,
            database: if address.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" },
            seed: self.seed,
            release: !cfg!(debug_assertions),
            machine,
            import,
            recompute: None,
            append: None,
            people: Vec::new(),
            flat_out: None,
            peak_memory_mib: None,
            database_mib: None,
        };
        if self.wants(Part::Recompute) {
            bar.set_message("recomputing all duties");
            figures.recompute = Some(recomputed(&casework).await?);
        }
        if self.only != Some(Part::Recompute) {
            bar.set_message("signing people in");
            let workers = fill::signed_in(&casework, &emails).await?;
            self.ask(&store, &casework, &workers, &bar, &mut figures).await?;
        }
        bar.finish_and_clear();
        figures.peak_memory_mib = machine::peak_memory_mib();
        figures.database_mib = size_of(&address);
        if self.json {
            eprintln!("{}", figures.text());
            println!("{}", serde_json::to_string_pretty(&figures)?);
        } else {
            print!("{}", figures.text());
        }
        Ok(())
    }

    /// What people who are signed in wait for.
    async fn ask(
        &self,
        store: &Store,
        casework: &Casework,
        workers: &[fill::Worker],
        bar: &ProgressBar,
        figures: &mut Figures,
    ) -> Result<()> {
        let served =
            serve(kinfold_web::router(App { casework: casework.clone(), secure_cookies: false })).await?;
        let people = load::caseloads(served, workers).await?;
        if self.wants(Part::Append) {
            bar.set_message("appending entries");
            figures.append = Some(appended(casework, &people).await?);
        }
        for number in [1, 50, PEOPLE].into_iter().filter(|_| self.wants(Part::People)) {
            let asking = &people[..number.min(people.len())];
            bar.set_message(format!("{} asking for pages", count(asking.len(), "person")));
            // One person who asks every two seconds would give too few times to say anything about.
            let every = Duration::from_millis(if number == 1 { 100 } else { 2000 });
            figures.people.push(
                load::steady(casework, served, asking, every, Duration::from_secs(self.seconds)).await?,
            );
        }
        if self.wants(Part::FlatOut) {
            bar.set_message("asking flat out");
            figures.flat_out = Some(self.flat_out(store, served, &people).await?);
        }
        Ok(())
    }

    fn wants(&self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }

    async fn flat_out(&self, store: &Store, served: SocketAddr, people: &[Person]) -> Result<FlatOut> {
        let somebody = person_to_read(store).await?;
        let bare = serve(bare(store.clone(), somebody)).await?;
        let connections = usize::from(self.connections);
        let lasting = Duration::from_secs_f64(self.seconds as f64 / 6.0);
        let mut runs: [Vec<Run>; 3] = Default::default();
        for _ in 0..ROUNDS {
            for (runs, (to, what)) in
                runs.iter_mut().zip([(bare, What::Bare), (served, What::ChildPage), (served, What::Worklist)])
            {
                runs.push(load::flat_out(to, what, people, connections, lasting).await?);
            }
        }
        let speed = |runs: &[Run]| runs.iter().map(|run| run.per_second).sum::<f64>() / runs.len() as f64;
        let bytes = |runs: &[Run]| runs.first().map_or(0, |run| run.bytes);
        let [bare, child, worklist] = &runs;
        Ok(FlatOut {
            connections,
            bare_per_second: speed(bare),
            child_page_per_second: speed(child),
            worklist_per_second: speed(worklist),
            child_page_ratio: speed(child) / speed(bare),
            worklist_ratio: speed(worklist) / speed(bare),
            child_page_bytes: bytes(child),
            worklist_bytes: bytes(worklist),
            errors: runs.iter().flatten().map(|run| run.errors).sum(),
        })
    }
}

async fn recomputed(casework: &Casework) -> Result<Recompute> {
    // Once unmeasured: the first pass reads a database that was just written.
    casework.refresh_all().await?;
    let before = machine::read_from_disk();
    let mut passes = Times::default();
    let mut changed = 0;
    for _ in 0..PASSES {
        let start = Instant::now();
        changed += casework.refresh_all().await?.changed;
        passes.push(start.elapsed());
    }
    let from_disk = machine::read_from_disk().zip(before).map(|(after, before)| (after - before) >> 20);
    let passes = passes.seconds();
    let parts = casework.measure_recompute().await?;
    Ok(Recompute {
        seconds: passes.get(PASSES / 2).copied().unwrap_or(0.0),
        passes,
        duties: parts.duties,
        changed,
        from_disk_mib: from_disk,
        read_seconds: parts.read.as_secs_f64(),
        decode_seconds: parts.decode.as_secs_f64(),
        compute_seconds: parts.compute.as_secs_f64(),
    })
}

async fn appended(casework: &Casework, people: &[Person]) -> Result<figures::Spread> {
    let mut times = Times::default();
    for number in 0..1000 {
        times.push(load::append(casework, &people[number % people.len()], number / people.len()).await?);
    }
    Ok(times.spread())
}

/// Serves on a free port of this machine for as long as the process lives.
async fn serve(router: Router) -> Result<SocketAddr> {
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.context("no port could be taken")?;
    let address = socket.local_addr()?;
    tokio::spawn(async move { axum::serve(socket, router.into_make_service()).await });
    Ok(address)
}

/// What a page cannot do without: one row read, an empty template.
fn bare(store: Store, somebody: Uuid) -> Router {
    Router::new().route(
        "/",
        get(move || {
            let store = store.clone();
            async move {
                let mut unit = store.glance().await.map_err(|e| e.to_string())?;
                let found = unit.person(somebody).await.map_err(|e| e.to_string())?;
                Ok::<_, String>(Html(if found.is_some() { "<!DOCTYPE html><title></title>" } else { "" }))
            }
        }),
    )
}

async fn person_to_read(store: &Store) -> Result<Uuid> {
    let people = store
        .read()
        .await?
        .people(&kinfold_store::PeopleFilter::default(), kinfold_store::Page::first(1))
        .await?;
    people.rows.first().map(|person| person.id).context("nobody lives here")
}

/// How much room an SQLite database takes with its write-ahead log, in MiB.
fn size_of(address: &str) -> Option<u64> {
    let file = key_file::sqlite_path(address)?;
    let size = |suffix: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        std::fs::metadata(PathBuf::from(name)).map_or(0, |found| found.len())
    };
    Some((size("") + size("-wal")) / (1 << 20))
}
