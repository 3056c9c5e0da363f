//! Many rows in one argument: a JSON array of objects that a statement reads
//! as the table `r`, with `n` for their order.
//!
//! SQLite reads each object once by `jsonb_each`; from what `json_each` gives every
//! column would make and read its text anew, which takes four times as long.

/// A statement that reads the table `r` from `$1`: what stands before it, its
/// columns with their types, what stands after it.
macro_rules! rows {
    ($before:literal, ($first:ident $first_type:ident $(, $name:ident $type:ident)*), $after:expr) => {
        $crate::store::backend::Sql {
            sqlite: concat!(
                $before,
                "(SELECT id AS n, value->>'", stringify!($first), "' AS ", stringify!($first),
                $(", value->>'", stringify!($name), "' AS ", stringify!($name),)*
                " FROM jsonb_each($1)) AS r ",
                $after
            ),
            postgres: concat!(
                $before,
                "ROWS FROM (json_to_recordset($1::json) AS (",
                stringify!($first), " ", stringify!($first_type),
                $(", ", stringify!($name), " ", stringify!($type),)*
                ")) WITH ORDINALITY AS r(",
                stringify!($first), $(", ", stringify!($name),)*
                ", n) ",
                $after
            ),
        }
    };
}

/// A statement that adds rows to a table in their order: the table, its
/// columns with their types, what is done where a row is there already.
macro_rules! insert {
    ($table:literal, ($first:ident $first_type:ident $(, $name:ident $type:ident)*), $after:expr) => {
        $crate::store::backend::Sql {
            sqlite: concat!(
                "INSERT INTO ", $table, " (", stringify!($first), $(", ", stringify!($name),)* ") ",
                "SELECT value->>'", stringify!($first), "'", $(", value->>'", stringify!($name), "'",)*
                " FROM jsonb_each($1) WHERE true ORDER BY id ",
                $after
            ),
            postgres: concat!(
                "INSERT INTO ", $table, " (", stringify!($first), $(", ", stringify!($name),)* ") ",
                "SELECT ", stringify!($first), $(", ", stringify!($name),)*
                " FROM ROWS FROM (json_to_recordset($1::json) AS (",
                stringify!($first), " ", stringify!($first_type),
                $(", ", stringify!($name), " ", stringify!($type),)*
                ")) WITH ORDINALITY AS r(",
                stringify!($first), $(", ", stringify!($name),)*
                ", n) ORDER BY n ",
                $after
            ),
        }
    };
}

pub(super) use {insert, rows};
