//! Kinfold access.
