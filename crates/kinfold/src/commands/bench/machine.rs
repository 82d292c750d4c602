//! The machine that was measured on.

use serde::Serialize;

/// What figures depend on.
#[derive(Debug, Serialize)]
pub(super) struct Machine {
    pub cores: usize,
    pub processor: Option<String>,
    pub memory_mib: Option<u64>,
    pub system: Option<String>,
    /// Processes that wanted a core when it began: about nothing, or others were at work too.
    pub load_before: Option<f64>,
}

impl Machine {
    /// This one.
    pub fn here() -> Self {
        let file = |path: &str| std::fs::read_to_string(path).ok();
        Self {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            processor: file("/proc/cpuinfo").and_then(|text| {
                let line = text.lines().find(|line| line.starts_with("model name"))?;
                Some(line.split_once(':')?.1.trim().to_owned())
            }),
            memory_mib: file("/proc/meminfo")
                .and_then(|text| kibibytes(&text, "MemTotal:"))
                .map(|k| k / 1024),
            system: file("/proc/sys/kernel/osrelease").map(|release| format!("Linux {}", release.trim())),
            load_before: file("/proc/loadavg").and_then(|text| text.split(' ').next()?.parse().ok()),
        }
    }

    /// In a line.
    pub fn text(&self) -> String {
        format!(
            "{} cores ({}), {}, {}, load before {}",
            self.cores,
            self.processor.as_deref().unwrap_or("unknown processor"),
            self.memory_mib.map_or_else(|| "unknown memory".to_owned(), |mib| format!("{mib} MiB memory")),
            self.system.as_deref().unwrap_or("unknown system"),
            self.load_before.map_or_else(|| "unknown".to_owned(), |load| format!("{load:.1}"))
        )
    }
}

/// The most memory this process has held so far, in MiB.
pub(super) fn peak_memory_mib() -> Option<u64> {
    kibibytes(&std::fs::read_to_string("/proc/self/status").ok()?, "VmHWM:").map(|k| k / 1024)
}

/// What this process has had read from the disk so far, in bytes: what the machine holds in memory is not in it.
pub(super) fn read_from_disk() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/io").ok()?;
    text.lines().find_map(|line| line.strip_prefix("read_bytes: "))?.parse().ok()
}

fn kibibytes(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
