//! What was measured, as JSON and as text.

use std::time::Duration;

use serde::Serialize;

/// Times of many like things.
#[derive(Debug, Default)]
pub(super) struct Times(Vec<Duration>);

impl Times {
    /// One more.
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// All of another's.
    pub fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// In seconds, the shortest first.
    pub fn seconds(mut self) -> Vec<f64> {
        self.0.sort_unstable();
        self.0.iter().map(Duration::as_secs_f64).collect()
    }

    /// Their distribution.
    pub fn spread(mut self) -> Spread {
        self.0.sort_unstable();
        let at = |part: f64| {
            let last = self.0.len().saturating_sub(1);
            // The nearest rank: p99 of a hundred is the second largest of them, not a value between two.
            let index = (part * self.0.len() as f64).ceil() as usize;
            self.0.get(index.saturating_sub(1).min(last)).map_or(0.0, |t| millis(*t))
        };
        Spread { count: self.0.len(), p50_ms: at(0.50), p99_ms: at(0.99), max_ms: at(1.0) }
    }
}

/// Milliseconds with three decimals.
fn millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

/// A distribution of times in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Spread {
    pub count: usize,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub max_ms: f64,
}

/// Everything that was measured. The names are a contract: docs/performance.md explains them.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    pub children: usize,
    pub database: &'static str,
    pub seed: u64,
    pub release: bool,
    pub machine: super::machine::Machine,
    /// Nothing where a council of an earlier run was measured again.
    pub import: Option<Import>,
    pub recompute: Option<Recompute>,
    pub append: Option<Spread>,
    pub people: Vec<Steady>,
    pub flat_out: Option<FlatOut>,
    pub peak_memory_mib: Option<u64>,
    pub database_mib: Option<u64>,
}

/// Bringing all children in.
#[derive(Debug, Serialize)]
pub(super) struct Import {
    pub entries: usize,
    pub seconds: f64,
    pub children_per_second: f64,
    pub entries_per_second: f64,
}

/// Working out every duty.
#[derive(Debug, Serialize)]
pub(super) struct Recompute {
    /// Everything: reading, working out, comparing with what is stored. The middle of the passes.
    pub seconds: f64,
    /// Every pass, the quickest first.
    pub passes: Vec<f64>,
    pub duties: usize,
    pub changed: usize,
    /// What the machine no longer had in memory and read from the disk in all passes, in MiB.
    pub from_disk_mib: Option<u64>,
    pub read_seconds: f64,
    pub decode_seconds: f64,
    pub compute_seconds: f64,
}

/// So many people asking, with a writer.
#[derive(Debug, Serialize)]
pub(super) struct Steady {
    pub people: usize,
    pub every_ms: u64,
    pub worklist: Spread,
    pub child_page: Spread,
    pub errors: usize,
    pub written: usize,
}

/// As many pages as it can.
#[derive(Debug, Serialize)]
pub(super) struct FlatOut {
    pub connections: usize,
    pub bare_per_second: f64,
    pub child_page_per_second: f64,
    pub worklist_per_second: f64,
    pub child_page_ratio: f64,
    pub worklist_ratio: f64,
    pub child_page_bytes: usize,
    pub worklist_bytes: usize,
    pub errors: usize,
}

impl Figures {
    /// For people.
    pub fn text(&self) -> String {
        let mut out = format!(
            "{} children, {}{}\n{}\n\n",
            self.children,
            self.database,
            if self.release { "" } else { " (not a release build: the figures mean little)" },
            self.machine.text()
        );
        let size = |mib: Option<u64>| mib.map_or_else(|| "not known".to_owned(), |mib| format!("{mib} MiB"));
        let mut line = |name: &str, value: String| out.push_str(&format!("{name:<44}{value}\n"));
        if let Some(import) = &self.import {
            line(
                "import",
                format!(
                    "{} entries in {:.1} s, {:.0} children/s, {:.0} entries/s",
                    import.entries, import.seconds, import.children_per_second, import.entries_per_second
                ),
            );
        }
        if let Some(r) = &self.recompute {
            line(
                "all duties recomputed",
                format!(
                    "{:.2} s, from {:.2} to {:.2} s in {} passes ({} duties, {} chronologies changed)",
                    r.seconds,
                    r.passes.first().unwrap_or(&r.seconds),
                    r.passes.last().unwrap_or(&r.seconds),
                    r.passes.len(),
                    r.duties,
                    r.changed
                ),
            );
            line(
                "  of it: read, decode, work out",
                format!("{:.2} s, {:.2} s, {:.2} s", r.read_seconds, r.decode_seconds, r.compute_seconds),
            );
            line("  read from the disk meanwhile", size(r.from_disk_mib));
        }
        if let Some(append) = &self.append {
            line("append one entry", spread(append));
        }
        for steady in &self.people {
            let who =
                if steady.people == 1 { "1 person".to_owned() } else { format!("{} people", steady.people) };
            line(&format!("{who}, worklist"), spread(&steady.worklist));
            line(&format!("{who}, child page"), spread(&steady.child_page));
            line(
                &format!("{who}, errors; entries written"),
                format!("{}; {}", steady.errors, steady.written),
            );
        }
        if let Some(f) = &self.flat_out {
            line(
                &format!("flat out, {} connections: bare handler", f.connections),
                format!("{:.0} /s", f.bare_per_second),
            );
            let page = |speed: f64, ratio: f64, bytes: usize| {
                format!("{speed:.0} /s, ratio {ratio:.2}, {bytes} bytes")
            };
            line("  child page", page(f.child_page_per_second, f.child_page_ratio, f.child_page_bytes));
            line("  worklist", page(f.worklist_per_second, f.worklist_ratio, f.worklist_bytes));
            line("  errors", f.errors.to_string());
        }
        line("peak memory", size(self.peak_memory_mib));
        line("database", size(self.database_mib));
        out
    }
}

fn spread(s: &Spread) -> String {
    format!("p50 {:.2} ms, p99 {:.2} ms, max {:.2} ms ({} times)", s.p50_ms, s.p99_ms, s.max_ms, s.count)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Times;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let mut times = Times::default();
        for ms in (1..=100).rev() {
            times.push(Duration::from_millis(ms));
        }
        let spread = times.spread();
        assert_eq!((spread.p50_ms, spread.p99_ms, spread.max_ms, spread.count), (50.0, 99.0, 100.0, 100));
        assert_eq!(Times::default().spread().count, 0);
    }
}
