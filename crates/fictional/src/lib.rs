//! Kinfold fictional.
