//! Where guidance comes from: the embedded national layer, and a council's own folder on top.

use std::fmt;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

#[derive(rust_embed::RustEmbed)]
#[folder = "../../guidance/"]
struct National;

/// Which layer an item belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerName {
    /// The guidance that comes with the program.
    National,
    /// A council's own.
    Local(String),
}

impl fmt::Display for LayerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::National => f.write_str("national"),
            Self::Local(name) => write!(f, "local:{name}"),
        }
    }
}

/// One file of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the layer's root, with `/`: `rules/care/review.first.toml`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// A folder of guidance, already read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Which.
    pub name: LayerName,
    /// Its files, by path.
    pub files: Vec<SourceFile>,
}

impl Layer {
    /// The layer embedded in the program.
    pub fn national() -> Self {
        let mut files: Vec<SourceFile> = National::iter()
            .filter(|path| [".toml", ".csv", ".lock"].iter().any(|ext| path.ends_with(ext)))
            .filter_map(|path| {
                let file = National::get(&path)?;
                Some(SourceFile {
                    path: path.into_owned(),
                    text: String::from_utf8_lossy(&file.data).into_owned(),
                })
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { name: LayerName::National, files }
    }

    /// A council's own layer from a folder of the same shape. The layer is called after the folder.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read, or is not UTF-8.
    pub fn from_dir(dir: &Path) -> io::Result<Self> {
        let name = dir
            .canonicalize()?
            .file_name()
            .map_or_else(|| "local".to_owned(), |n| n.to_string_lossy().into_owned());
        let mut files = Vec::new();
        read_dir(dir, "", &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { name: LayerName::Local(name), files })
    }

    /// A layer from texts, for tests and previews.
    pub fn from_texts(name: LayerName, files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut files: Vec<SourceFile> =
            files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { name, files }
    }

    /// How a file of this layer is named in messages.
    pub(crate) fn label(&self, path: &str) -> String {
        match &self.name {
            LayerName::National => format!("guidance/{path}"),
            LayerName::Local(name) => format!("{name}/{path}"),
        }
    }
}

fn read_dir(dir: &Path, prefix: &str, out: &mut Vec<SourceFile>) -> io::Result<()> {
    for item in std::fs::read_dir(dir)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if item.file_type()?.is_dir() {
            read_dir(&item.path(), &path, out)?;
        } else if [".toml", ".csv", ".lock"].iter().any(|ext| path.ends_with(ext)) {
            out.push(SourceFile { text: std::fs::read_to_string(item.path())?, path });
        }
    }
    Ok(())
}
