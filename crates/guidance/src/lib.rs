//! Kinfold guidance.
