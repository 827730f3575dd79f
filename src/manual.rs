//! The man page and the completions of shells, made from the command line's own description.

use std::io;

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::Cli;

/// The completions for a shell, as the script it reads.
pub fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "wsgi-tutor", &mut script);
    script
}

/// The man page, with a section for each command.
///
/// # Errors
/// Never: nothing is written but memory.
pub fn man_page() -> io::Result<Vec<u8>> {
    let command = Cli::command();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for subcommand in command.get_subcommands() {
        describe(&mut roff, subcommand, "");
    }
    sections(&mut roff);
    roff.to_writer(&mut page)?;
    Ok(page)
}

fn describe(roff: &mut Roff, command: &Command, before: &str) {
    let name = format!("{before}{}", command.get_name());
    let arguments = command.get_positionals();
    let arguments: Vec<String> = arguments
        .map(|it| format!(" [{}]", it.get_id().as_str().to_uppercase()))
        .collect();
    let arguments = arguments.concat();
    let about = command
        .get_about()
        .map_or(String::new(), ToString::to_string);
    roff.control("TP", []);
    roff.text([bold(name.clone()), roman(arguments)]);
    roff.text([roman(format!("{about}."))]);
    for option in command.get_arguments() {
        let Some(long) = option.get_long() else {
            continue;
        };
        let help = option.get_help().map_or(String::new(), ToString::to_string);
        roff.control("RS", []);
        roff.text([bold(format!("--{long}")), roman(format!(": {help}."))]);
        roff.control("RE", []);
    }
    for subcommand in command.get_subcommands() {
        describe(roff, subcommand, &format!("{name} "));
    }
}

/// What the command line does not say of itself.
const SECTIONS: &[(&str, &[(&str, &str)])] = &[
    (
        "FILES",
        &[
            (
                "~/.local/share/wsgi-tutor/workspace",
                "Your copies of the lessons' applications; replaced files are in folders named kept.",
            ),
            (
                "~/.local/state/wsgi-tutor/progress.toml",
                "How far you have come.",
            ),
            (
                "~/.local/state/wsgi-tutor/drafts",
                "What you typed in the editor and have not saved.",
            ),
        ],
    ),
    (
        "ENVIRONMENT",
        &[
            ("VISUAL, EDITOR", "Your own editor, for the key E."),
            ("NO_COLOR", "Switches colours off."),
            ("COLORFGBG", "Tells a light terminal from a dark one."),
            (
                "XDG_DATA_HOME, XDG_STATE_HOME",
                "Where the folders above are.",
            ),
            ("TMPDIR", "Where the server's private folder is created."),
        ],
    ),
    (
        "EXIT STATUS",
        &[
            ("0", "Success; for check, all checks passed."),
            ("1", "Something failed; for check, a check did not pass."),
            (
                "2",
                "The command could not be carried out; for check, the checks could not be run.",
            ),
        ],
    ),
    (
        "EXAMPLES",
        &[
            ("wsgi-tutor lesson 1", "Opens the first lesson."),
            (
                "wsgi-tutor check 1 --json",
                "Checks your file of lesson 1, as JSON for a program.",
            ),
            (
                "wsgi-tutor run app:application --python .venv",
                "Shows an application of your own.",
            ),
        ],
    ),
];

fn sections(roff: &mut Roff) {
    for (title, entries) in SECTIONS {
        roff.control("SH", [*title]);
        for (name, text) in *entries {
            roff.control("TP", []);
            roff.text([bold(*name)]);
            roff.text([roman(*text)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use clap_complete::Shell;
    use rstest::rstest;

    use super::{completions, man_page};

    #[rstest]
    #[case(Shell::Bash)]
    #[case(Shell::Zsh)]
    #[case(Shell::Fish)]
    #[case(Shell::Elvish)]
    #[case(Shell::PowerShell)]
    fn every_shell_completes_the_commands(#[case] shell: Shell) {
        let script = String::from_utf8(completions(shell)).unwrap();
        for command in ["lesson", "check", "reset", "doctor"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }

    #[test]
    fn the_man_page_has_what_a_man_page_has() {
        let page = String::from_utf8(man_page().unwrap()).unwrap();
        for part in [
            "NAME",
            "SYNOPSIS",
            "COMMANDS",
            "FILES",
            "ENVIRONMENT",
            "EXAMPLES",
            "lessons check",
        ] {
            assert!(page.contains(part), "{part}");
        }
    }
}
