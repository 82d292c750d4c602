//! Kinfold record.
