//! The hash of an item's content: what it says, not how it is laid out.

use sha2::{Digest, Sha256};
use toml::de::{DeTable, DeValue};

/// SHA-256 in hex over the keys in alphabetical order and their values.
pub(crate) fn hash(table: &DeTable<'_>) -> String {
    let mut text = String::new();
    write_table(table, &mut text);
    hex(&text)
}

/// SHA-256 of a text, in hex.
pub(crate) fn hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

fn write_table(table: &DeTable<'_>, out: &mut String) {
    let mut pairs: Vec<_> = table.iter().map(|(k, v)| (k.get_ref().as_ref(), v.get_ref())).collect();
    pairs.sort_by_key(|(k, _)| *k);
    out.push('{');
    for (key, value) in pairs {
        write_string(key, out);
        out.push(':');
        write_value(value, out);
        out.push(',');
    }
    out.push('}');
}

fn write_value(value: &DeValue<'_>, out: &mut String) {
    match value {
        DeValue::String(s) => write_string(s, out),
        DeValue::Integer(n) => out.push_str(n.as_str()),
        DeValue::Float(n) => out.push_str(n.as_str()),
        DeValue::Boolean(b) => out.push_str(if *b { "true" } else { "false" }),
        DeValue::Datetime(d) => out.push_str(&d.to_string()),
        DeValue::Array(list) => {
            out.push('[');
            for value in list {
                write_value(value.get_ref(), out);
                out.push(',');
            }
            out.push(']');
        }
        DeValue::Table(table) => write_table(table, out),
    }
}

/// The length in front keeps two different contents from ever writing the same text.
fn write_string(text: &str, out: &mut String) {
    out.push_str(&text.len().to_string());
    out.push('"');
    out.push_str(text);
}
