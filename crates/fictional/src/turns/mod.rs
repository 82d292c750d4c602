//! The turns of a life: what changes what holds. Law, homes, the circle, and the threshold of leaving.

pub mod circle;
mod homes;
mod law;
mod leaving;

pub use circle::circle;
pub use homes::homes;
pub use law::law;
pub use leaving::leaving;
