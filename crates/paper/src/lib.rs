//! Documents on paper.
