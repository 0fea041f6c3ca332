//! Generated tables. Hand-written look-ups live beside their users: `codec` and `model`.

pub(crate) mod best_fit;
pub(crate) mod codepages;
pub(crate) mod model;
pub(crate) mod normalized;
pub(crate) mod pairs;
