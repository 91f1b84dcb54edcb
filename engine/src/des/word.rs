//! What holds one bit of many blocks.

use core::ops::{BitAnd, BitOr, BitXor, Not, Shl, Shr};

#[cfg(target_feature = "simd128")]
pub use simd::Simd;

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

/// Where wasm has vectors.
#[cfg(target_feature = "simd128")]
mod simd {
    use core::arch::wasm32::*;

    use super::*;

    /// Two lanes in one vector.
    #[derive(Clone, Copy)]
    pub struct Simd(v128);

    impl Word for Simd {
        const LANES: usize = 2;

        #[inline(always)]
        fn splat(lane: u64) -> Self {
            Self(u64x2_splat(lane))
        }

        #[inline(always)]
        fn from_lanes(mut lane: impl FnMut(usize) -> u64) -> Self {
            Self(u64x2(lane(0), lane(1)))
        }

        #[inline(always)]
        fn each_lane(self, mut show: impl FnMut(usize, u64)) {
            show(0, u64x2_extract_lane::<0>(self.0));
            show(1, u64x2_extract_lane::<1>(self.0));
        }
    }

    macro_rules! by_instruction {
        ($($operator:ident $method:ident $with:ty, |$a:ident, $b:ident| $result:expr;)*) => {$(
            impl $operator<$with> for Simd {
                type Output = Self;

                #[inline(always)]
                fn $method(self, with: $with) -> Self {
                    let ($a, $b) = (self.0, with);
                    Self($result)
                }
            }
        )*};
    }

    by_instruction! {
        BitAnd bitand Self, |a, b| v128_and(a, b.0);
        BitOr bitor Self, |a, b| v128_or(a, b.0);
        BitXor bitxor Self, |a, b| v128_xor(a, b.0);
        Shl shl u32, |a, by| u64x2_shl(a, by);
        Shr shr u32, |a, by| u64x2_shr(a, by);
    }

    impl Not for Simd {
        type Output = Self;

        #[inline(always)]
        fn not(self) -> Self {
            Self(v128_not(self.0))
        }
    }
}
