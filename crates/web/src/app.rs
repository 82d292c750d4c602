//! What every page can reach.

use kinfold_casework::Casework;

/// The running server's state; clones share it.
#[derive(Clone)]
pub struct App {
    /// The only door to the record.
    pub casework: Casework,
    /// Whether cookies may only travel over TLS: off only when the address people use is plain `http` on loopback.
    pub secure_cookies: bool,
}
