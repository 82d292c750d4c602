//! The log's tree, kept in memory while the server runs, and the checkpoints signed over it. A checkpoint is signed
//! only when the log still begins with everything that was signed before.

use kinfold_access::log::{Checkpoint, KeyId, Leaf, PublicKey, Root, SecretKey, Tree};
use kinfold_store::{AuditCheckpointRow, Unit};

use crate::error::{Error, Result};
use crate::house::Casework;

/// The setting that names the log in its checkpoints. It is kept, so that an authority that changes its name can still
/// prove its old ones.
pub(crate) const ORIGIN: &str = "audit_origin";

/// Leaves read at a time.
const CHUNK: i64 = 20_000;

/// The tree over the lines read so far.
pub struct AuditTree {
    casework: Casework,
    tree: Tree,
    key: SecretKey,
    /// The last checkpoint this tree was held against, or has signed.
    held: Option<AuditCheckpointRow>,
}

impl Casework {
    /// An empty tree; the first checkpoint reads the whole log into it.
    pub fn audit_tree(&self) -> AuditTree {
        let key = SecretKey::from_seed(&self.house.keys.signing_seed);
        AuditTree { casework: self.clone(), tree: Tree::new(), key, held: None }
    }

    /// The public half of the key that signs this authority's checkpoints.
    pub fn public_key(&self) -> PublicKey {
        SecretKey::from_seed(&self.house.keys.signing_seed).public()
    }

    /// The last checkpoint that was signed.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn last_checkpoint(&self) -> Result<Option<Checkpoint>> {
        let mut unit = self.house.store.read().await?;
        let origin = self.log_origin(&mut *unit).await?;
        Ok(unit.last_checkpoint().await?.map(|row| checkpoint_of(&row, &origin)))
    }

    /// What the log is called in its checkpoints.
    pub(crate) async fn log_origin(&self, unit: &mut dyn Unit) -> Result<String> {
        let kept = unit.setting(ORIGIN).await?;
        Ok(kept.unwrap_or_else(|| format!("{} audit", self.settings().authority)))
    }
}

impl AuditTree {
    /// Reads what was written since, and signs it. `None` when nothing was written since the last checkpoint.
    ///
    /// # Errors
    /// When the log no longer begins with what was signed before: then nothing is signed, and `verify` says more.
    pub async fn checkpoint(&mut self) -> Result<Option<Checkpoint>> {
        let mut unit = self.casework.house.store.read().await?;
        let last = unit.last_checkpoint().await?;
        let size = unit.audit_size().await?;
        if let Some(last) = last.as_ref().filter(|last| self.held.as_ref() != Some(last)) {
            if size < last.size {
                return Err(unsound(last.size));
            }
            self.read_to(&mut *unit, last.size).await?;
            let there = u64::try_from(last.size).ok().and_then(|size| self.tree.root_at(size));
            if there != Some(Root(last.root)) {
                return Err(unsound(last.size));
            }
            self.held = Some(last.clone());
        }
        self.read_to(&mut *unit, size).await?;
        let origin = self.casework.log_origin(&mut *unit).await?;
        drop(unit);
        if size == 0 || last.is_some_and(|last| last.size >= size) {
            return Ok(None);
        }
        let signed = self.key.sign(&origin, self.tree.size(), self.tree.root(), self.casework.now());
        let row = row_of(&signed);
        let mut unit = self.casework.house.store.write().await?;
        match unit.insert_checkpoint(&row).await {
            Ok(()) => unit.commit().await?,
            // Another process signed the same lines a moment before: theirs is as good.
            Err(kinfold_store::Error::Duplicate { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        self.held = Some(row);
        Ok(Some(signed))
    }

    /// How many lines the tree holds.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    async fn read_to(&mut self, unit: &mut dyn Unit, size: i64) -> Result<()> {
        loop {
            let from = i64::try_from(self.tree.size()).unwrap_or(i64::MAX);
            if from >= size {
                return Ok(());
            }
            let leaves = unit.audit_leaves(from, CHUNK.min(size - from)).await?;
            if leaves.is_empty() {
                return Err(unsound(size));
            }
            self.tree.extend(leaves.into_iter().map(Leaf));
        }
    }
}

fn unsound(size: i64) -> Error {
    Error::Internal(format!(
        "the log no longer begins with the {size} lines that were signed: run kinfold verify"
    ))
}

fn row_of(signed: &Checkpoint) -> AuditCheckpointRow {
    AuditCheckpointRow {
        size: i64::try_from(signed.size).unwrap_or(i64::MAX),
        root: signed.root.0,
        at: signed.at,
        signature: signed.signature.to_vec(),
        key_id: signed.key_id.0.to_string(),
    }
}

/// A stored checkpoint as the log's mathematics sees it.
pub(crate) fn checkpoint_of(row: &AuditCheckpointRow, origin: &str) -> Checkpoint {
    Checkpoint {
        origin: origin.to_owned(),
        size: u64::try_from(row.size).unwrap_or(0),
        root: Root(row.root),
        at: row.at,
        key_id: KeyId(row.key_id.as_str().into()),
        // A signature of the wrong length cannot hold, and is told as one that does not.
        signature: row.signature.as_slice().try_into().unwrap_or([0; 64]),
    }
}
