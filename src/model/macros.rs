//! The two declarations: a closed list of values and an object.

/// Declares a closed list of values: the Rust enum, its wire values and the document's Chinese.
macro_rules! choices {
    (
        $(#[doc = $enum_doc:literal])+
        $name:ident: $variant_of:ident {
            $( $(#[doc = $doc:literal])+ $variant:ident = $wire:literal $label:literal ),+ $(,)?
        }
    ) => {
        $(#[doc = $enum_doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $( $(#[doc = $doc])+ $variant, )+
        }

        impl $name {
            /// All of them, in the document's order.
            pub const CHOICES: &'static [$crate::model::Choice] = &[
                $( $crate::model::Choice {
                    wire: $wire,
                    label: $label,
                    #[cfg(feature = "std")]
                    name: stringify!($variant),
                }, )+
            ];

            /// As it travels.
            pub fn wire(self) -> &'static str {
                match self {
                    $( Self::$variant => $wire, )+
                }
            }

            /// The document's Chinese.
            pub fn label(self) -> &'static str {
                match self {
                    $( Self::$variant => $label, )+
                }
            }
        }

        impl $crate::model::Slot for $name {
            fn take(value: Option<&$crate::value::Value>) -> Option<Self> {
                match value? {
                    $crate::value::Value::$variant_of(wire) => match wire.as_str() {
                        $( $wire => Some(Self::$variant), )+
                        _ => None,
                    },
                    _ => None,
                }
            }

            fn put(self) -> $crate::value::Value {
                $crate::value::Value::$variant_of(self.wire().to_owned())
            }
        }
    };
}

/// Declares an object: the Rust struct and its schema. `Debug` prints only the type's name, because the fields are
/// buyers' data.
macro_rules! model {
    (
        $(#[doc = $model_doc:literal])+
        $name:ident {
            $( $(#[doc = $doc:literal])+ $field:ident: $type:ty = $wire:literal $label:literal $spec:expr ),+ $(,)?
        }
        $( rules $rules:expr )?
        $( ; bare $bare:literal )?
    ) => {
        $(#[doc = $model_doc])+
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name {
            $( $(#[doc = $doc])+ pub $field: $type, )+
        }

        impl $crate::model::Model for $name {
            const SCHEMA: &'static $crate::model::Schema = &$crate::model::Schema {
                name: stringify!($name),
                #[cfg(feature = "std")]
                doc: concat!($($model_doc),+),
                fields: &[ $( $crate::model::Field {
                    name: $wire,
                    label: $label,
                    #[cfg(feature = "std")]
                    doc: concat!($($doc),+),
                    required: <$type as $crate::model::Slot>::REQUIRED,
                    spec: $spec,
                }, )+ ],
                rules: { let rules: &[$crate::model::FieldRule] = &[]; $( let _ = rules; let rules: &[$crate::model::FieldRule] = $rules; )? rules },
                bare: { let bare: Option<&'static str> = None; $( let _ = bare; let bare = Some($bare); )? bare },
            };

            fn from_map(map: &$crate::value::Map) -> Option<Self> {
                Some(Self { $( $field: $crate::model::Slot::take(map.get($wire))?, )+ })
            }

            fn into_map(self) -> $crate::value::Map {
                let mut map = $crate::value::Map::new();
                $(
                    let value = $crate::model::Slot::put(self.$field);
                    if !matches!(value, $crate::value::Value::Null) {
                        map.push($wire, value);
                    }
                )+
                map
            }
        }

        impl $crate::model::Slot for $name {
            fn take(value: Option<&$crate::value::Value>) -> Option<Self> {
                match value? {
                    $crate::value::Value::Map(map) => $crate::model::Model::from_map(map),
                    _ => None,
                }
            }

            fn put(self) -> $crate::value::Value {
                $crate::value::Value::Map($crate::model::Model::into_map(self))
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use {choices, model};
