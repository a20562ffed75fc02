//! What screens are put together from: lists with a cursor, gauges, dialogs, inputs.

pub(super) mod chart;
pub(super) mod dialog;
pub(super) mod field;
pub(super) mod form;
pub(super) mod gauge;
pub(super) mod help;
pub(super) mod list;
pub(super) mod palette;
pub(super) mod table;
pub(super) mod trend;
pub(super) mod wizard;
