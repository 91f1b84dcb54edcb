//! The words, which hold one bit of many blocks.

use core::array::from_fn;
use core::ops::{BitAnd, BitOr, BitXor, Not, Shl, Shr};

use zeroize::DefaultIsZeroes;

#[cfg(target_feature = "simd128")]
use core::arch::wasm32::{
    u64x2, u64x2_extract_lane, u64x2_shl, u64x2_shr, u64x2_splat, v128, v128_and, v128_not, v128_or, v128_xor,
};

/// Lanes of 64 bits each, processed all at once.
pub trait Word:
    DefaultIsZeroes
    + Not<Output = Self>
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + BitXor<Output = Self>
    + Shl<u32, Output = Self>
    + Shr<u32, Output = Self>
{
    /// The number of lanes.
    const LANES: usize;

    /// The same value in every lane.
    fn splat(lane: u64) -> Self;

    /// Makes each lane from its number.
    fn from_lanes(lane: impl FnMut(usize) -> u64) -> Self;

    /// Calls `show` with each lane's number and value.
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

/// Four lanes side by side, for the compiler to vectorise.
#[derive(Clone, Copy, Default)]
pub struct Wide([u64; 4]);

impl Word for Wide {
    const LANES: usize = 4;

    #[inline(always)]
    fn splat(lane: u64) -> Self {
        Self([lane; 4])
    }

    #[inline(always)]
    fn from_lanes(lane: impl FnMut(usize) -> u64) -> Self {
        Self(from_fn(lane))
    }

    #[inline(always)]
    fn each_lane(self, mut show: impl FnMut(usize, u64)) {
        for (number, lane) in self.0.into_iter().enumerate() {
            show(number, lane);
        }
    }
}

/// Two lanes in one vector, if wasm has vectors.
#[cfg(target_feature = "simd128")]
#[derive(Clone, Copy)]
pub struct Simd(v128);

#[cfg(target_feature = "simd128")]
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

impl DefaultIsZeroes for Wide {}

#[cfg(target_feature = "simd128")]
impl Default for Simd {
    fn default() -> Self {
        Self::splat(0)
    }
}

#[cfg(target_feature = "simd128")]
impl DefaultIsZeroes for Simd {}

macro_rules! operators {
    ($word:ty: $($operator:ident::$method:ident($a:ident, $b:ident: $with:ty) = $result:expr;)*) => {$(
        impl $operator<$with> for $word {
            type Output = Self;

            #[inline(always)]
            fn $method(self, $b: $with) -> Self {
                let $a = self;
                Self($result)
            }
        }
    )*};
}

operators! {
    Wide:
    BitAnd::bitand(a, b: Self) = from_fn(|lane| a.0[lane] & b.0[lane]);
    BitOr::bitor(a, b: Self) = from_fn(|lane| a.0[lane] | b.0[lane]);
    BitXor::bitxor(a, b: Self) = from_fn(|lane| a.0[lane] ^ b.0[lane]);
    Shl::shl(a, by: u32) = a.0.map(|lane| lane << by);
    Shr::shr(a, by: u32) = a.0.map(|lane| lane >> by);
}

#[cfg(target_feature = "simd128")]
operators! {
    Simd:
    BitAnd::bitand(a, b: Self) = v128_and(a.0, b.0);
    BitOr::bitor(a, b: Self) = v128_or(a.0, b.0);
    BitXor::bitxor(a, b: Self) = v128_xor(a.0, b.0);
    Shl::shl(a, by: u32) = u64x2_shl(a.0, by);
    Shr::shr(a, by: u32) = u64x2_shr(a.0, by);
}

impl Not for Wide {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        Self(self.0.map(|lane| !lane))
    }
}

#[cfg(target_feature = "simd128")]
impl Not for Simd {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        Self(v128_not(self.0))
    }
}
