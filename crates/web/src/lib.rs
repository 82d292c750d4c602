//! Kinfold web.
