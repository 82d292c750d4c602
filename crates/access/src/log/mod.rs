//! The mathematics of the log: what a line's leaf is, the Merkle tree over the leaves, the signed checkpoints, and the
//! proof that a log is whole. Storage belongs to the store; the time and the key to the caller.

mod checkpoint;
mod line;
mod tree;
mod verify;

pub use checkpoint::{Checkpoint, CheckpointError, KeyId, PublicKey, SecretKey};
pub use line::{AuditLine, Leaf};
pub use tree::{Root, Tree};
pub use verify::{Fault, FaultKind, StoredLine, Verifier, VerifyReport, verify};
