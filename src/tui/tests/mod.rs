//! Whole screens, and the update loop: keys in, effects and screens out.

mod fixture;
mod flows;
mod form;
mod past;
mod play;
mod screens;
