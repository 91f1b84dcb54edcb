//! What holds one bit of many blocks.

use core::ops::{BitAnd, BitOr, BitXor, Not, Shl, Shr};

/// Lanes of 64 bits each, worked on all at once.
pub trait Word:
    Copy
    + Not<Output = Self>
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + BitXor<Output = Self>
    + Shl<u32, Output = Self>
    + Shr<u32, Output = Self>
{
    /// How many lanes it has.
    const LANES: usize;

    /// The same in every lane.
    fn splat(lane: u64) -> Self;

    /// Each lane by its number.
    fn from_lanes(lane: impl FnMut(usize) -> u64) -> Self;

    /// Shows each lane with its number.
    fn each_lane(self, show: impl FnMut(usize, u64));
}

impl Word for u64 {
    const LANES: usize = 1;

    fn splat(lane: u64) -> Self {
        lane
    }

    fn from_lanes(mut lane: impl FnMut(usize) -> u64) -> Self {
        lane(0)
    }

    fn each_lane(self, mut show: impl FnMut(usize, u64)) {
        show(0, self);
    }
}

/// `N` lanes side by side, which the compiler puts into vector registers where the target has them.
#[derive(Clone, Copy)]
pub struct Wide<const N: usize>([u64; N]);

impl<const N: usize> Word for Wide<N> {
    const LANES: usize = N;

    fn splat(lane: u64) -> Self {
        Self([lane; N])
    }

    fn from_lanes(lane: impl FnMut(usize) -> u64) -> Self {
        Self(core::array::from_fn(lane))
    }

    fn each_lane(self, mut show: impl FnMut(usize, u64)) {
        for (number, lane) in self.0.into_iter().enumerate() {
            show(number, lane);
        }
    }
}

macro_rules! lane_by_lane {
    ($($operator:ident $method:ident $with:ty, |$a:ident, $b:ident| $lane:expr;)*) => {$(
        impl<const N: usize> $operator<$with> for Wide<N> {
            type Output = Self;

            #[inline(always)]
            fn $method(self, $b: $with) -> Self {
                let $a = self;
                Self(core::array::from_fn($lane))
            }
        }
    )*};
}

lane_by_lane! {
    BitAnd bitand Self, |a, b| |lane| a.0[lane] & b.0[lane];
    BitOr bitor Self, |a, b| |lane| a.0[lane] | b.0[lane];
    BitXor bitxor Self, |a, b| |lane| a.0[lane] ^ b.0[lane];
    Shl shl u32, |a, b| |lane| a.0[lane] << b;
    Shr shr u32, |a, b| |lane| a.0[lane] >> b;
}

impl<const N: usize> Not for Wide<N> {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        Self(self.0.map(|lane| !lane))
    }
}
