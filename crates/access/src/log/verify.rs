//! Proves that a log is whole, or says what is wrong with it. Works offline, from the stored lines, the checkpoints and
//! the public keys.

use super::checkpoint::{Checkpoint, PublicKey};
use super::line::{AuditLine, Leaf};
use super::tree::Tree;

/// A line as it stands in the store, with the leaf that was kept beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLine {
    /// The line.
    pub line: AuditLine,
    /// The leaf that was stored when it was written.
    pub leaf: Leaf,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyReport {
    /// How many lines were read.
    pub lines: u64,
    /// How many checkpoints were held against them.
    pub checkpoints: u64,
    /// How many of the lines no sound checkpoint covers yet: for these, only an edit that left the stored leaf can
    /// be found, and not a deletion at the end.
    pub unsealed: u64,
    /// Everything that is wrong, in the order it was met. Empty: the log is whole.
    pub faults: Vec<Fault>,
}

impl VerifyReport {
    /// Is the log whole?
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// What kind.
    pub kind: FaultKind,
    /// The same for a person.
    pub message: String,
}

/// Kinds of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The line's content is not what its leaf was made from.
    Edited {
        /// Which line.
        seq: u64,
    },
    /// Lines are gone: this and those after it up to the next that is there.
    Missing {
        /// The first that is gone.
        seq: u64,
        /// How many are gone.
        count: u64,
    },
    /// The line comes after one that it should precede, or is there twice.
    Reordered {
        /// Which line.
        seq: u64,
    },
    /// The log is shorter than a checkpoint says it once was.
    Truncated {
        /// How many lines the checkpoint counted.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// A checkpoint was signed by a key that is not among those given.
    UnknownKey {
        /// The checkpoint's number of lines.
        size: u64,
    },
    /// A checkpoint's signature is not its key's: it was forged or changed.
    BadSignature {
        /// The checkpoint's number of lines.
        size: u64,
    },
    /// The lines do not give the root that was signed: something before `size` was replaced, leaf and all.
    RootMismatch {
        /// The checkpoint's number of lines.
        size: u64,
        /// The size of the last checkpoint that was right: the change lies after it.
        sound_until: u64,
    },
}

/// Verifies a log that comes line by line, in the order of `seq`.
#[derive(Debug)]
pub struct Verifier {
    checkpoints: std::iter::Peekable<std::vec::IntoIter<Checkpoint>>,
    tree: Tree,
    next: u64,
    sound_until: u64,
    /// The tree can no longer equal any signed root: a fault has already said why.
    broken: bool,
    report: VerifyReport,
}

/// Verifies a whole log. See [`Verifier`] to feed it line by line.
pub fn verify<'a>(
    lines: impl IntoIterator<Item = &'a StoredLine>,
    checkpoints: &[Checkpoint],
    keys: &[PublicKey],
) -> VerifyReport {
    let mut verifier = Verifier::new(checkpoints, keys);
    for line in lines {
        verifier.push(line);
    }
    verifier.finish()
}

impl Verifier {
    /// Checks the checkpoints' signatures first: only those that hold are held against the lines.
    pub fn new(checkpoints: &[Checkpoint], keys: &[PublicKey]) -> Self {
        let mut report = VerifyReport { checkpoints: checkpoints.len() as u64, ..VerifyReport::default() };
        let mut sound = Vec::with_capacity(checkpoints.len());
        for checkpoint in checkpoints {
            let size = checkpoint.size;
            match keys.iter().find(|key| key.id() == checkpoint.key_id) {
                None => report.fault(
                    FaultKind::UnknownKey { size },
                    format!(
                        "The checkpoint at {size} lines was signed by key {}, which is not among the public keys given.",
                        checkpoint.key_id
                    ),
                ),
                Some(key) if !checkpoint.is_signed_by(*key) => report.fault(
                    FaultKind::BadSignature { size },
                    format!("The checkpoint at {size} lines was forged or changed: its signature does not hold."),
                ),
                Some(_) => sound.push(checkpoint.clone()),
            }
        }
        sound.sort_by_key(|checkpoint| checkpoint.size);
        let mut verifier = Self {
            checkpoints: sound.into_iter().peekable(),
            tree: Tree::new(),
            next: 1,
            sound_until: 0,
            broken: false,
            report,
        };
        verifier.hold_against_checkpoints();
        verifier
    }

    /// The next line.
    pub fn push(&mut self, stored: &StoredLine) {
        let seq = stored.line.seq;
        self.report.lines += 1;
        if seq > self.next {
            let count = seq - self.next;
            self.broken = true;
            self.report.fault(
                FaultKind::Missing { seq: self.next, count },
                format!("Gone: {count} line(s) from line {}.", self.next),
            );
        } else if seq < self.next {
            self.broken = true;
            self.report.fault(
                FaultKind::Reordered { seq },
                format!("Line {seq} is out of its place or is there twice."),
            );
        }
        self.next = self.next.max(seq.saturating_add(1));
        if stored.line.leaf() != stored.leaf {
            self.report
                .fault(FaultKind::Edited { seq }, format!("Line {seq} was changed after it was written."));
        }
        self.tree.push(stored.leaf);
        self.hold_against_checkpoints();
    }

    fn hold_against_checkpoints(&mut self) {
        let size = self.tree.size();
        while let Some(checkpoint) = self.checkpoints.next_if(|checkpoint| checkpoint.size == size) {
            if self.broken {
                continue;
            }
            if self.tree.root() == checkpoint.root {
                self.sound_until = size;
            } else {
                self.broken = true;
                let sound_until = self.sound_until;
                self.report.fault(
                    FaultKind::RootMismatch { size, sound_until },
                    format!(
                        "The first {size} lines are not those that were signed. Up to line {sound_until} they are."
                    ),
                );
            }
        }
    }

    /// Says what was found.
    pub fn finish(mut self) -> VerifyReport {
        let found = self.tree.size();
        if let Some(last) = self.checkpoints.last() {
            let expected = last.size;
            self.report.fault(
                FaultKind::Truncated { expected, found },
                format!("The log has {found} lines, but {expected} were signed."),
            );
        }
        self.report.unsealed = found - self.sound_until.min(found);
        self.report
    }
}

impl VerifyReport {
    fn fault(&mut self, kind: FaultKind, message: String) {
        self.faults.push(Fault { kind, message });
    }
}
