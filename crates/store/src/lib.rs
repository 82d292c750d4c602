//! Kinfold store.
