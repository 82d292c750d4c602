//! One line of the log and the bytes it stands for in the tree.

use jiff::Timestamp;
use kinfold_record::{ChildId, PersonId};
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

/// One thing somebody did or read, or tried to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its place in the log: 1, 2, 3, … without gaps.
    pub seq: u64,
    /// When, to the microsecond (finer parts are not kept and not sealed).
    pub at: Timestamp,
    /// Who; none for the program's own work and for somebody who has not signed in.
    pub person: Option<PersonId>,
    /// A short mark of the session, so that one sitting can be followed; never the session's secret.
    pub session_short: Option<SmolStr>,
    /// What: the name of an [`crate::Action`] or of an act of the program ("sign_in").
    pub action: SmolStr,
    /// About whom.
    pub child: Option<ChildId>,
    /// Why: the name of a [`crate::Purpose`], or empty.
    pub purpose: SmolStr,
    /// How it ended: "allowed", "denied", "failed", …
    pub outcome: SmolStr,
    /// The rest, as JSON text. Kept and sealed byte for byte: store it as text.
    pub detail: String,
}

/// The SHA-256 of a line's canonical bytes: what the tree holds, and what the store keeps beside the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Leaf(pub [u8; 32]);

/// The first bytes of every line's encoding: names the form, so that another form can never be taken for this one.
const FORM: &[u8] = b"kinfold audit line 1\n";

impl AuditLine {
    /// The bytes this line stands for. After the name of the form, each field in the order of the struct: whole
    /// numbers as eight bytes, big end first (`at` as microseconds since 1970); ids as their sixteen bytes; text as
    /// its length in eight bytes and then its UTF-8; an optional field as one byte 0, or 1 and then the field. No
    /// two lines have the same bytes. The form is for ever: another needs another name.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(160 + self.detail.len());
        out.extend_from_slice(FORM);
        out.extend_from_slice(&self.seq.to_be_bytes());
        out.extend_from_slice(&self.at.as_microsecond().to_be_bytes());
        optional(&mut out, self.person.as_ref().map(|person| person.0.as_bytes().as_slice()));
        match &self.session_short {
            None => out.push(0),
            Some(mark) => {
                out.push(1);
                text(&mut out, mark);
            }
        }
        text(&mut out, &self.action);
        optional(&mut out, self.child.as_ref().map(|child| child.0.as_bytes().as_slice()));
        text(&mut out, &self.purpose);
        text(&mut out, &self.outcome);
        text(&mut out, &self.detail);
        out
    }

    /// Its leaf.
    pub fn leaf(&self) -> Leaf {
        Leaf(Sha256::digest(self.canonical_bytes()).into())
    }
}

fn optional(out: &mut Vec<u8>, bytes: Option<&[u8]>) {
    match bytes {
        None => out.push(0),
        Some(bytes) => {
            out.push(1);
            out.extend_from_slice(bytes);
        }
    }
}

fn text(out: &mut Vec<u8>, s: &str) {
    out.extend_from_slice(&(s.len() as u64).to_be_bytes());
    out.extend_from_slice(s.as_bytes());
}
