//! Kinfold census.
