//! What can be wrong with an argument.

use std::error::Error;
use std::fmt;

/// Why an argument is refused. Each names the text at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// There is nothing, or nothing between two commas.
    Empty {
        /// The whole argument.
        argument: String,
    },
    /// No machine is named.
    MissingType {
        /// The whole argument.
        argument: String,
    },
    /// No such option, or not for this style of machine.
    UnknownOption {
        /// The option's name.
        option: String,
        /// The style that does not have it.
        style: &'static str,
    },
    /// The option is known, but not this value.
    BadValue {
        /// The option's name.
        option: &'static str,
        /// Its value.
        value: String,
        /// What it could have been.
        expected: &'static str,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { argument } => {
                write!(f, "empty option in the argument {argument:?}")
            }
            Self::MissingType { argument } => {
                write!(f, "{argument:?} names no machine type")
            }
            Self::UnknownOption { option, style } => {
                write!(f, "unknown option {option:?} for a machine of {style}")
            }
            Self::BadValue {
                option,
                value,
                expected,
            } => write!(f, "bad value {value:?} for {option:?}: expected {expected}"),
        }
    }
}

impl Error for ParseError {}
