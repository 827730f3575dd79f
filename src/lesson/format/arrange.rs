//! Lines to arrange: a step's last hint, which gives its lines in another order, with some that do
//! not belong.

use std::fmt::Write as _;

/// The lines of a hint that is to be arranged, without their indentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrange {
    /// As the solution has them, from the first to the last.
    right: Vec<String>,
    /// Those that do not belong.
    wrong: Vec<String>,
}

/// What begins a line that does not belong.
const WRONG: &str = "! ";

impl Arrange {
    /// Reads a code block, in which a line that does not belong begins with `! `.
    ///
    /// # Errors
    /// What is expected in its place.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let block = text.strip_prefix("```\n");
        let block = block.and_then(|text| text.strip_suffix("```"));
        let block = block.ok_or("'## Arrange' has one code block, and nothing else")?;
        let lines = block.lines().filter(|line| !line.trim().is_empty());
        let (wrong, right): (Vec<&str>, Vec<&str>) = lines.partition(|it| it.starts_with(WRONG));
        if right.len() < 3 {
            return Err("there are fewer than three lines to arrange");
        }
        let own = |line: &str| line.trim_start_matches(WRONG).trim().to_owned();
        Ok(Self {
            right: right.into_iter().map(own).collect(),
            wrong: wrong.into_iter().map(own).collect(),
        })
    }

    /// What does not fit a solution: lines that it must have, in this order, and lines that it must
    /// not have.
    pub fn misfit(&self, solution: &str) -> Option<String> {
        let mut lines = solution.lines().map(str::trim);
        for line in &self.right {
            if !lines.any(|it| it == line) {
                return Some(format!("the solution does not have the line '{line}' here"));
            }
        }
        let has = |line: &&String| solution.lines().any(|it| it.trim() == line.as_str());
        let line = self.wrong.iter().find(has)?;
        Some(format!("the solution has '{line}', which is not to belong"))
    }

    /// The hint, in Markdown. The order is the same for the same `seed`.
    pub fn hint(&self, seed: &str) -> String {
        let mut lines: Vec<&String> = self.right.iter().chain(&self.wrong).collect();
        let seed = seed.bytes().fold(0_u64, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
        fastrand::Rng::with_seed(seed).shuffle(&mut lines);
        if lines
            .iter()
            .zip(&self.right)
            .all(|(one, other)| *one == other)
        {
            lines.rotate_left(1);
        }
        let stray = match self.wrong.len() {
            0 => String::new(),
            1 => " One of them does not belong.".to_owned(),
            many => format!(" {many} of them do not belong."),
        };
        let mut hint = format!("Arrange these lines, and indent them.{stray}\n\n```\n");
        for line in lines {
            // Writing to a String cannot fail.
            let _ = writeln!(hint, "{line}");
        }
        hint.push_str("```");
        hint
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::Arrange;

    const TEXT: &str = "```\ndef f():\n    a()\n    b()\n! c()\n```";

    #[test]
    fn a_hint_has_all_lines_in_another_order() {
        let arrange = Arrange::read(TEXT).unwrap();
        let hint = arrange.hint("some-step");
        assert!(
            hint.starts_with("Arrange these lines, and indent them. One of them"),
            "{hint}"
        );
        let lines: Vec<&str> = hint.lines().skip(3).take(4).collect();
        assert_ne!(lines[..3], ["def f():", "a()", "b()"]);
        let mut sorted = lines.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, ["a()", "b()", "c()", "def f():"]);
        assert_eq!(arrange.hint("some-step"), hint);
    }

    #[rstest]
    #[case("def f():\n    x = 1\n    a()\n    b()\n", None)]
    #[case(
        "def f():\n    b()\n    a()\n",
        Some("does not have the line 'b()' here")
    )]
    #[case("def f():\n    a()\n    b()\n    c()\n", Some("has 'c()'"))]
    fn it_fits_the_solution(#[case] solution: &str, #[case] expected: Option<&str>) {
        let misfit = Arrange::read(TEXT).unwrap().misfit(solution);
        match (misfit, expected) {
            (Some(misfit), Some(expected)) => assert!(misfit.contains(expected), "{misfit}"),
            (misfit, expected) => assert_eq!(misfit.as_deref(), expected),
        }
    }

    #[rstest]
    #[case("Some words.\n\n```\na\nb\nc\n```", "one code block")]
    #[case("```\na\nb\n! c\n```", "fewer than three")]
    fn what_is_nothing_to_arrange_is_an_error(#[case] text: &str, #[case] expected: &str) {
        let error = Arrange::read(text).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}
