//! Kinfold exchange.
