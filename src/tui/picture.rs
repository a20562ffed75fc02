//! A frame as a picture: the same buffer that a terminal would show, as text, as escape sequences or as SVG.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::paint::paint;
use super::skin::Depth;

/// The size of a cell in a drawing, in its own units.
const WIDE: usize = 9;
const HIGH: usize = 18;
/// What lies around the screen.
const MARGIN: usize = 12;

const INK: &str = "#d8dee4";
const PAPER: &str = "#14181d";

/// Returns the frame as lines of text.
pub fn text(frame: &Buffer) -> String {
    let mut out = String::new();
    for row in rows(frame) {
        let line: String = row.iter().map(Cell::symbol).collect();
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Returns the frame as a terminal gets it.
pub fn ansi(frame: &Buffer, depth: Depth) -> String {
    let mut out = paint(None, frame, depth).unwrap_or_default();
    out.push('\n');
    out
}

/// Returns the frame as a drawing.
pub fn svg(frame: &Buffer) -> String {
    let (width, height) = (usize::from(frame.area.width), usize::from(frame.area.height));
    let (across, down) = (width * WIDE + 2 * MARGIN, height * HIGH + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {across} {down}\" width=\"{across}\" height=\"{down}\" \
         font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"15\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for (y, row) in rows(frame).enumerate() {
        for (x, run) in runs(row) {
            draw(&mut out, x, y, run);
        }
    }
    out.push_str("</svg>\n");
    out
}

fn rows(frame: &Buffer) -> impl Iterator<Item = &[Cell]> {
    frame.content().chunks(usize::from(frame.area.width).max(1))
}

/// Returns the stretches of a row that look alike, each with its column.
fn runs(row: &[Cell]) -> Vec<(usize, &[Cell])> {
    let looks = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
    let mut runs = Vec::new();
    let mut at = 0;
    for run in row.chunk_by(|a, b| looks(a) == looks(b)) {
        runs.push((at, run));
        at += run.len();
    }
    runs
}

fn draw(out: &mut String, x: usize, y: usize, run: &[Cell]) {
    let Some(first) = run.first() else { return };
    let text: String = run.iter().map(Cell::symbol).collect();
    let (mut ink, mut paper) = (colour(first.fg, INK), colour(first.bg, PAPER));
    if first.modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut ink, &mut paper);
    }
    let (left, top) = (MARGIN + x * WIDE, MARGIN + y * HIGH);
    // Writing into a string cannot fail.
    if paper != PAPER {
        let _infallible = writeln!(
            out,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{HIGH}\" fill=\"{paper}\"/>",
            run.len() * WIDE
        );
    }
    if text.trim().is_empty() {
        return;
    }
    let weight = if first.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let line =
        if first.modifier.contains(Modifier::UNDERLINED) { " text-decoration=\"underline\"" } else { "" };
    let _infallible = writeln!(
        out,
        "<text x=\"{left}\" y=\"{}\" fill=\"{ink}\"{weight}{line} textLength=\"{}\" xml:space=\"preserve\">{}</text>",
        top + HIGH - 5,
        run.len() * WIDE,
        escaped(&text)
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn colour(colour: Color, usual: &str) -> String {
    match colour {
        Color::Red | Color::LightRed | Color::Indexed(167 | 210 | 124) => "#d75f5f".into(),
        Color::Yellow | Color::LightYellow | Color::Magenta | Color::Indexed(100 | 179 | 94) => {
            "#c9a227".into()
        }
        Color::Green | Color::LightGreen | Color::Indexed(65 | 114 | 28) => "#6fae6f".into(),
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        _ => usual.into(),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn a_picture_says_what_the_frame_says() {
        let mut frame = Buffer::with_lines(["a <b> &", "plain"]);
        frame.set_string(0, 0, "a", Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD));
        assert_eq!(text(&frame), "a <b> &\nplain\n");
        let drawing = svg(&frame);
        assert!(drawing.contains("font-weight=\"bold\"") && drawing.contains("&lt;b&gt; &amp;"), "{drawing}");
        assert!(drawing.starts_with("<svg ") && drawing.ends_with("</svg>\n"));
        assert!(ansi(&frame, Depth::None).contains("\x1b["));
    }
}
