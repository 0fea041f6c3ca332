//! Generated tables. Hand-written look-ups live beside their users: `codec`, `model` and `steps`.

pub(crate) mod best_fit;
pub(crate) mod codepages;
pub(crate) mod entities;
pub(crate) mod forms;
pub(crate) mod model;
pub(crate) mod normalized;
pub(crate) mod pairs;
