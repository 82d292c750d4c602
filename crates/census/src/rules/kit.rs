//! A small kit for the tests of rules: a return in a few lines, and what the rule must flag in it.
//!
//! ```text
//! case(&RULE, 2026).with(Header, "CHILD,SEX\n1,M\n2,X\n").flags(&[(Header, &[1])]);
//! ```

use jiff::civil::Date;

use crate::check::{Context, Providers, Returns, Rule, Sheet, Supplied, run};
use crate::tables::Table;

/// A return to ask one rule of.
pub(super) struct Case {
    rule: &'static Rule,
    this: Sheet,
    last: Option<Sheet>,
    earlier: Vec<Sheet>,
    providers: Providers,
    authority: String,
    xml: bool,
    dates: Option<(Date, Date)>,
}

/// A return of the collection that ends in this year, without tables.
pub(super) fn case(rule: &'static Rule, year: i16) -> Case {
    Case {
        rule,
        this: Sheet::new(year),
        last: None,
        earlier: Vec::new(),
        providers: Providers::default(),
        authority: "E10000016".into(),
        xml: false,
        dates: None,
    }
}

fn add(sheet: &mut Sheet, table: Table, csv: &str) {
    let mut lines = csv.lines().map(str::trim).filter(|line| !line.is_empty());
    let columns: Vec<&str> = lines.next().unwrap_or_default().split(',').map(str::trim).collect();
    for column in &columns {
        assert!(
            table.columns().contains(column)
                || ["UASC", "PL_LA", "PL_LOCATION", "PL_DISTANCE"].contains(column),
            "{} has no column {column}",
            table.title()
        );
    }
    sheet.add(table, &columns, lines.map(|line| line.split(',').collect()));
}

#[allow(dead_code, reason = "a kit has more in it than any one job needs")]
impl Case {
    /// A table of this year: headings and rows, cells divided by commas. Columns left out are blank; `UASC`, `PL_LA`,
    /// `PL_LOCATION` and `PL_DISTANCE` may be given like any other.
    pub(super) fn with(mut self, table: Table, csv: &str) -> Self {
        add(&mut self.this, table, csv);
        self
    }

    /// A table of last year.
    pub(super) fn last(mut self, table: Table, csv: &str) -> Self {
        let year = self.this.rows.year - 1;
        add(self.last.get_or_insert_with(|| Sheet::new(year)), table, csv);
        self
    }

    /// A table of a year before last.
    pub(super) fn earlier(mut self, year: i16, table: Table, csv: &str) -> Self {
        let at = self.earlier.iter().position(|sheet| sheet.rows.year == year).unwrap_or_else(|| {
            self.earlier.push(Sheet::new(year));
            self.earlier.len() - 1
        });
        add(&mut self.earlier[at], table, csv);
        self
    }

    /// The list of providers as CSV, with the columns `URN`, `PLACE_CODES`, `PROVIDER_CODES` (divided by spaces),
    /// `REG_END`, `POSTCODE`, `LA_CODE`.
    pub(super) fn providers(mut self, csv: &str) -> Self {
        self.providers = Providers::from_csv(csv).unwrap();
        self
    }

    /// The code of the authority; `E10000016` if not said.
    pub(super) fn authority(mut self, code: &str) -> Self {
        self.authority = code.into();
        self
    }

    /// The return came as XML.
    pub(super) fn xml(mut self) -> Self {
        self.xml = true;
        self
    }

    /// Other days for the start and end of the collection.
    pub(super) fn dates(mut self, start: Date, end: Date) -> Self {
        self.dates = Some((start, end));
        self
    }

    /// The rule flags just these rows (from 0) of these tables of this year.
    #[track_caller]
    pub(super) fn flags(self, expected: &[(Table, &[u32])]) {
        let rule = self.rule;
        let report = self.report();
        assert_eq!(report.not_run, [], "rule {} was not run", rule.code);
        assert_eq!(report.run, [rule.code], "rule {} is not asked in that year", rule.code);
        let found: Vec<(Table, u32)> =
            report.findings.iter().filter(|f| !f.last_year).map(|f| (f.table, f.row)).collect();
        let mut wanted: Vec<(Table, u32)> =
            expected.iter().flat_map(|(table, rows)| rows.iter().map(|row| (*table, *row))).collect();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "rule {}", rule.code);
        for finding in &report.findings {
            assert!(
                !finding.cells.is_empty(),
                "rule {} shows no column of {}",
                rule.code,
                finding.table.title()
            );
        }
    }

    /// The rule flags nothing.
    #[track_caller]
    pub(super) fn clean(self) {
        self.flags(&[]);
    }

    /// The rule cannot be asked, and says why in words that hold these.
    #[track_caller]
    pub(super) fn not_run(self, because: &str) {
        let report = self.report();
        assert_eq!(report.run, [""; 0]);
        assert!(report.not_run.iter().any(|n| n.because.contains(because)), "{:?}", report.not_run);
    }

    fn report(self) -> crate::check::Report {
        let year = self.this.rows.year;
        let earlier = self.earlier.into_iter().map(Sheet::finish).collect();
        let returns = Returns::put_in_order(self.this.finish(), self.last.map(Sheet::finish), earlier);
        let supplied = Supplied {
            providers: (!self.providers.is_empty()).then_some(&self.providers),
            authority: Some(&self.authority).filter(|a| !a.is_empty()).map(String::as_str),
            places: None,
        };
        let mut context = Context::new(year, self.xml, &supplied);
        // What a directory would give is given as columns.
        context.has_places = true;
        if let Some((start, end)) = self.dates {
            (context.start, context.end) = (start, end);
        }
        let version = self.rule.published(year).map(|version| (self.rule, version));
        run(version.as_slice(), &returns, &context)
    }
}
