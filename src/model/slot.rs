//! The types a model's field may have: conversion from a checked value to a Rust type and back.

use crate::prelude::*;
use crate::types::{Decimal, parse_whole};
use crate::value::Value;

/// A field's Rust type.
pub trait Slot: Sized {
    /// Whether the field must be present: true for everything but an `Option`.
    const REQUIRED: bool = true;

    /// Takes the checked value; `None` if it is not of this type.
    fn take(value: Option<&Value>) -> Option<Self>;

    /// The value that travels; null for a field that is left out.
    fn put(self) -> Value;
}

impl Slot for String {
    fn take(value: Option<&Value>) -> Option<Self> {
        match value? {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn put(self) -> Value {
        Value::Text(self)
    }
}

impl Slot for i64 {
    fn take(value: Option<&Value>) -> Option<Self> {
        match value? {
            Value::Number(literal) => parse_whole(literal),
            _ => None,
        }
    }

    fn put(self) -> Value {
        self.into()
    }
}

impl Slot for Decimal {
    fn take(value: Option<&Value>) -> Option<Self> {
        match value? {
            Value::Text(text) => Self::parse(text),
            _ => None,
        }
    }

    fn put(self) -> Value {
        self.as_str().into()
    }
}

impl<T: Slot> Slot for Option<T> {
    const REQUIRED: bool = false;

    fn take(value: Option<&Value>) -> Option<Self> {
        match value {
            None | Some(Value::Null) => Some(None),
            Some(_) => T::take(value).map(Some),
        }
    }

    fn put(self) -> Value {
        self.map_or(Value::Null, T::put)
    }
}

impl<T: Slot> Slot for Vec<T> {
    fn take(value: Option<&Value>) -> Option<Self> {
        match value? {
            Value::List(items) => items.iter().map(|item| T::take(Some(item))).collect(),
            _ => None,
        }
    }

    fn put(self) -> Value {
        Value::List(self.into_iter().map(T::put).collect())
    }
}
