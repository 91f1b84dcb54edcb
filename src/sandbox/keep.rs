//! Writes and reads what has no serde of its own in the state's file: models as their JSON, products and plans by their
//! codes, the token generator by its state.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

use crate::model::Model;
use crate::value::Map;

fn read<'de, D: Deserializer<'de>, T>(from: D, find: impl FnOnce(&str) -> Option<T>) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    find(&text).ok_or_else(|| D::Error::custom("names nothing that this version knows"))
}

fn model_from<M: Model>(text: &str) -> Option<M> {
    Map::parse(text).ok().and_then(|map| M::from_map(&map))
}

pub(super) mod model {
    use super::{Deserializer, Model, Serializer};

    pub(in crate::sandbox) fn serialize<M: Model + Clone, S: Serializer>(model: &M, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&model.clone().into_map().to_json())
    }

    pub(in crate::sandbox) fn deserialize<'de, M: Model, D: Deserializer<'de>>(from: D) -> Result<M, D::Error> {
        super::read(from, super::model_from)
    }
}

pub(super) mod models {
    use super::{Deserialize, Deserializer, Model, Serializer};
    use serde::de::Error as _;

    pub(in crate::sandbox) fn serialize<M: Model + Clone, S: Serializer>(
        models: &[M],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(models.iter().map(|model| model.clone().into_map().to_json()))
    }

    pub(in crate::sandbox) fn deserialize<'de, M: Model, D: Deserializer<'de>>(from: D) -> Result<Vec<M>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        let models: Option<_> = texts.iter().map(|text| super::model_from(text)).collect();
        models.ok_or_else(|| D::Error::custom("is no such model"))
    }
}

pub(super) mod product {
    use super::{Deserializer, Serializer};
    use crate::sandbox::catalogue::{self, Product};

    pub(in crate::sandbox) fn serialize<S: Serializer>(product: &&'static Product, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(product.code)
    }

    pub(in crate::sandbox) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<&'static Product, D::Error> {
        super::read(from, catalogue::product)
    }
}

pub(super) mod plan {
    use super::{Deserializer, Serializer};
    use crate::sandbox::catalogue::{self, Plan};

    pub(in crate::sandbox) fn serialize<S: Serializer>(plan: &&'static Plan, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(plan.code)
    }

    pub(in crate::sandbox) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<&'static Plan, D::Error> {
        super::read(from, catalogue::plan_by_code)
    }
}

pub(super) mod rng {
    use super::{Deserializer, Serializer};
    use fastrand::Rng;

    pub(in crate::sandbox) fn serialize<S: Serializer>(rng: &Rng, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&rng.get_seed().to_string())
    }

    pub(in crate::sandbox) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Rng, D::Error> {
        super::read(from, |text| text.parse().ok().map(Rng::with_seed))
    }
}
