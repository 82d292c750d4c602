//! Backups: one file of JSON lines that both databases write and read, so that a backup of one can be restored into
//! the other. The first line says what it is, then each line is a table's name and a row, and the last line counts the
//! rows, so that a file cut short is recognised.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, BufWriter, Lines};

use crate::{Error, Result};

/// A table of a backup.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) select: &'static str,
    pub(crate) insert: &'static str,
}

macro_rules! tables {
    ($($name:literal),* $(,)?) => {
        /// Every table, each after those it refers to.
        pub(crate) const TABLES: &[Table] = &[$(Table {
            name: $name,
            select: concat!("SELECT * FROM ", $name),
            insert: concat!("INSERT INTO ", $name, " VALUES "),
        }),*];
    };
}

tables!(
    "setting",
    "epoch",
    "counter",
    "person",
    "first_password",
    "agency",
    "team",
    "role_grant",
    "team_member",
    "session",
    "sign_in_attempt",
    "child",
    "child_fold",
    "child_term",
    "circle_member",
    "restricted_reader",
    "break_glass",
    "entry",
    "duty",
    "guidance_use",
    "guidance_layer",
    "notice",
    "outbox",
    "draft",
    "idempotency",
    "audit_head",
    "audit",
    "audit_of_child",
    "audit_of_person",
    "audit_sorted",
    "audit_checkpoint",
    "calendar_feed",
    "return_ask",
    "import_run",
    "import_key",
    "import_seen",
    "form_version",
    "form_open",
    "form_section",
    "form_link",
    "form_document",
    "form_upload",
    "form_upload_body",
    "voice_file",
    "voice_file_body",
    "sent_copy",
    "authority_entry",
    "authority_file",
    "authority_file_body",
    "survey_invitation",
    "survey_box",
);

/// A value of a row, as both databases know it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Datum {
    None,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Datum {
    /// Roughly how much memory it takes, in bytes.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::None | Self::Number(_) => 8,
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::None => Value::Null,
            Self::Number(n) => json!(n),
            Self::Text(t) => json!(t),
            Self::Bytes(b) => json!({ "b": STANDARD.encode(b) }),
        }
    }

    fn of_json(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(Self::None),
            Value::Number(n) => n.as_i64().map(Self::Number),
            Value::String(t) => Some(Self::Text(t.clone())),
            Value::Object(o) => STANDARD.decode(o.get("b")?.as_str()?).ok().map(Self::Bytes),
            _ => None,
        }
    }
}

/// What a backup or a restore came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BackupSummary {
    /// How many rows of each table.
    pub tables: Vec<(&'static str, u64)>,
}

impl BackupSummary {
    /// How many rows altogether.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }
}

fn failed(path: &Path, what: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Backup(format!("{} cannot be {what}: {error}", path.display()))
}

/// A backup being written. It has another name until it is whole and on disk.
pub(crate) struct Writer {
    out: BufWriter<File>,
    path: PathBuf,
    unfinished: PathBuf,
    rows: u64,
}

impl Writer {
    pub(crate) async fn create(path: &Path, schema: i64) -> Result<Self> {
        if path.exists() {
            return Err(Error::Backup(format!("{} is there already; choose another name", path.display())));
        }
        let mut unfinished = path.as_os_str().to_owned();
        unfinished.push(".unfinished");
        let unfinished = PathBuf::from(unfinished);
        let file = private(&unfinished).await.map_err(|e| failed(path, "written", &e))?;
        let mut writer =
            Self { out: BufWriter::with_capacity(1 << 20, file), path: path.to_owned(), unfinished, rows: 0 };
        writer.line(&json!({ "kinfold_backup": 1, "schema": schema })).await?;
        Ok(writer)
    }

    async fn line(&mut self, value: &Value) -> Result<()> {
        let mut text = value.to_string();
        text.push('\n');
        self.out.write_all(text.as_bytes()).await.map_err(|e| failed(&self.path, "written", &e))
    }

    pub(crate) async fn row(&mut self, table: &str, row: &[Datum]) -> Result<()> {
        self.rows += 1;
        let values: Vec<Value> = row.iter().map(Datum::to_json).collect();
        self.line(&json!([table, values])).await
    }

    pub(crate) async fn finish(mut self) -> Result<()> {
        self.line(&json!({ "rows": self.rows })).await?;
        let whole = async {
            self.out.flush().await?;
            self.out.get_ref().sync_all().await?;
            tokio::fs::rename(&self.unfinished, &self.path).await
        };
        whole.await.map_err(|e| failed(&self.path, "written", &e))
    }
}

// A backup holds everything the database does: nobody but its owner may read it.
async fn private(path: &Path) -> std::io::Result<File> {
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path).await
}

/// A backup being read.
pub(crate) struct Reader {
    lines: Lines<BufReader<File>>,
    path: PathBuf,
    line: u64,
    rows: u64,
    ended: bool,
}

impl Reader {
    pub(crate) async fn open(path: &Path, schema: i64) -> Result<Self> {
        let file = File::open(path).await.map_err(|e| failed(path, "read", &e))?;
        let lines = BufReader::with_capacity(1 << 20, file).lines();
        let mut reader = Self { lines, path: path.to_owned(), line: 0, rows: 0, ended: false };
        let head = reader.next_line().await?.unwrap_or_default();
        if head.get("kinfold_backup") != Some(&json!(1)) {
            return Err(Error::Backup(format!("{} is not a backup made by Kinfold", path.display())));
        }
        if head.get("schema") != Some(&json!(schema)) {
            return Err(Error::Backup(format!(
                "{} was made by another version of Kinfold (its tables are at {}, these at {schema}): restore it with that \
                 version, then start this one on the database",
                path.display(),
                head.get("schema").unwrap_or(&Value::Null),
            )));
        }
        Ok(reader)
    }

    async fn next_line(&mut self) -> Result<Option<Value>> {
        let Some(text) = self.lines.next_line().await.map_err(|e| failed(&self.path, "read", &e))? else {
            return Ok(None);
        };
        self.line += 1;
        serde_json::from_str(&text).map(Some).map_err(|e| self.broken(&e))
    }

    fn broken(&self, why: &dyn std::fmt::Display) -> Error {
        Error::Backup(format!("{}, line {}: {why}; nothing was restored", self.path.display(), self.line))
    }

    /// The next row, or none at the end of a backup that is whole.
    pub(crate) async fn next(&mut self) -> Result<Option<(&'static Table, Vec<Datum>)>> {
        let Some(value) = self.next_line().await? else {
            return if self.ended { Ok(None) } else { Err(self.broken(&"the file has been cut short")) };
        };
        if self.ended {
            return Err(self.broken(&"something follows the end"));
        }
        if let Some(rows) = value.get("rows").and_then(Value::as_u64) {
            self.ended = true;
            if rows != self.rows {
                return Err(self.broken(&format!("{rows} rows were written and {} are here", self.rows)));
            }
            return Box::pin(self.next()).await;
        }
        self.rows += 1;
        let name = value.get(0).and_then(Value::as_str).unwrap_or_default();
        let table = TABLES.iter().find(|table| table.name == name);
        let row: Option<Vec<Datum>> =
            value.get(1).and_then(Value::as_array).and_then(|row| row.iter().map(Datum::of_json).collect());
        match (table, row) {
            (Some(table), Some(row)) => Ok(Some((table, row))),
            _ => Err(self.broken(&"this is not a row of a table")),
        }
    }

    /// An error about the row read last.
    pub(crate) fn refuse(&self, why: &dyn std::fmt::Display) -> Error {
        self.broken(why)
    }
}
