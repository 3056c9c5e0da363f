//! Rows of text: columns for people, tabs for a pipe.

/// Rows with a heading. On a terminal the columns stand below each other; in a
/// pipe there is no heading and one tab between two cells, for `cut` and `awk`.
pub(crate) fn table<const N: usize>(
    heading: [&str; N],
    rows: &[[String; N]],
    for_people: bool,
) -> String {
    if !for_people {
        return rows.iter().map(|row| row.join("\t") + "\n").collect();
    }
    let heading = heading.map(str::to_owned);
    let all = || std::iter::once(&heading).chain(rows);
    let width = |column: usize| {
        let widths = all().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut text = String::new();
    for row in all() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&format!("{cell:width$}  "));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_columns_and_programs_tabs() {
        let rows = [
            ["INC-1".to_owned(), "API is down".to_owned()],
            ["INC-12".to_owned(), "é".to_owned()],
        ];
        let people = table(["NUMBER", "TITLE"], &rows, true);
        assert_eq!(people, "NUMBER  TITLE\nINC-1   API is down\nINC-12  é\n");
        assert_eq!(
            table(["NUMBER", "TITLE"], &rows, false),
            "INC-1\tAPI is down\nINC-12\té\n"
        );
    }
}
