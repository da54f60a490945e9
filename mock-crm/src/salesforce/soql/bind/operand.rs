//! What is compared, grouped by or ordered by: a field, a part of a date, or a function over a group.

use super::{Binder, Resolved};
use crate::salesforce::schema::{Field, Kind};
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::functions::{DatePart, Function};
use crate::salesforce::soql::plan::FieldPath;
use crate::salesforce::soql::syntax::{Call, Operand, Path};

/// An operand whose values are those of `field`, with the type that a literal beside it must have.
#[derive(Clone, Debug)]
pub(super) struct Target<F> {
    pub(super) field: F,
    pub(super) kind: Kind,
    /// As error texts name it.
    pub(super) name: String,
}

/// What is wanted of a field that not every field can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Filter,
    Sort,
    Group,
}

impl Use {
    /// `None`: the field can.
    fn refusal(self, field: &Field) -> Option<&'static str> {
        let can = match self {
            Self::Filter | Self::Sort => field.filterable(),
            Self::Group => {
                field.filterable() && !field.kind.fractional() && field.kind != Kind::DateTime
            }
        };
        let word = match self {
            Self::Filter => "filtered",
            Self::Sort => "sorted",
            Self::Group => "grouped",
        };
        (!can).then_some(word)
    }
}

impl<'b> Binder<'b> {
    pub(super) fn used(&self, path: &Path<'_>, wanted: Use) -> Result<Resolved<'b>, SoqlError> {
        let resolved = self.path(path)?;
        let refusal = resolved.field.and_then(|field| wanted.refusal(field));
        match refusal {
            Some(word) => {
                let message = format!(
                    "field '{}' can not be {word} in a query call",
                    resolved.name()
                );
                Err(SoqlError::field(path.at, message))
            }
            None => Ok(resolved),
        }
    }

    /// A field of a record, or a part of it.
    pub(super) fn target(
        &self,
        operand: &Operand<'_>,
        wanted: Use,
    ) -> Result<Target<FieldPath>, SoqlError> {
        match operand {
            Operand::Path(path) => {
                let resolved = self.used(path, wanted)?;
                Ok(Target {
                    kind: resolved.kind(),
                    name: resolved.name().to_owned(),
                    field: resolved.path,
                })
            }
            Operand::Call(call) => self.target_of_call(call, wanted),
        }
    }

    fn target_of_call(&self, call: &Call<'_>, wanted: Use) -> Result<Target<FieldPath>, SoqlError> {
        match (call.function, call.argument.as_deref()) {
            (Function::Part(part), Some(argument)) => self.part(part, argument),
            // Translated labels are the values themselves.
            (Function::Shown(_), Some(argument @ Operand::Path(_))) => {
                self.target(argument, wanted)
            }
            (Function::Aggregate(_), _) if wanted == Use::Filter => {
                // The wording is unverified.
                let message = "aggregate functions are not allowed in WHERE, use HAVING";
                Err(SoqlError::malformed(call.at, message))
            }
            (function, _) => Err(SoqlError::unexpected(call.at, function.name())),
        }
    }

    /// `CALENDAR_YEAR(CreatedDate)`, `DAY_ONLY(convertTimezone(CreatedDate))`
    fn part(&self, part: DatePart, argument: &Operand<'_>) -> Result<Target<FieldPath>, SoqlError> {
        let path = match argument {
            Operand::Path(path) => path,
            Operand::Call(Call {
                function: Function::ConvertTimezone,
                argument: Some(inner),
                at,
            }) => match &**inner {
                Operand::Path(path) => path,
                Operand::Call(_) => return Err(SoqlError::unexpected(*at, "(")),
            },
            Operand::Call(call) => {
                return Err(SoqlError::unexpected(call.at, call.function.name()));
            }
        };
        let resolved = self.used(path, Use::Filter)?;
        let name = Function::Part(part).name();
        if !part.takes(resolved.kind()) {
            // The wording is unverified.
            let message = format!(
                "function {name} can not be used with field {}",
                resolved.name()
            );
            return Err(SoqlError::malformed(path.at, message));
        }
        if self.scope.is_none() {
            return Err(SoqlError::not_simulated(path.at, "a function here"));
        }
        Ok(Target {
            kind: part.kind(),
            name: format!("{name}({})", resolved.name()),
            field: FieldPath {
                part: Some(part),
                ..resolved.path
            },
        })
    }
}
