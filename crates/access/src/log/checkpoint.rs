//! Signed checkpoints: at such a time the log had so many lines and this root. Copied off the machine, they are what
//! a later log is held against.

use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use smol_str::{SmolStr, format_smolstr};

use super::tree::Root;

/// The log's signing key (Ed25519).
pub struct SecretKey(SigningKey);

/// The half of the key that checks: published, and handed to whoever verifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// Which key signed: the first eight bytes of the SHA-256 of the public key, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyId(pub SmolStr);

/// The state of the log at one moment, signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: the authority's own name for it, one line ("fernshire audit").
    pub origin: String,
    /// How many lines.
    pub size: u64,
    /// The root over them.
    pub root: Root,
    /// When, to the microsecond.
    pub at: Timestamp,
    /// Who signed.
    pub key_id: KeyId,
    /// The signature over [`Checkpoint::signed_text`].
    pub signature: [u8; 64],
}

/// A checkpoint or key that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The text is not in the form of a checkpoint.
    #[error("this is not a checkpoint: {0}")]
    Text(&'static str),
    /// The bytes are not an Ed25519 public key.
    #[error("this is not a public key: it has to be 32 bytes in base64")]
    Key,
}

impl SecretKey {
    /// The key made from 32 bytes of good randomness, which the caller keeps secret and keeps.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The half to publish.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs the state of the log. Line breaks in `origin` become spaces, because the form has one line for it.
    pub fn sign(&self, origin: &str, size: u64, root: Root, at: Timestamp) -> Checkpoint {
        let mut checkpoint = Checkpoint {
            origin: origin.split(['\r', '\n']).collect::<Vec<_>>().join(" "),
            size,
            root,
            at: Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at),
            key_id: self.public().id(),
            signature: [0; 64],
        };
        checkpoint.signature = self.0.sign(checkpoint.signed_text().as_bytes()).to_bytes();
        checkpoint
    }
}

// Written out so that a key can never be printed.
impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SecretKey").field(&self.public().id()).finish()
    }
}

impl PublicKey {
    /// From its 32 bytes.
    ///
    /// # Errors
    /// [`CheckpointError::Key`] if they are no point of the curve, or a weak one.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, CheckpointError> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| CheckpointError::Key)?;
        if key.is_weak() { Err(CheckpointError::Key) } else { Ok(Self(key)) }
    }

    /// Its 32 bytes.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Its id.
    pub fn id(self) -> KeyId {
        let digest = Sha256::digest(self.0.as_bytes());
        KeyId(digest.iter().take(8).fold(SmolStr::default(), |id, byte| format_smolstr!("{id}{byte:02x}")))
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&STANDARD.encode(self.0.as_bytes()))
    }
}

impl FromStr for PublicKey {
    type Err = CheckpointError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let bytes = STANDARD.decode(s.trim()).map_err(|_| CheckpointError::Key)?;
        Self::from_bytes(&bytes.try_into().map_err(|_| CheckpointError::Key)?)
    }
}

impl std::fmt::Display for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Checkpoint {
    /// What is signed, four lines each ended by a line feed: origin, size, root in base64, time in RFC 3339 with six
    /// decimals and Z.
    pub fn signed_text(&self) -> String {
        format!("{}\n{}\n{}\n{:.6}\n", self.origin, self.size, STANDARD.encode(self.root.0), self.at)
    }

    /// Is the signature this key's, over this text?
    pub fn is_signed_by(&self, key: PublicKey) -> bool {
        let signature = Signature::from_bytes(&self.signature);
        self.key_id == key.id() && key.0.verify_strict(self.signed_text().as_bytes(), &signature).is_ok()
    }
}

/// The form for files: the signed text, an empty line, then "— key id signature-in-base64".
impl std::fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}\n— {} {}", self.signed_text(), self.key_id, STANDARD.encode(self.signature))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let bad = CheckpointError::Text;
        let mut lines = s.lines();
        let mut line = || lines.next().ok_or(bad("it ends early"));
        let origin = line()?.to_owned();
        let size = line()?.parse().map_err(|_| bad("its second line has to be the number of lines"))?;
        let root = STANDARD.decode(line()?).ok().and_then(|root| root.try_into().ok());
        let root = Root(root.ok_or(bad("its third line has to be the root, 32 bytes in base64"))?);
        let at = line()?.parse().map_err(|_| bad("its fourth line has to be the time"))?;
        if !line()?.is_empty() {
            return Err(bad("its fifth line has to be empty"));
        }
        let signed = line()?.strip_prefix("— ").and_then(|rest| rest.split_once(' '));
        let (key, signature) = signed.ok_or(bad("its last line has to be “— key signature”"))?;
        let signature = STANDARD.decode(signature).ok().and_then(|signature| signature.try_into().ok());
        let signature = signature.ok_or(bad("its signature has to be 64 bytes in base64"))?;
        Ok(Self { origin, size, root, at, key_id: KeyId(SmolStr::new(key)), signature })
    }
}
