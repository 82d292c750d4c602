//! `kinfold demo`: an invented council in one command, served on this machine.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use kinfold_casework::authority::Writers;
use kinfold_casework::founding::{self, DemoAccount};
use kinfold_casework::{Casework, Clock as _, Cost, SystemClock, clock};
use kinfold_store::{Open, Store};
use serde_json::json;
use uuid::Uuid;

use crate::council::{Council, open};
use crate::invented::{self, PASSWORD};
use crate::invented_services;
use crate::key_file;
use crate::lists::Lists;
use crate::server::{Listen, serve};
use crate::table::table;

/// How many chronologies go into one transaction.
const BATCH: usize = 100;

/// Make an invented council, and serve it on this machine
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The database: sqlite:PATH (made if it is not there) or postgres://USER:PASSWORD@HOST/NAME (empty)
    #[arg(long, default_value = "sqlite:data/demo.db", hide_env_values = true, value_name = "ADDRESS")]
    db: String,
    /// The key file [default: beside an SQLite database as PATH.key, otherwise data/demo.key]
    #[arg(long, env = "KINFOLD_KEY_FILE", value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    listen: Listen,
    /// How many children are looked after; half as many have left care
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    children: u32,
    /// Another number makes another council
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write the accounts to a file as JSON: role, email, password, totp_secret
    #[arg(long, value_name = "FILE")]
    accounts_json: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Statutory return")]
    lists: Lists,
}

impl Demo {
    pub async fn run(self) -> Result<()> {
        let lists = tokio::task::block_in_place(|| self.lists.open())?;
        let socket = self.listen.bind().await?;
        let key = self.key_path()?;
        if let Some(file) = key_file::sqlite_path(&self.db)
            && !file.exists()
        {
            self.make_sqlite(&file, &key).await?;
        }
        let store =
            Store::open(&self.db, Open::default()).await.context("the database could not be opened")?;
        if !founding::is_founded(&store).await? {
            let keys = if key.exists() { key_file::read(&key)? } else { key_file::make(&key)? };
            self.fill(&store, &keys).await?;
        }
        let keys = key_file::read(&key)?;
        let council = open(store, keys, Vec::new(), Cost::Invented).await?;
        if !council.casework.settings().demo {
            bail!("the council in this database is not an invented one; `kinfold serve` serves it");
        }
        let Some(accounts) = council.casework.shown_accounts().await? else {
            bail!(
                "this invented council was left half made; remove the database and run `kinfold demo` again"
            );
        };
        let (authority, address) = (council.casework.settings().authority.clone(), socket.local_addr()?);
        println!("{authority}, an invented council, on http://{address}\n\n{}\n", shown(&accounts));
        println!("The second step of signing in shows its code, because nobody here has a telephone.\n");
        if let Some(file) = &self.accounts_json {
            write_accounts(file, &accounts)?;
        }
        council.casework.use_return_lists(lists);
        serve(council, socket, &self.listen, None).await
    }

    fn key_path(&self) -> Result<PathBuf> {
        match key_file::sqlite_path(&self.db) {
            None if self.key.is_none() => {
                std::fs::create_dir_all("data").context("the folder data cannot be made")?;
                Ok(PathBuf::from("data/demo.key"))
            }
            _ => key_file::path(&self.db, self.key.as_deref()),
        }
    }

    /// Makes the council under another name and gives it its own once it is whole: one that was interrupted is never
    /// taken for a council.
    async fn make_sqlite(&self, file: &Path, key: &Path) -> Result<()> {
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        }
        let beside = |suffix: &str| {
            let mut name = file.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        let unfinished = beside(".unfinished");
        for left in [beside(".unfinished"), beside(".unfinished-wal"), beside(".unfinished-shm")] {
            if left.exists() {
                std::fs::remove_file(&left)
                    .with_context(|| format!("{} cannot be removed", left.display()))?;
            }
        }
        // The key of a database that is gone, made by an earlier demo, serves again.
        let keys = if key.exists() { key_file::read(key)? } else { key_file::make(key)? };
        let store = Store::open(&format!("sqlite:{}", unfinished.display()), Open { create: true }).await?;
        self.fill(&store, &keys).await?;
        store.close().await;
        std::fs::rename(&unfinished, file)
            .with_context(|| format!("{} cannot be put in place", file.display()))
    }

    /// Founds the council and tells its children's stories.
    async fn fill(&self, store: &Store, keys: &kinfold_casework::Keys) -> Result<()> {
        let clock = SystemClock;
        let today = clock::day(clock.now());
        let children = usize::try_from(self.children)?;
        eprintln!("Making an invented council with {children} children in care…");
        let council = tokio::task::block_in_place(|| kinfold_fictional::council(today, self.seed, children));
        let address = self.listen.known_address();
        let new = invented::founding(&address, today, &council.agencies, &council.teams, &council.people);
        founding::found(store, keys, &clock, Cost::Invented, new).await?;
        let Council { casework, .. } = open(store.clone(), keys.clone(), Vec::new(), Cost::Invented).await?;
        let shown: Vec<(String, Uuid)> =
            council.demo_accounts.iter().map(|(role, person)| ((*role).to_owned(), person.0)).collect();
        let stories: Vec<_> =
            council.children.into_iter().chain(council.carers).chain(council.homes).collect();
        bring_in(&casework, stories).await?;
        let of = |role: &str| shown.iter().find(|(held, _)| held == role).map(|(_, person)| *person);
        if let (Some(clerk), Some(director), Some(councillor), Some(commissioner), Some(worker), Some(lead)) = (
            of("panel_clerk"),
            of("director"),
            of("councillor"),
            of("commissioner"),
            of("social_worker"),
            of("partnership_lead"),
        ) {
            let young = of("young_person");
            let writers = Writers { clerk, director, councillor, commissioner, worker, lead, young };
            casework.invent_papers(writers).await?;
        }
        casework.show_accounts(&shown).await?;
        if let Some(clerk) = of("panel_clerk") {
            let keepers: Vec<Uuid> = ["commissioner", "virtual_school_head", "designated_nurse"]
                .into_iter()
                .filter_map(of)
                .collect();
            invented_services::fill(&casework, (clerk, &keepers), self.seed, today).await?;
        }
        store.tidy().await?;
        Ok(())
    }
}

async fn bring_in(casework: &Casework, stories: Vec<kinfold_fictional::InventedChild>) -> Result<()> {
    let bar = ProgressBar::new(u64::try_from(stories.len())?);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} chronologies") {
        bar.set_style(style);
    }
    let mut stories = stories.into_iter().map(invented::chronology);
    loop {
        let mut batch: Vec<_> = stories.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let count = u64::try_from(batch.len())?;
        let parts = casework.invented_parts(&mut batch);
        casework.add_chronologies(batch).await?;
        casework.start_invented_parts(&parts).await?;
        bar.inc(count);
    }
    bar.finish_and_clear();
    Ok(())
}

fn shown(accounts: &[DemoAccount]) -> String {
    let rows: Vec<Vec<String>> = accounts
        .iter()
        .map(|a| {
            vec![
                Casework::role_title(&a.role).to_string(),
                a.name.clone(),
                a.email.clone(),
                PASSWORD.to_owned(),
            ]
        })
        .collect();
    table(&["Role", "Name", "E-mail address", "Password"], &rows)
}

fn write_accounts(file: &Path, accounts: &[DemoAccount]) -> Result<()> {
    let list: Vec<_> = accounts
        .iter()
        .map(
            |a| json!({"role": a.role, "email": a.email, "password": PASSWORD, "totp_secret": a.totp_secret}),
        )
        .collect();
    let text = serde_json::to_string_pretty(&list)?;
    std::fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}
