//! Whether every colour that we set can be read, on the backgrounds of the palettes that people use.
//!
//! Text that carries no colour is the terminal's own business and is not judged.

use ratatui::style::Color;
use serde::Serialize;

use super::skin::{Depth, Role, Skin, Theme};

/// The least contrast of text, and of a mark, as WCAG 2 counts it.
const TEXT: f64 = 4.5;
const MARK: f64 = 3.0;

type Rgb = (u8, u8, u8);

/// A palette: its name, its dark and its light background, and its sixteen colours.
struct Palette {
    name: &'static str,
    dark: u32,
    light: u32,
    colours: [u32; 16],
}

const PALETTES: [Palette; 5] = [
    Palette {
        name: "xterm",
        dark: 0x00_0000,
        light: 0xff_ffff,
        colours: [
            0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
            0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
        ],
    },
    Palette {
        name: "linux",
        dark: 0x00_0000,
        light: 0xff_ffff,
        colours: [
            0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa,
            0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
        ],
    },
    Palette {
        name: "campbell",
        dark: 0x0c_0c0c,
        light: 0xf2_f2f2,
        colours: [
            0x0c_0c0c, 0xc5_0f1f, 0x13_a10e, 0xc1_9c00, 0x00_37da, 0x88_1798, 0x3a_96dd, 0xcc_cccc,
            0x76_7676, 0xe7_4856, 0x16_c60c, 0xf9_f1a5, 0x3b_78ff, 0xb4_009e, 0x61_d6d6, 0xf2_f2f2,
        ],
    },
    Palette {
        name: "tango",
        dark: 0x2e_3436,
        light: 0xee_eeec,
        colours: [
            0x2e_3436, 0xcc_0000, 0x4e_9a06, 0xc4_a000, 0x34_65a4, 0x75_507b, 0x06_989a, 0xd3_d7cf,
            0x55_5753, 0xef_2929, 0x8a_e234, 0xfc_e94f, 0x72_9fcf, 0xad_7fa8, 0x34_e2e2, 0xee_eeec,
        ],
    },
    Palette {
        name: "solarized",
        dark: 0x00_2b36,
        light: 0xfd_f6e3,
        colours: [
            0x07_3642, 0xdc_322f, 0x85_9900, 0xb5_8900, 0x26_8bd2, 0xd3_3682, 0x2a_a198, 0xee_e8d5,
            0x00_2b36, 0xcb_4b16, 0x58_6e75, 0x65_7b83, 0x83_9496, 0x6c_71c4, 0x93_a1a1, 0xfd_f6e3,
        ],
    },
];

/// One judgement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contrast {
    /// The theme.
    pub theme: &'static str,
    /// The palette.
    pub palette: &'static str,
    /// `dark` or `light`.
    pub background: &'static str,
    /// How many colours are used: `16`, `256` or `true`.
    pub color: &'static str,
    /// The role.
    pub role: &'static str,
    /// The contrast, from 1 to 21.
    pub ratio: f64,
    /// The least that will do.
    pub needed: f64,
}

/// Returns the names of the palettes that are known.
pub fn palettes() -> impl Iterator<Item = &'static str> {
    PALETTES.iter().map(|palette| palette.name)
}

/// Judges every role that carries a colour, on the backgrounds of each named palette that a theme is made for.
pub fn check(names: &[String]) -> Vec<Contrast> {
    let mut judged = Vec::new();
    for palette in PALETTES.iter().filter(|palette| names.iter().any(|name| name == palette.name)) {
        for (background, paper) in [("dark", palette.dark), ("light", palette.light)] {
            for (name, theme) in Theme::ALL {
                if matches!((theme, background), (Theme::Dark, "light") | (Theme::Light, "dark")) {
                    continue;
                }
                for (color, depth) in [("16", Depth::Sixteen), ("256", Depth::Indexed), ("true", Depth::True)]
                {
                    let skin = Skin { depth, theme, ..Skin::default() };
                    let ratios = ratios(skin, palette, paper);
                    judged.extend(ratios.into_iter().map(|(role, ratio, needed)| Contrast {
                        theme: name,
                        palette: palette.name,
                        background,
                        color,
                        role,
                        ratio,
                        needed,
                    }));
                }
            }
        }
    }
    judged
}

/// Returns the contrast of every role that carries a colour, and the least that will do.
fn ratios(skin: Skin, palette: &Palette, paper: u32) -> Vec<(&'static str, f64, f64)> {
    let mut ratios = Vec::new();
    for (name, role) in Role::ALL {
        let style = skin.style(role);
        let Some(ink) = style.fg else { continue };
        let on = style.bg.map_or(rgb(paper), |paper| seen(paper, palette));
        let ratio = contrast(seen(ink, palette), on);
        let mark = matches!(role, Role::Failing | Role::Warning | Role::Good | Role::Border);
        ratios.push((name, (ratio * 100.0).round() / 100.0, if mark { MARK } else { TEXT }));
    }
    ratios
}

fn rgb(colour: u32) -> Rgb {
    let [_, red, green, blue] = colour.to_be_bytes();
    (red, green, blue)
}

/// Returns what a colour looks like in a palette.
fn seen(colour: Color, palette: &Palette) -> Rgb {
    let own = |at: usize| rgb(palette.colours.get(at).copied().unwrap_or(0));
    match colour {
        Color::Black => own(0),
        Color::Red => own(1),
        Color::Green => own(2),
        Color::Yellow => own(3),
        Color::Blue => own(4),
        Color::Magenta => own(5),
        Color::Cyan => own(6),
        Color::Gray => own(7),
        Color::DarkGray => own(8),
        Color::LightRed => own(9),
        Color::LightGreen => own(10),
        Color::LightYellow => own(11),
        Color::LightBlue => own(12),
        Color::LightMagenta => own(13),
        Color::LightCyan => own(14),
        Color::White => own(15),
        Color::Rgb(red, green, blue) => (red, green, blue),
        Color::Indexed(at @ 0..16) => own(usize::from(at)),
        // A cube of six shades each, and a ramp of greys, the same in every terminal.
        Color::Indexed(at @ 16..232) => {
            let shade = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let at = at - 16;
            (shade(at / 36), shade(at / 6 % 6), shade(at % 6))
        }
        Color::Indexed(at) => {
            let grey = 8 + 10 * (at - 232);
            (grey, grey, grey)
        }
        Color::Reset => rgb(palette.light),
    }
}

/// Returns the contrast of two colours as WCAG 2 defines it.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance((red, green, blue): Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.039_28 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_can_be_read_everywhere() {
        let names: Vec<String> = palettes().map(str::to_owned).collect();
        let judged = check(&names);
        assert!(judged.len() >= 5 * 2 * 3);
        let dim: Vec<_> = judged.iter().filter(|row| row.ratio < row.needed).collect();
        assert!(dim.is_empty(), "{dim:#?}");
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast((0, 0, 0), (255, 255, 255)) - 21.0).abs() < 1e-9);
        assert!((contrast((0x77, 0x77, 0x77), (255, 255, 255)) - 4.48).abs() < 0.01);
    }
}
