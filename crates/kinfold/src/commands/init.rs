//! `kinfold init`: an empty council with its key file and its first administrator.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use kinfold_casework::census_return::authority_code;
use kinfold_casework::founding::{self, Founding, NewAgency, NewPerson};
use kinfold_casework::{Clock as _, Cost, SystemClock, clock};
use kinfold_store::Open;

use crate::council::Database;
use crate::key_file;

/// Make a database and a key file for a council
#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    database: Database,
    /// The council's name
    #[arg(long, value_name = "NAME")]
    authority: String,
    /// Its code in statistics (E10000016), by which rules of the statutory return tell its placements from others'
    #[arg(long, value_name = "CODE")]
    authority_code: Option<String>,
    /// The address that people will use: https://kinfold.example.gov.uk
    #[arg(long, default_value = "", value_name = "URL")]
    address: String,
    /// The first administrator, who makes the other accounts
    #[arg(long, value_name = "NAME")]
    admin_name: String,
    /// The administrator's e-mail address
    #[arg(long, value_name = "EMAIL")]
    admin_email: String,
    /// Read the administrator's password from the first line of standard input instead of asking for it
    #[arg(long)]
    password_stdin: bool,
}

/// A password at least this long.
const SHORTEST: usize = 12;

impl Init {
    pub async fn run(self) -> Result<()> {
        if self.authority.trim().is_empty() || self.admin_name.trim().is_empty() {
            bail!("give the council and the administrator a name");
        }
        if !self.admin_email.trim().contains('@') {
            bail!("“{}” is not an e-mail address", self.admin_email);
        }
        let authority_code =
            self.authority_code.as_deref().map(authority_code).transpose().map_err(anyhow::Error::msg)?;
        let key = key_file::path(&self.database.db, self.database.key.as_deref())?;
        if let Some(file) = key_file::sqlite_path(&self.database.db)
            && file.exists()
        {
            bail!(
                "there is a file {} already; choose another path, or serve it with `kinfold serve`",
                file.display()
            );
        }
        let password = self.password()?;
        let store = self.database.store(Open { create: true }).await?;
        if founding::is_founded(&store).await? {
            bail!("there is a council in this database already; serve it with `kinfold serve`");
        }
        let keys = key_file::make(&key)?;
        let (clock, ids) = (SystemClock, clock::Ids::default());
        let now = clock.now();
        let today = clock::day(now);
        let administrator = NewPerson {
            id: ids.next(now),
            name: self.admin_name.trim().to_owned(),
            email: self.admin_email.trim().to_owned(),
            password: Some(password),
            enrolled: false,
            roles: vec![("administrator".to_owned(), None, today, None)],
            teams: Vec::new(),
        };
        let authority = self.authority.trim().to_owned();
        let agency = NewAgency { id: ids.next(now), name: authority.clone(), kind: "authority".to_owned() };
        let new = Founding {
            authority: authority.clone(),
            address: self.address.clone(),
            authority_code,
            demo: false,
            agencies: vec![agency],
            teams: Vec::new(),
            people: vec![administrator],
        };
        founding::found(&store, &keys, &clock, Cost::Real, new).await?;
        store.close().await;
        println!(
            "{authority} is ready.\n\nThe key file is {}. Keep a copy of it apart from the database's backups: without it nobody \
             can sign in, and drafts cannot be read.\n\nStart with `kinfold serve`, sign in as {}, set up the second step, and make \
             the teams and accounts.",
            key.display(),
            self.admin_email.trim()
        );
        Ok(())
    }

    fn password(&self) -> Result<String> {
        let input = std::io::stdin();
        if !self.password_stdin && !input.is_terminal() {
            bail!(
                "there is no terminal to ask for the password; give it on standard input with --password-stdin"
            );
        }
        let mut typed = String::new();
        if self.password_stdin {
            input.lock().read_line(&mut typed).context("the password could not be read")?;
        } else {
            typed = hidden(&format!("Password for {} (at least {SHORTEST} characters): ", self.admin_email))?;
            if hidden("The same again: ")? != typed {
                bail!("the two passwords differ; nothing was made");
            }
        }
        let password = typed.trim_end_matches(['\r', '\n']).to_owned();
        if password.chars().count() < SHORTEST || password.len() > 256 {
            bail!("the password must have between {SHORTEST} and 256 characters; nothing was made");
        }
        Ok(password)
    }
}

/// Asks without showing what is typed.
fn hidden(question: &str) -> Result<String> {
    eprint!("{question}");
    std::io::stderr().flush()?;
    console::Term::stderr().read_secure_line().context("the password could not be read")
}
