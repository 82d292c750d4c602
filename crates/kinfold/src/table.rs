//! A table in plain text, for the terminal.

/// Lines of a table with a heading, columns as wide as their widest cell, two spaces apart.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count());
        cells.chain(head.get(at).map(|h| h.chars().count())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        padded.join("  ").trim_end().to_owned()
    };
    let mut out = vec![
        line(&head.iter().map(ToString::to_string).collect::<Vec<_>>()),
        line(&widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>()),
    ];
    out.extend(rows.iter().map(|row| line(row)));
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_and_lines_end_without_spaces() {
        let rows = vec![vec!["Ann".to_owned(), "x".to_owned()], vec!["Zoë Amy".to_owned(), String::new()]];
        assert_eq!(table(&["Name", "?"], &rows), "Name     ?\n───────  ─\nAnn      x\nZoë Amy");
    }
}
