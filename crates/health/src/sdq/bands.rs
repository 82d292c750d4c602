//! What a score means: bands with the confidence that is due to each.
//!
//! Cut-offs that were found in one place only, or that sources disagree about, are marked; a band that sources
//! contradict each other about is left out rather than guessed.

use super::{Form, Scale};

/// One of the two sets of bands in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// The original one, with borders at about the 80th and 90th centile. The Department for Education uses it.
    Three,
    /// The newer one, in four steps.
    Four,
}

/// How sure the cut-offs of a band are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Read in a published table.
    Published,
    /// From sources that cite the table.
    Secondary,
    /// Known, but not checked against a source yet.
    Unverified,
}

/// Where a score lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The set of bands.
    pub scheme: Scheme,
    /// From 0, close to average, upwards to what is most of concern: 2, or 3 in the set of four.
    pub rank: usize,
    /// Whether low is what is of concern.
    pub low: bool,
    /// How sure the cut-offs are.
    pub confidence: Confidence,
}

impl Band {
    /// The band in words.
    pub fn words(self) -> &'static str {
        match (self.scheme, self.rank, self.low) {
            (Scheme::Three, 0, _) => "normal",
            (Scheme::Three, 1, _) => "borderline",
            (Scheme::Three, _, _) => "abnormal",
            (Scheme::Four, 0, _) => "close to average",
            (Scheme::Four, 1, false) => "slightly raised",
            (Scheme::Four, 2, false) => "high",
            (Scheme::Four, _, false) => "very high",
            (Scheme::Four, 1, true) => "slightly lowered",
            (Scheme::Four, 2, true) => "low",
            (Scheme::Four, _, true) => "very low",
        }
    }

    /// Whether it is the one most of concern, or in the set of four one of the two.
    pub fn is_of_concern(self) -> bool {
        self.rank >= 2
    }
}

/// The last score of each band but the highest; the highest goes to the end of the scale.
type Tops = &'static [u8];

/// The band of a score. None where no cut-offs are known well enough.
pub fn band(form: Form, scheme: Scheme, scale: Scale, score: u8) -> Option<Band> {
    let (ends, confidence) = cuts(form, scheme, scale)?;
    let low = scale == Scale::Prosocial;
    let rank = if low {
        // Written as the first score of each band, from above.
        ends.iter().filter(|first| score < **first).count()
    } else {
        ends.iter().filter(|last| score > **last).count()
    };
    Some(Band { scheme, rank, low, confidence })
}

fn cuts(form: Form, scheme: Scheme, scale: Scale) -> Option<(Tops, Confidence)> {
    use Confidence::{Published, Secondary, Unverified};
    let cuts: (Tops, Confidence) = match (form, scheme, scale) {
        (Form::Carer4To17, Scheme::Three, scale) => match scale {
            Scale::Total => (&[13, 16], Secondary),
            Scale::Emotional => (&[3, 4], Secondary),
            Scale::Conduct | Scale::Peer => (&[2, 3], Secondary),
            Scale::Hyperactivity => (&[5, 6], Secondary),
            // Two sources put the border of prosocial behaviour at different scores.
            Scale::Prosocial | Scale::Impact => return None,
        },
        // The form for younger children was checked for the carer's total only.
        (Form::Carer2To4, Scheme::Three, Scale::Total) => (&[12, 15], Secondary),
        (Form::Teacher4To17, Scheme::Three, Scale::Total) => (&[11, 15], Unverified),
        (Form::Young11To17, Scheme::Three, Scale::Total) => (&[15, 19], Unverified),
        (Form::Carer4To17, Scheme::Four, scale) => match scale {
            Scale::Total => (&[13, 16, 19], Unverified),
            Scale::Emotional => (&[3, 4, 6], Unverified),
            Scale::Conduct => (&[2, 3, 5], Unverified),
            Scale::Hyperactivity => (&[5, 7, 8], Unverified),
            Scale::Peer => (&[2, 3, 4], Unverified),
            Scale::Prosocial => return None,
            Scale::Impact => (&[0, 1, 2], Unverified),
        },
        (Form::Teacher4To17, Scheme::Four, scale) => match scale {
            Scale::Total => (&[11, 15, 18], Published),
            Scale::Emotional => (&[3, 4, 5], Published),
            Scale::Conduct => (&[2, 3, 4], Published),
            Scale::Hyperactivity => (&[5, 7, 8], Published),
            Scale::Peer => (&[2, 4, 5], Published),
            Scale::Prosocial => (&[6, 5, 4], Published),
            Scale::Impact => (&[0, 1, 2], Published),
        },
        (Form::Young11To17, Scheme::Four, scale) => match scale {
            Scale::Total => (&[14, 17, 19], Unverified),
            Scale::Emotional => (&[4, 5, 6], Unverified),
            Scale::Conduct => (&[3, 4, 5], Unverified),
            Scale::Hyperactivity => (&[5, 6, 7], Unverified),
            Scale::Peer => (&[2, 3, 4], Unverified),
            Scale::Prosocial => (&[7, 6, 5], Unverified),
            Scale::Impact => (&[0, 1, 2], Unverified),
        },
        _ => return None,
    };
    Some(cuts)
}
