//! Kinfold casework.
