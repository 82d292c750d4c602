//! Kinfold pathway.
