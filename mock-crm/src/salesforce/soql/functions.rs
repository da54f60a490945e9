//! The functions of SOQL. SOQL reference, "Aggregate Functions", "Date Functions", "Translate Results".

use jiff::civil::Date;

use super::dates;
use crate::clock::Timestamp;
use crate::query::Value;
use crate::salesforce::schema::Kind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum Function {
    Aggregate(Aggregate),
    Part(DatePart),
    Shown(Shown),
    /// `convertTimezone`: the mock's users live in UTC, so nothing changes.
    ConvertTimezone,
    /// `GROUPING`: whether a row of a ROLLUP is a subtotal over the field.
    Grouping,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum Aggregate {
    Count,
    CountDistinct,
    Sum,
    Average,
    Minimum,
    Maximum,
}

/// What of a day or an instant counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum DatePart {
    Year,
    Quarter,
    Month,
    WeekInYear,
    WeekInMonth,
    DayInYear,
    DayInMonth,
    DayInWeek,
    /// The day of an instant.
    DayOnly,
    HourInDay,
}

/// How a value is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum Shown {
    /// `toLabel`: labels of the mock's picklists are their values.
    Label,
    /// `convertCurrency`: the mock's orgs have one currency.
    Currency,
    /// `FORMAT`
    Format,
}

/// All functions; a fiscal year is taken to be a calendar year.
const FUNCTIONS: [(&str, Function); 24] = [
    ("COUNT", Function::Aggregate(Aggregate::Count)),
    (
        "COUNT_DISTINCT",
        Function::Aggregate(Aggregate::CountDistinct),
    ),
    ("SUM", Function::Aggregate(Aggregate::Sum)),
    ("AVG", Function::Aggregate(Aggregate::Average)),
    ("MIN", Function::Aggregate(Aggregate::Minimum)),
    ("MAX", Function::Aggregate(Aggregate::Maximum)),
    ("CALENDAR_YEAR", Function::Part(DatePart::Year)),
    ("CALENDAR_QUARTER", Function::Part(DatePart::Quarter)),
    ("CALENDAR_MONTH", Function::Part(DatePart::Month)),
    ("FISCAL_YEAR", Function::Part(DatePart::Year)),
    ("FISCAL_QUARTER", Function::Part(DatePart::Quarter)),
    ("FISCAL_MONTH", Function::Part(DatePart::Month)),
    ("WEEK_IN_YEAR", Function::Part(DatePart::WeekInYear)),
    ("WEEK_IN_MONTH", Function::Part(DatePart::WeekInMonth)),
    ("DAY_IN_YEAR", Function::Part(DatePart::DayInYear)),
    ("DAY_IN_MONTH", Function::Part(DatePart::DayInMonth)),
    ("DAY_IN_WEEK", Function::Part(DatePart::DayInWeek)),
    ("DAY_ONLY", Function::Part(DatePart::DayOnly)),
    ("HOUR_IN_DAY", Function::Part(DatePart::HourInDay)),
    ("toLabel", Function::Shown(Shown::Label)),
    ("convertCurrency", Function::Shown(Shown::Currency)),
    ("FORMAT", Function::Shown(Shown::Format)),
    ("convertTimezone", Function::ConvertTimezone),
    ("GROUPING", Function::Grouping),
];

impl Function {
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = FUNCTIONS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, function)| *function)
    }

    pub(super) fn name(self) -> &'static str {
        let found = FUNCTIONS.iter().find(|(_, function)| *function == self);
        found.map_or("", |(name, _)| name)
    }
}

impl Aggregate {
    /// The type of the result, over a field of type `kind`.
    pub(super) fn kind(self, kind: Kind) -> Kind {
        match self {
            Self::Count | Self::CountDistinct => Kind::Int,
            Self::Average => Kind::Double,
            Self::Sum | Self::Minimum | Self::Maximum => kind,
        }
    }

    /// Whether it can be asked of fields of this type.
    pub(super) fn takes(self, kind: Kind) -> bool {
        let number = kind == Kind::Int || kind.fractional();
        match self {
            Self::Count | Self::CountDistinct => kind != Kind::Address,
            Self::Sum | Self::Average => number,
            Self::Minimum | Self::Maximum => !matches!(kind, Kind::Boolean | Kind::Address),
        }
    }
}

impl DatePart {
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::DayOnly => Kind::Date,
            _ => Kind::Int,
        }
    }

    /// Whether a field of this type has the part.
    pub(super) fn takes(self, kind: Kind) -> bool {
        match self {
            Self::DayOnly | Self::HourInDay => kind == Kind::DateTime,
            _ => matches!(kind, Kind::Date | Kind::DateTime),
        }
    }

    /// The part of a value; nothing of nothing.
    pub(super) fn of<'v>(self, value: &Value<'_>) -> Value<'v> {
        let (day, hour) = match value {
            Value::Instant(at) => (dates::day_of(*at), hour_of(*at)),
            Value::Text(text) => match text.parse::<Date>() {
                Ok(day) => (day, 0),
                Err(_) => return Value::Null,
            },
            _ => return Value::Null,
        };
        let number = match self {
            Self::DayOnly => return Value::Text(day.to_string().into()),
            Self::Year => day.year(),
            Self::Quarter => (i16::from(day.month()) + 2) / 3,
            Self::Month => day.month().into(),
            // Weeks are counted in sevens from the first day, whatever day of the week that is.
            Self::WeekInYear => (day.day_of_year() + 6) / 7,
            Self::WeekInMonth => (i16::from(day.day()) + 6) / 7,
            Self::DayInYear => day.day_of_year(),
            Self::DayInMonth => day.day().into(),
            Self::DayInWeek => i16::from(day.weekday().to_sunday_one_offset()),
            Self::HourInDay => hour,
        };
        Value::Number(number.into())
    }
}

fn hour_of(at: Timestamp) -> i16 {
    const HOUR: i64 = 3_600_000;
    (at.0.rem_euclid(24 * HOUR) / HOUR) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, at: &str, expected: Value<'_>) {
        let Some(Function::Part(part)) = Function::named(name) else {
            panic!("{name} is no part of a date");
        };
        let at = Value::Instant(Timestamp::parse(at).unwrap());
        assert_eq!(part.of(&at), expected, "{name}");
    }

    #[test]
    fn the_parts_of_an_instant() {
        // A Wednesday.
        let at = "2026-02-11T15:30:00Z";
        for (name, expected) in [
            ("CALENDAR_YEAR", 2026.0),
            ("calendar_quarter", 1.0),
            ("CALENDAR_MONTH", 2.0),
            ("WEEK_IN_YEAR", 6.0),
            ("WEEK_IN_MONTH", 2.0),
            ("DAY_IN_YEAR", 42.0),
            ("DAY_IN_MONTH", 11.0),
            ("DAY_IN_WEEK", 4.0),
            ("HOUR_IN_DAY", 15.0),
        ] {
            check(name, at, Value::Number(expected));
        }
        check("DAY_ONLY", at, Value::Text("2026-02-11".into()));
        assert_eq!(DatePart::Year.of(&Value::Null), Value::Null);
    }
}
