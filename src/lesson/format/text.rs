//! The text of a step: a title, what to read, the task, hints, and notes for teachers, in one
//! Markdown file.

use super::arrange::Arrange;
use super::error::LessonError;

/// What a step's Markdown file holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct StepText {
    pub title: String,
    pub text: String,
    pub task: String,
    pub hints: Vec<String>,
    /// The last hint's lines, and the line of the file that it begins in.
    pub arrange: Option<(Arrange, usize)>,
    /// For whoever teaches with it; a learner never sees them.
    pub notes: String,
}

/// Takes a step's Markdown file apart.
///
/// # Errors
/// When a heading is missing, unknown or out of order, or a part is empty.
pub fn take_apart(file: &str, markdown: &str) -> Result<StepText, LessonError> {
    let mut parts = Parts {
        file,
        step: StepText::default(),
        began: 1,
        current: Part::Text,
        lines: Vec::new(),
    };
    let mut lines = markdown.lines().enumerate();
    let title = lines.next().and_then(|(_, line)| line.strip_prefix("# "));
    let Some(title) = title.map(str::trim).filter(|title| !title.is_empty()) else {
        return Err(LessonError::new(
            file,
            1,
            "the first line is the step's title, as in '# Another status'",
        ));
    };
    title.clone_into(&mut parts.step.title);
    let mut in_code = false;
    for (index, line) in lines {
        if line.starts_with("```") {
            in_code = !in_code;
        }
        match line.strip_prefix("## ").filter(|_| !in_code) {
            Some(heading) => parts.begin(heading.trim(), index + 1)?,
            None => parts.lines.push(line),
        }
    }
    parts.end()?;
    Ok(parts.step)
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Text,
    Task,
    Hint,
    Arrange,
    Notes,
}

struct Parts<'a> {
    file: &'a str,
    step: StepText,
    /// The line the current part began in.
    began: usize,
    current: Part,
    lines: Vec<&'a str>,
}

impl Parts<'_> {
    fn begin(&mut self, heading: &str, line: usize) -> Result<(), LessonError> {
        let part = match heading {
            "Task" => Part::Task,
            "Hint" => Part::Hint,
            "Arrange" => Part::Arrange,
            "Notes" => Part::Notes,
            _ => {
                let what = format!(
                    "a step has the headings '## Task', '## Hint', '## Arrange' and '## Notes', \
                     not '{heading}'"
                );
                return Err(LessonError::new(self.file, line, what));
            }
        };
        if part < self.current || (part == self.current && part != Part::Hint) {
            let what = "'## Task' comes once, and before the hints; then '## Arrange' and \
                        '## Notes', once each";
            return Err(LessonError::new(self.file, line, what));
        }
        self.end()?;
        self.current = part;
        self.began = line;
        Ok(())
    }

    fn end(&mut self) -> Result<(), LessonError> {
        let text = self.lines.join("\n").trim().to_owned();
        self.lines.clear();
        if text.is_empty() {
            let what = "there is nothing below this heading";
            return Err(LessonError::new(self.file, self.began, what));
        }
        match self.current {
            Part::Text => self.step.text = text,
            Part::Task => self.step.task = text,
            Part::Hint => self.step.hints.push(text),
            Part::Arrange => {
                let arrange = Arrange::read(&text);
                let arrange = arrange.map_err(|what| LessonError::new(self.file, self.began, what));
                self.step.arrange = Some((arrange?, self.began));
            }
            Part::Notes => self.step.notes = text,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{StepText, take_apart};

    #[test]
    fn a_step_is_a_title_a_text_a_task_and_hints() {
        let step = take_apart(
            "a.md",
            "# One\n\nText.\n\n```\n## no heading\n```\n\n## Task\n\nDo it.\n\n## Hint\n\nSo.\n\n## Hint\nOr so.\n\n## Notes\nTen minutes.\n",
        );
        let expected = StepText {
            title: "One".into(),
            text: "Text.\n\n```\n## no heading\n```".into(),
            task: "Do it.".into(),
            hints: vec!["So.".into(), "Or so.".into()],
            arrange: None,
            notes: "Ten minutes.".into(),
        };
        assert_eq!(step, Ok(expected));
    }

    #[rstest]
    #[case(
        "Text.",
        "a.md:1: the first line is the step's title, as in '# Another status'"
    )]
    #[case("# One\n", "a.md:1: there is nothing below this heading")]
    #[case(
        "# One\n\nText.\n\n## Task\n\n## Hint\n\nSo.",
        "a.md:5: there is nothing below this heading"
    )]
    #[case(
        "# One\nText.\n## Hint\n",
        "a.md:3: there is nothing below this heading"
    )]
    #[case(
        "# One\nText.\n## Hint\nSo.\n## Task\nDo it.",
        "a.md:5: '## Task' comes once, and before the hints; then '## Arrange' and '## Notes', once each"
    )]
    #[case(
        "# One\nText.\n## Arrange\nSome words.",
        "a.md:3: '## Arrange' has one code block, and nothing else"
    )]
    #[case(
        "# One\nText.\n## Tusk\nDo it.",
        "a.md:3: a step has the headings '## Task', '## Hint', '## Arrange' and '## Notes', not 'Tusk'"
    )]
    fn what_is_wrong_is_told_with_its_line(#[case] text: &str, #[case] expected: &str) {
        let error = take_apart("a.md", text).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}
