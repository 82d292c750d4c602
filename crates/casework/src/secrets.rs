//! Keys, passwords, one-time codes and tokens: all from well-kept crates, gathered in one place so that a review
//! reads one file.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::clock::random;
use crate::error::{Error, Result};

/// The key that drafts and one-time-code secrets are encrypted with, and the seed of the key that signs checkpoints.
/// Both live in the key file beside the database, never in it.
#[derive(Clone)]
pub struct Keys {
    data: [u8; 32],
    /// Seed of the ed25519 key that signs the log's checkpoints.
    pub signing_seed: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(hidden)")
    }
}

impl Keys {
    /// New keys from the operating system's randomness.
    pub fn generate() -> Self {
        Self { data: random(), signing_seed: random() }
    }

    /// As the key file holds them: 64 bytes.
    pub fn to_bytes(&self) -> [u8; 64] {
        let mut out = [0; 64];
        out[..32].copy_from_slice(&self.data);
        out[32..].copy_from_slice(&self.signing_seed);
        out
    }

    /// Reads a key file's bytes.
    ///
    /// # Errors
    /// When they are not 64 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let (Ok(data), Ok(signing_seed)) =
            (bytes.get(..32).unwrap_or(&[]).try_into(), bytes.get(32..).unwrap_or(&[]).try_into())
        else {
            return Err(Error::Internal(
                "the key file is not 64 bytes long: restore it from the backup".into(),
            ));
        };
        Ok(Self { data, signing_seed })
    }

    /// Encrypts, bound to a context (whose draft of what) so that one ciphertext cannot stand in for another.
    ///
    /// # Errors
    /// Never in practice; the cipher refuses only texts of many gigabytes.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; 24] = random();
        let cipher = XChaCha20Poly1305::new(&Key::from(self.data));
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: context.as_bytes() })
            .map_err(|_| Error::Internal("the text could not be encrypted".into()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what [`Keys::seal`] made in the same context.
    ///
    /// # Errors
    /// When the bytes were changed, made with another key, or belong to another context.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let failed = || Error::Internal("a stored secret cannot be read with this key file".into());
        let (nonce, body) = sealed.split_at_checked(24).ok_or_else(failed)?;
        let nonce: [u8; 24] = nonce.try_into().map_err(|_| failed())?;
        XChaCha20Poly1305::new(&Key::from(self.data))
            .decrypt(&XNonce::from(nonce), Payload { msg: body, aad: context.as_bytes() })
            .map_err(|_| failed())
    }

    /// An id that stands for a text wherever it is met again, and from which nobody without the key can tell or try out
    /// the text.
    pub fn stand_in(&self, context: &str, text: &str) -> uuid::Uuid {
        let round = |of: &[u8]| Sha256::new().chain_update(self.data).chain_update(of).finalize();
        let inner = Sha256::new()
            .chain_update(b"stand-in:")
            .chain_update(context)
            .chain_update([0])
            .chain_update(text);
        let hash = round(&round(&inner.finalize()));
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}

/// How much work a password hash costs. Tests and the demo's hundreds of accounts use the light one; a check reads
/// the cost from the hash itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// 19 MiB, 2 passes (the OWASP floor for Argon2id).
    Real,
    /// 64 KiB, 1 pass: only for invented people.
    Invented,
}

fn argon(cost: Cost) -> Result<Argon2<'static>> {
    let params = match cost {
        Cost::Real => Params::new(19 * 1024, 2, 1, None),
        Cost::Invented => Params::new(64, 1, 1, None),
    }
    .map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password with Argon2id.
///
/// # Errors
/// When the password is longer than Argon2 takes.
pub fn hash_password(password: &str, cost: Cost) -> Result<String> {
    let salt: [u8; 16] = random();
    argon(cost)?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|e| Error::Internal(e.to_string()))
}

/// Whether a password fits a hash. Takes as long for a missing account as for a wrong password when given
/// [`decoy_hash`].
pub fn password_fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// A hash no password fits, to be checked when there is no account.
///
/// # Errors
/// Never in practice.
pub fn decoy_hash(cost: Cost) -> Result<String> {
    hash_password(&hex(&random::<16>()), cost)
}

/// A one-time-code generator's secret.
pub fn new_totp_secret() -> [u8; 20] {
    random()
}

fn totp(secret: &[u8], account: &str) -> Result<totp_rs::Totp> {
    totp_rs::Builder::new()
        .with_secret(secret.to_vec())
        .with_issuer(Some("Kinfold".to_owned()))
        .with_account_name(account.to_owned())
        .build()
        .map_err(|e| Error::Internal(e.to_string()))
}

/// The step (30-second count) that a six-digit code belongs to, if it is right now or was one step ago. The caller
/// refuses a step that was used before, so that an overheard code is worth nothing.
///
/// # Errors
/// When the secret is unusable.
pub fn totp_step(secret: &[u8], code: &str, unix_seconds: u64) -> Result<Option<u64>> {
    Ok(totp(secret, "check")?.check(code.trim(), unix_seconds))
}

/// The code at a moment: for the invented council, whose people have no telephones.
///
/// # Errors
/// When the secret is unusable.
pub fn totp_code(secret: &[u8], unix_seconds: u64) -> Result<String> {
    Ok(totp(secret, "check")?.generate(unix_seconds).to_string())
}

/// The `otpauth:` address that an authenticator app reads, and the secret to type by hand.
///
/// # Errors
/// When the account name cannot stand in such an address.
pub fn totp_address(secret: &[u8], account: &str) -> Result<(String, String)> {
    let totp = totp(secret, account)?;
    Ok((
        totp.to_url().map_err(|e| Error::Internal(e.to_string()))?,
        totp_rs::Secret::from(secret.to_vec()).to_base32(),
    ))
}

/// A secret as an authenticator app takes it.
pub(crate) fn totp_base32(secret: &[u8]) -> String {
    totp_rs::Secret::from(secret.to_vec()).to_base32()
}

/// SHA-256 of a token: what is stored, so that a stolen database holds no usable session or feed link.
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A new unguessable token: 256 bits in hexadecimal.
pub fn new_token() -> String {
    hex(&random::<32>())
}

/// Bytes as hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Compares without telling by time where the difference is.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
