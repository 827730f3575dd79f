//! Makes `assets/screen.svg`, the picture in the README, from the program itself: it runs lesson 2
//! in a pseudo-terminal, fills in the form, and draws what the terminal shows.
//!
//! `cargo build --release && cargo run --release --example picture`

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use wsgi_tutor::lesson::{Catalogue, Change, ProgressFile, Workspace};

const ROWS: u16 = 40;
const COLUMNS: u16 = 132;
/// Pixels of one cell.
const CELL: (f32, f32) = (8.4, 18.0);
/// The step of lesson 2 that is shown.
const STEP: &str = "the-dangerous-name";
const PATIENCE: Duration = Duration::from_secs(30);

/// What to press, and what to wait for before it.
const SCRIPT: &[(&str, &str)] = &[
    ("runs function", " "),
    // The step asks for a guess first.
    ("What will happen?", "\x1b"),
    ("e edit", " "),
    ("200 OK", "f"),
    ("Send a form", "Zoë <b>"),
    ("name=Zo%C3%AB+%3Cb%3E", "\r"),
    ("#2 POST", "3"),
    (
        "┏ 3 environ",
        "\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B",
    ),
    ("▸•CONTENT_", ""),
];

fn main() -> anyhow::Result<()> {
    let screen = play()?;
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/screen.svg");
    std::fs::write(&path, draw(&screen)?)?;
    Ok(())
}

/// Makes the folders of somebody who has come as far as the step that escapes the name.
fn begin(workspace: &Path) -> anyhow::Result<()> {
    let catalogue = Catalogue::embedded().map_err(|flaws| anyhow::anyhow!("{flaws:?}"))?;
    let lesson = &catalogue.lessons[1];
    let place = lesson.find_step(STEP)?;
    Workspace::new(workspace).open(lesson)?;
    Workspace::new(workspace).replace(lesson, lesson.before(place + 1))?;
    let (mut progress, _) = ProgressFile::open(&workspace.join("state/wsgi-tutor"))?;
    let at = Change::At {
        lesson: catalogue.key(lesson),
        step: STEP.to_owned(),
    };
    progress.record(&[Change::Welcomed, at])?;
    Ok(())
}

/// Runs the program and returns the screen it ends with.
fn play() -> anyhow::Result<vt100::Parser> {
    let examples = std::env::current_exe()?;
    let program = examples
        .ancestors()
        .nth(2)
        .map(|folder| folder.join("wsgi-tutor"));
    let program = program.filter(|program| program.is_file());
    let program = program.ok_or_else(|| anyhow::anyhow!("run `cargo build --release` first"))?;
    let workspace = tempfile::tempdir()?;
    begin(workspace.path())?;
    let size = PtySize {
        rows: ROWS,
        cols: COLUMNS,
        ..PtySize::default()
    };
    let pty = native_pty_system().openpty(size)?;
    let mut command = CommandBuilder::new(program);
    command.args(["lesson", "2", "--theme", "dark", "--workspace"]);
    command.arg(workspace.path());
    command.env("TERM", "xterm-256color");
    command.env("XDG_STATE_HOME", workspace.path().join("state"));
    command.env_remove("NO_COLOR");
    let mut child = pty.slave.spawn_command(command)?;
    let mut output = pty.master.try_clone_reader()?;
    let mut keyboard = pty.master.take_writer()?;
    let (sender, chunks) = channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(got @ 1..) = output.read(&mut bytes) {
            if sender.send(bytes[..got].to_vec()).is_err() {
                return;
            }
        }
    });
    let mut screen = vt100::Parser::new(ROWS, COLUMNS, 0);
    for (awaited, keys) in SCRIPT {
        while !screen.screen().contents().contains(awaited) {
            screen.process(&chunks.recv_timeout(PATIENCE)?);
        }
        keyboard.write_all(keys.as_bytes())?;
        keyboard.flush()?;
    }
    child.kill()?;
    child.wait()?;
    Ok(screen)
}

fn draw(parser: &vt100::Parser) -> anyhow::Result<String> {
    let screen = parser.screen();
    let (width, height) = (f32::from(COLUMNS) * CELL.0, f32::from(ROWS) * CELL.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#1c1c1c\"/>\n"
    );
    for row in 0..ROWS {
        let mut column = 0;
        while column < COLUMNS {
            let Some(cell) = screen.cell(row, column) else {
                break;
            };
            let look = look(cell);
            let mut text = String::new();
            let start = column;
            while let Some(next) = screen
                .cell(row, column)
                .filter(|next| self::look(next) == look)
            {
                text.push_str(if next.has_contents() {
                    next.contents()
                } else {
                    " "
                });
                column += 1;
            }
            run(&mut svg, row, start..column, &text, &look)?;
        }
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}

/// Colours of text and background, and whether it is bold.
fn look(cell: &vt100::Cell) -> (String, Option<String>, bool) {
    let text = color(cell.fgcolor()).unwrap_or_else(|| "#dcdcdc".to_owned());
    let back = color(cell.bgcolor());
    if cell.inverse() {
        let back = back.unwrap_or_else(|| "#1c1c1c".to_owned());
        (back, Some(text), cell.bold())
    } else {
        (text, back, cell.bold())
    }
}

fn run(
    svg: &mut String,
    row: u16,
    columns: std::ops::Range<u16>,
    text: &str,
    (color, back, bold): &(String, Option<String>, bool),
) -> anyhow::Result<()> {
    let (x, y) = (f32::from(columns.start) * CELL.0, f32::from(row) * CELL.1);
    let width = f32::from(columns.end - columns.start) * CELL.0;
    if let Some(back) = back {
        writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{back}\"/>",
            CELL.1
        )?;
    }
    if text.trim().is_empty() {
        return Ok(());
    }
    let indent = text.len() - text.trim_start().len();
    let x = x + f32::from(u16::try_from(indent)?) * CELL.0;
    let text = text.trim();
    let width = f32::from(u16::try_from(text.chars().count())?) * CELL.0;
    let weight = if *bold { " font-weight=\"bold\"" } else { "" };
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    writeln!(
        svg,
        "<text x=\"{x}\" y=\"{}\" textLength=\"{width}\" fill=\"{color}\"{weight} xml:space=\"preserve\">{text}</text>",
        y + 14.0
    )?;
    Ok(())
}

/// The colour of a cell; the palette's 256 colours as xterm has them.
fn color(color: vt100::Color) -> Option<String> {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match color {
        vt100::Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        vt100::Color::Idx(index @ 232..) => {
            let gray = 8 + 10 * (index - 232);
            Some(format!("#{gray:02x}{gray:02x}{gray:02x}"))
        }
        vt100::Color::Idx(index @ 16..) => {
            let index = index - 16;
            let (red, green, blue) = (level(index / 36), level(index / 6 % 6), level(index % 6));
            Some(format!("#{red:02x}{green:02x}{blue:02x}"))
        }
        // The program's dark theme uses none of the first sixteen.
        vt100::Color::Default | vt100::Color::Idx(_) => None,
    }
}
