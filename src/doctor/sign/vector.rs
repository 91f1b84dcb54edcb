//! Vectors of choices, and the enumeration of all that deviate in a given number of places.

use core::ops::ControlFlow;

use crate::prelude::*;

/// The axes of the signing string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Axis {
    /// Which empty fields take part.
    Empties,
    /// The order of the fields.
    Order,
    /// The order of nested fields.
    InnerOrder,
    /// How nested values print.
    Nested,
    /// Nested empty fields.
    InnerEmpties,
    /// Numbers.
    Numbers,
    /// True and false.
    Flags,
    /// How each value is transformed.
    Texts,
    /// How the pairs are joined.
    Join,
    /// Upper case.
    Case,
    /// What was changed after signing.
    Change,
}

/// The axes, in the order of [`Vector`].
pub(super) const AXES: [Axis; 11] = [
    Axis::Empties,
    Axis::Order,
    Axis::InnerOrder,
    Axis::Nested,
    Axis::InnerEmpties,
    Axis::Numbers,
    Axis::Flags,
    Axis::Texts,
    Axis::Join,
    Axis::Case,
    Axis::Change,
];

/// One choice for each axis, as the position in the axis's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::doctor) struct Vector(pub(super) [u16; 11]);

impl Vector {
    pub(super) fn at(&self, axis: Axis) -> u16 {
        self.0.get(axis as usize).copied().unwrap_or_default()
    }

    /// The same vector with another choice on one axis.
    pub(super) fn with(mut self, axis: Axis, choice: u16) -> Self {
        if let Some(place) = self.0.get_mut(axis as usize) {
            *place = choice;
        }
        self
    }
}

/// Visits all vectors that differ from `base` in exactly `deviations` axes, in the order of axes and of their tables.
pub(super) fn each<const N: usize>(
    base: [u16; N],
    choices: &[Vec<u16>; N],
    deviations: usize,
    visit: &mut impl FnMut([u16; N]) -> ControlFlow<()>,
) -> ControlFlow<()> {
    from(0, base, choices, deviations, visit)
}

fn from<const N: usize>(
    axis: usize,
    current: [u16; N],
    choices: &[Vec<u16>; N],
    deviations: usize,
    visit: &mut impl FnMut([u16; N]) -> ControlFlow<()>,
) -> ControlFlow<()> {
    if deviations == 0 {
        return visit(current);
    }
    for (place, values) in choices.iter().enumerate().skip(axis) {
        for value in values {
            let mut next = current;
            if let Some(chosen) = next.get_mut(place) {
                *chosen = *value;
            }
            from(place + 1, next, choices, deviations - 1, visit)?;
        }
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_asked_for_and_each_once() {
        let mut seen = Vec::new();
        let choices = [vec![1, 2], vec![], vec![7]];
        for deviations in 0..4 {
            let _ = each([0, 5, 0], &choices, deviations, &mut |vector| {
                seen.push(vector);
                ControlFlow::Continue(())
            });
        }
        assert_eq!(seen, [[0, 5, 0], [1, 5, 0], [2, 5, 0], [0, 5, 7], [1, 5, 7], [2, 5, 7]]);
    }
}
