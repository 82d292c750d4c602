//! The guidance that comes with the program has no mistakes.

use kinfold_guidance::{Guidance, Layer};

#[test]
fn the_national_guidance_has_no_mistakes() {
    match Guidance::load(&[Layer::national()]) {
        Ok(guidance) => {
            assert!(guidance.rules.len() >= 9, "only {} rules", guidance.rules.len());
            assert!(guidance.rules.iter().all(|r| !r.source.cite.is_empty() && r.hash.len() == 64));
        }
        Err(mistakes) => panic!("\n{mistakes}"),
    }
}
