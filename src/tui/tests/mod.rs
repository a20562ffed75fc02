//! Whole screens, and the update loop: keys in, effects and screens out.

mod fixture;
mod flows;
mod form;
mod other_org;
mod past;
mod play;
mod screens;
