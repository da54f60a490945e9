//! CSV as jobs have it: its dialect, its columns, its rows.

use std::borrow::Cow;
use std::io::{self, Read, Write};

use csv::{QuoteStyle, ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use super::refusal::{BulkCode, BulkRefusal};
use crate::salesforce::body::{Given, Pairs};
use crate::salesforce::error::ApiError;
use crate::salesforce::schema::{Field, Kind, SObject, Schema, Source};
use crate::salesforce::values;

/// What stands for null in a cell; an empty cell leaves the field alone.
const NULL: &str = "#N/A";

/// Which characters separate cells and lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: Delimiter,
    pub(super) line_ending: LineEnding,
}

/// `columnDelimiter`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Delimiter {
    Backquote,
    Caret,
    #[default]
    Comma,
    Pipe,
    Semicolon,
    Tab,
}

/// `lineEnding`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum LineEnding {
    #[default]
    Lf,
    Crlf,
}

impl LineEnding {
    fn name(self) -> &'static str {
        match self {
            Self::Lf => "LF",
            Self::Crlf => "CRLF",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::Crlf => "\r\n",
        }
    }
}

impl Dialect {
    /// What Bulk API 1.0 reads and writes.
    pub(super) const PLAIN: Self = Self {
        delimiter: Delimiter::Comma,
        line_ending: LineEnding::Lf,
    };

    fn byte(self) -> u8 {
        match self.delimiter {
            Delimiter::Backquote => b'`',
            Delimiter::Caret => b'^',
            Delimiter::Comma => b',',
            Delimiter::Pipe => b'|',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }

    pub(super) fn reader<R: Read>(self, data: R) -> csv::Reader<R> {
        ReaderBuilder::new()
            .delimiter(self.byte())
            .has_headers(false)
            .flexible(true)
            .from_reader(data)
    }

    /// Every cell is quoted, as the service does.
    pub(super) fn writer<W: Write>(self, to: W) -> csv::Writer<W> {
        WriterBuilder::new()
            .delimiter(self.byte())
            .terminator(match self.line_ending {
                LineEnding::Lf => Terminator::Any(b'\n'),
                LineEnding::Crlf => Terminator::CRLF,
            })
            .quote_style(QuoteStyle::Always)
            .flexible(true)
            .from_writer(to)
    }

    /// One line of cells.
    pub(super) fn line<'c>(self, cells: impl IntoIterator<Item = &'c str>) -> Vec<u8> {
        let (mut line, delimiter) = (Vec::new(), self.byte());
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                line.push(delimiter);
            }
            line.push(b'"');
            line.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            line.push(b'"');
        }
        line.extend_from_slice(self.line_ending.text().as_bytes());
        line
    }

    /// Refuses data whose first line ends in another way than the job says. `start`: how the data starts.
    pub(super) fn check_line_ending(self, start: &[u8]) -> Result<(), BulkRefusal> {
        let mut quoted = false;
        let end = start.iter().position(|byte| {
            quoted ^= *byte == b'"';
            *byte == b'\n' && !quoted
        });
        let Some(end) = end else { return Ok(()) };
        let found = match start[..end].ends_with(b"\r") {
            true => LineEnding::Crlf,
            false => LineEnding::Lf,
        };
        match found == self.line_ending {
            true => Ok(()),
            false => Err(BulkRefusal::new(
                BulkCode::ClientInputError,
                format!(
                    "LineEnding is invalid on user data. Current LineEnding setting is {}",
                    self.line_ending.name()
                ),
            )),
        }
    }
}

/// What a column sets.
#[derive(Clone, Debug)]
pub(super) enum Column<'s> {
    Field(&'s Field),
    /// `Account.ExtId__c`, and `Owner:User.ExtId__c` where a reference leads to several objects.
    Reference {
        field: &'s Field,
        object: Option<&'s SObject>,
        key: &'s str,
    },
}

/// The columns of a header.
///
/// # Errors
/// Where one is no field: the first such column is named.
pub(super) fn columns<'s>(
    header: &'s StringRecord,
    object: &'s SObject,
    schema: &'s Schema,
) -> Result<Vec<Column<'s>>, BulkRefusal> {
    let column = |name: &'s str| {
        column(name.trim(), object, schema).ok_or_else(|| {
            let message = format!("Field name not found : {name}");
            BulkRefusal::new(BulkCode::InvalidBatch, message)
        })
    };
    header.iter().map(column).collect()
}

fn column<'s>(name: &'s str, object: &'s SObject, schema: &'s Schema) -> Option<Column<'s>> {
    if let Some(field) = object.field(name) {
        return Some(Column::Field(field));
    }
    let (path, key) = name.rsplit_once('.')?;
    let (relationship, typed) = match path.split_once(':') {
        None => (path, None),
        // The guide writes the object first; data in the wild has it second.
        Some((first, second)) => match object.relationship(first) {
            Some(_) => (first, Some(second)),
            None => (second, Some(first)),
        },
    };
    let field = object.relationship(relationship)?;
    let mut others = field.referenced().filter_map(|name| schema.object(name));
    let object = match typed {
        Some(name) => Some(&**others.find(|other| other.name.eq_ignore_ascii_case(name))?),
        None => None,
    };
    let key = match object {
        Some(object) => &*object.field(key)?.name,
        None => &*others.find_map(|other| other.field(key))?.name,
    };
    Some(Column::Reference { field, object, key })
}

/// The fields that a row sets: empty cells are left out.
pub(super) fn pairs<'r>(
    columns: &[Column<'r>],
    row: &'r StringRecord,
    schema: &Schema,
) -> Result<Pairs<'r>, ApiError> {
    let cells = columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
    cells
        .map(|(column, cell)| match column {
            Column::Field(field) => Ok((Cow::Borrowed(&*field.name), value(field, cell, schema)?)),
            Column::Reference { field, .. } if cell == NULL => {
                Ok((Cow::Borrowed(&*field.name), Given::Null))
            }
            Column::Reference { field, object, key } => {
                let relationship = field.relationship.as_deref().unwrap_or_default();
                let text = |text: &'r str| Given::Text(Cow::Borrowed(text));
                let mut pairs = vec![(Cow::Borrowed(*key), text(cell))];
                if let Some(object) = object {
                    let named = vec![(Cow::Borrowed("type"), text(&object.name))];
                    pairs.push((Cow::Borrowed("attributes"), Given::Object(named)));
                }
                Ok((Cow::Borrowed(relationship), Given::Object(pairs)))
            }
        })
        .collect()
}

/// The value of a cell. Bulk API guide, "Valid Data Types": truth values have many spellings.
pub(super) fn value<'r>(
    field: &Field,
    cell: &'r str,
    schema: &Schema,
) -> Result<Given<'r>, ApiError> {
    if cell == NULL {
        return Ok(Given::Null);
    }
    let spelt = |spellings: [&str; 5]| {
        spellings
            .iter()
            .any(|known| cell.eq_ignore_ascii_case(known))
    };
    let text = Given::Text(Cow::Borrowed(cell));
    match field.kind {
        Kind::Boolean if spelt(["true", "yes", "y", "on", "1"]) => Ok(Given::Boolean(true)),
        Kind::Boolean if spelt(["false", "no", "n", "off", "0"]) => Ok(Given::Boolean(false)),
        Kind::Boolean => Err(wrong_type(field, cell)),
        // Of these a REST request's parser says that it can't read them; there is none here.
        Kind::Int | Kind::Double | Kind::Currency | Kind::Percent | Kind::Date | Kind::DateTime
            if field.source != Source::Id =>
        {
            values::checked(schema, field, text).map_err(|_| wrong_type(field, cell))
        }
        _ => Ok(text),
    }
}

fn wrong_type(field: &Field, value: &str) -> ApiError {
    ApiError::WrongType {
        label: field.label.to_string(),
        field: field.name.to_string(),
        value: value.to_owned(),
    }
}

/// What `csv` says of data that is none, as a job's error.
pub(super) fn unreadable(error: &csv::Error) -> BulkRefusal {
    let place = error.position().map_or(0, csv::Position::record);
    let message = match error.kind() {
        csv::ErrorKind::Io(error) => return disk(error),
        _ => format!("Row {place} can't be read"),
    };
    BulkRefusal::new(BulkCode::ClientInputError, message)
}

pub(super) fn disk(error: &io::Error) -> BulkRefusal {
    BulkRefusal::new(
        BulkCode::Unknown,
        format!("the mock could not use its disk: {error}"),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::salesforce::bulk::job::Found;

    fn dialects() -> impl Strategy<Value = Dialect> {
        let delimiter = prop_oneof![
            Just(Delimiter::Backquote),
            Just(Delimiter::Caret),
            Just(Delimiter::Comma),
            Just(Delimiter::Pipe),
            Just(Delimiter::Semicolon),
            Just(Delimiter::Tab),
        ];
        let line_ending = prop_oneof![Just(LineEnding::Lf), Just(LineEnding::Crlf)];
        (delimiter, line_ending).prop_map(|(delimiter, line_ending)| Dialect {
            delimiter,
            line_ending,
        })
    }

    fn read(dialect: Dialect, data: &[u8]) -> Vec<Vec<String>> {
        let rows = dialect.reader(data).into_records();
        rows.map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    #[track_caller]
    fn check_column(name: &str, expected: Option<&str>) {
        let schema = Schema::standard();
        let object = schema.object("Task").unwrap();

        let found = column(name, object, &schema).map(|column| match column {
            Column::Field(field) => field.name.to_string(),
            Column::Reference { field, object, key } => {
                let object = object.map_or("", |object| &object.name);
                format!("{} -> {object}.{key}", field.name)
            }
        });

        assert_eq!(found.as_deref(), expected, "{name}");
    }

    #[test]
    fn columns_are_fields_or_references_in_any_case() {
        check_column("SUBJECT", Some("Subject"));
        check_column("Owner.Email", Some("OwnerId -> .Email"));
        check_column("user:owner.email", Some("OwnerId -> User.Email"));
        check_column("Owner:User.Email", Some("OwnerId -> User.Email"));
        check_column("Owner:Account.Name", None);
        check_column("Owner.Nothing", None);
        check_column("Nothing.Email", None);
        check_column("Foo__c", None);
        check_column("", None);
    }

    #[test]
    fn the_first_line_break_outside_quotes_counts() {
        let check = |dialect: Dialect, start: &[u8]| dialect.check_line_ending(start).is_ok();
        let crlf = Dialect {
            line_ending: LineEnding::Crlf,
            ..Dialect::PLAIN
        };

        assert!(check(Dialect::PLAIN, b"\"a\r\nb\",c\nd\r\n"));
        assert!(check(crlf, b"\"a\nb\",c\r\n"));
        assert!(!check(crlf, b"a\n"));
        assert!(!check(Dialect::PLAIN, b"a\r\n"));
        assert!(check(crlf, b"a"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_written_reads_back(
            dialect in dialects(),
            rows in prop::collection::vec(prop::collection::vec("[a-z\"'`^,;|\t\r\n é#/]{0,8}", 3), 0..20),
        ) {
            let mut writer = dialect.writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let by_writer = writer.into_inner().unwrap();
            let by_line: Vec<u8> = rows
                .iter()
                .flat_map(|row| dialect.line(row.iter().map(String::as_str)))
                .collect();

            prop_assert_eq!(read(dialect, &by_writer), rows);
            prop_assert_eq!(by_writer, by_line);
        }

        #[test]
        fn no_bytes_panic(
            dialect in dialects(),
            data in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'"'), Just(b','), Just(b'\n')], 0..300),
        ) {
            let schema = Schema::standard();
            let object = schema.object("Task").unwrap();
            let _ = dialect.check_line_ending(&data);
            let mut reader = dialect.reader(&*data);
            let header = StringRecord::from(vec!["Subject", "Owner.Email", "IsReminderSet", "ActivityDate"]);
            let columns = columns(&header, object, &schema).unwrap();
            let mut row = StringRecord::new();
            // What is no UTF-8 is refused, and ends the data.
            while let Ok(true) = reader.read_record(&mut row) {
                let _ = pairs(&columns, &row, &schema);
                let _ = super::columns(&row, object, &schema);
            }
        }

        #[test]
        fn every_row_is_found_again(
            rows in prop::collection::vec(prop::collection::vec("[a\"\r\n,]{0,4}", 2), 0..350),
        ) {
            use crate::salesforce::bulk::select::{STRIDE, place};
            use crate::salesforce::bulk::spool::SpoolWriter;
            let (mut writer, mut starts) = (SpoolWriter::default(), Vec::new());
            for row in &rows {
                starts.push(writer.length());
                writer.write_all(&Dialect::PLAIN.line(row.iter().map(String::as_str))).unwrap();
            }
            let found = Found {
                id: crate::ids::SalesforceId::new(*b"752", *b"000", 1),
                head: Vec::new(),
                count: rows.len() as u64,
                marks: starts.iter().copied().step_by(STRIDE).collect(),
                rows: writer.finish().unwrap(),
            };

            for (row, start) in starts.iter().enumerate() {
                prop_assert_eq!(place(&found, row).unwrap(), *start);
            }
            prop_assert_eq!(place(&found, rows.len()).unwrap(), found.rows.length());
        }
    }
}
