//! Whole screens, and the update loop: keys in, effects and screens out.

mod fixture;
mod flows;
mod play;
mod screens;
