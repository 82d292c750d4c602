//! How long it takes to work out the duties of invented children: `cargo run --release -p kinfold-fictional --example
//! speed -- [CHILDREN] [TOGETHER]`, on one core.
//!
//! Each pass goes through all of them, as working out everything afresh does: the same child twice in a row would find
//! its own data at hand.
#![expect(clippy::expect_used, reason = "a measuring program stops when its own data are wrong")]

use std::time::Instant;

use jiff::civil::date;
use kinfold_guidance::Guidance;
use kinfold_pathway::{Rules, duties};
use kinfold_record::{Chronology, Timeline};

const PASSES: usize = 5;

fn main() {
    let count = std::env::args().nth(1).map_or(4000, |count| count.parse().expect("how many children"));
    let together = std::env::args().nth(2).map_or(16, |many| many.parse().expect("how many at once"));
    let rules = Rules::compile(&Guidance::national().expect("guidance without mistakes"));
    let on = date(2026, 11, 21);
    let stored: Vec<Vec<u8>> = kinfold_fictional::bulk(count, 1, on)
        .iter()
        .map(|child| Chronology::new(child.id, child.entries).expect("one chronology"))
        .map(|chronology| postcard::to_stdvec(&Timeline::fold(&chronology, None)).expect("bytes"))
        .collect();
    let (mut decoding, mut working_out, mut encoding) = (f64::MAX, f64::MAX, f64::MAX);
    let (mut entries, mut owed, mut bytes) = (0, 0, 0);
    let mut written = Vec::new();
    for _ in 0..PASSES {
        let mut took = [0.0; 3];
        (entries, owed, bytes) = (0, 0, 0);
        for stored in stored.chunks(together) {
            let start = Instant::now();
            let timelines: Vec<Timeline> =
                stored.iter().map(|stored| postcard::from_bytes(stored).expect("a timeline")).collect();
            took[0] += start.elapsed().as_secs_f64();
            let start = Instant::now();
            let found = timelines.iter().map(|timeline| duties(timeline, &rules, on)).collect::<Vec<_>>();
            took[1] += start.elapsed().as_secs_f64();
            let start = Instant::now();
            for found in &found {
                written.clear();
                written = postcard::to_extend(&found.duties, written).expect("bytes");
            }
            took[2] += start.elapsed().as_secs_f64();
            entries += timelines.iter().map(|timeline| timeline.happenings.len()).sum::<usize>();
            owed += found.iter().map(|found| found.duties.len()).sum::<usize>();
            bytes += stored.iter().map(Vec::len).sum::<usize>();
        }
        decoding = decoding.min(took[0]);
        working_out = working_out.min(took[1]);
        encoding = encoding.min(took[2]);
    }
    let each = |n: usize| n as f64 / count as f64;
    let micros = |seconds: f64| seconds / count as f64 * 1e6;
    println!(
        "{} rules, {:.0} entries in {:.0} bytes and {:.1} duties a child; microseconds a child: decoding {:.1}, \
         working out {:.1}, encoding {:.1}",
        rules.all().count(),
        each(entries),
        each(bytes),
        each(owed),
        micros(decoding),
        micros(working_out),
        micros(encoding),
    );
}
