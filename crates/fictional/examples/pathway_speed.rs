//! How long it takes to work out the duties of invented children: `cargo run --release -p kinfold-fictional --example
//! pathway_speed -- [CHILDREN]`, on one core.
#![expect(clippy::expect_used, reason = "a measuring program stops when its own data are wrong")]

use std::hash::BuildHasher as _;
use std::time::Instant;

use foldhash::quality::FixedState;
use jiff::civil::date;
use kinfold_guidance::Guidance;
use kinfold_pathway::{Rules, duties};
use kinfold_record::{Chronology, Timeline};

const PASSES: usize = 9;
const HELPING: usize = 50;

fn main() {
    let count = std::env::args().nth(1).map_or(4000, |count| count.parse().expect("how many children"));
    let rules = Rules::compile(&Guidance::national().expect("guidance without mistakes"));
    let on = date(2026, 11, 21);
    let stored: Vec<Vec<u8>> = kinfold_fictional::bulk(count, 1, on)
        .iter()
        .map(|child| Chronology::new(child.id, child.entries).expect("one chronology"))
        .map(|chronology| postcard::to_stdvec(&Timeline::fold(&chronology, None)).expect("bytes"))
        .collect();
    // Of each helping the best of several passes: other programs on the machine disturb some of them. A helping is more
    // than a core keeps at hand, as it is when everything is worked out.
    let (mut entries, mut owed, mut bytes) = (0, 0, 0);
    let mut took = [0.0; 3];
    let hashes = FixedState::with_seed(1);
    let mut digests = 0_u64;
    for helping in stored.chunks(HELPING) {
        let mut best = [f64::MAX; 3];
        let (mut held, mut found) = (Vec::new(), Vec::new());
        for _ in 0..PASSES {
            let start = Instant::now();
            held = helping
                .iter()
                .map(|one| postcard::from_bytes::<Timeline>(one).expect("a timeline"))
                .collect();
            best[0] = start.elapsed().as_secs_f64().min(best[0]);
            let start = Instant::now();
            found = held.iter().map(|timeline| duties(timeline, &rules, on)).collect();
            best[1] = start.elapsed().as_secs_f64().min(best[1]);
            let start = Instant::now();
            for found in &found {
                digests ^= hashes.hash_one(&found.duties);
            }
            best[2] = start.elapsed().as_secs_f64().min(best[2]);
        }
        took.iter_mut().zip(best).for_each(|(took, best)| *took += best);
        entries += held.iter().map(|timeline| timeline.happenings.len()).sum::<usize>();
        owed += found.iter().map(|found| found.duties.len()).sum::<usize>();
        bytes += helping.iter().map(Vec::len).sum::<usize>();
    }
    let [decoding, working_out, digesting] = took;
    let each = |n: usize| n as f64 / count as f64;
    let micros = |seconds: f64| seconds / count as f64 * 1e6;
    println!(
        "{} rules, {:.0} entries in {:.0} bytes and {:.1} duties a child; microseconds a child: decoding {:.1}, \
         working out {:.1}, making a digest {:.2} ({digests:x})",
        rules.all().count(),
        each(entries),
        each(bytes),
        each(owed),
        micros(decoding),
        micros(working_out),
        micros(digesting),
    );
}
