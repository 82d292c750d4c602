//! Kinfold look.
