//! A step, a question and the end of a lesson, in words. Pure.

use similar::{ChangeTag, TextDiff};

use super::{checks, ended, keys, markdown, mistake};
use crate::diagnosis::Diagnosis;
use crate::exchange::visible;
use crate::headless::plain::push;
use crate::lesson::check::Question;
use crate::lesson::course::{Course, Guess, GuessOutcome, QuestionOf};
use crate::lesson::{Catalogue, Lesson, Progress, Step, state};

/// All of the step that is open: its title, its text and its task.
pub fn step(lesson: &Lesson, course: &Course, step: &Step, was_done: bool) -> String {
    let mut text = format!("\n{}", title(lesson, course.step, step));
    if was_done {
        text.push_str(" You have done this step.");
    }
    text.push('\n');
    text.push_str(&markdown::told(&step.text));
    text.push_str(&keys::told(&step.text));
    text.push_str(&task(course, step));
    text.push_str(&offers(course, step, was_done));
    text
}

/// `Step 2 of 8, letters-and-bytes: Letters and bytes.`
fn title(lesson: &Lesson, place: usize, step: &Step) -> String {
    format!(
        "Step {} of {}, {}: {}.",
        place + 1,
        lesson.steps.len(),
        visible(&step.id),
        visible(&step.title)
    )
}

/// The task, and what became of its checks.
pub fn task(course: &Course, step: &Step) -> String {
    if step.task.is_empty() {
        return "There is nothing to do in this step but read. 'next' continues.\n".to_owned();
    }
    let mut text = format!("Task: {}", markdown::told(&step.task));
    text.push_str(&keys::told(&step.task));
    text.push_str(&checks::list(course, step));
    text
}

/// What can be asked for in this step.
fn offers(course: &Course, step: &Step, was_done: bool) -> String {
    let mut offers = Vec::new();
    if step.question.is_some() && course.guess.is_none() && !was_done {
        offers.push("guess");
    }
    if course.hints < step.hints.len() {
        offers.push("hint");
    }
    if step.solution.is_some() {
        offers.push("solution");
    }
    if offers.is_empty() {
        return String::new();
    }
    format!("You can also type: {}.\n", offers.join(", "))
}

/// The last hint that is shown.
pub fn hint(course: &Course, step: &Step) -> String {
    let hint = course.hints.checked_sub(1);
    match hint.and_then(|place| step.hints.get(place)) {
        Some(hint) => format!(
            "Hint {} of {}: {}{}",
            course.hints,
            step.hints.len(),
            markdown::told(hint),
            keys::told(hint)
        ),
        None => "This step has no hints.\n".to_owned(),
    }
}

/// A question, and its answers by their numbers.
pub fn question(question: &Question) -> String {
    let mut text = markdown::told(&question.asks);
    let answers = question.answers.iter().map(|answer| answer.text.as_str());
    text.push_str(&choices(answers));
    text.push_str("A number answers.\n");
    text
}

/// What to choose from, by numbers.
pub fn choices<'a>(choices: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for (number, choice) in (1..).zip(choices) {
        push(&mut text, &format!("{number}: {}", visible(choice)));
    }
    text
}

/// What came of a guess, and the mistakes that were found in it.
pub fn guess(question: &Question, guess: &Guess, found: &[Diagnosis]) -> String {
    let answer = |place: usize| {
        let answer = question.answers.get(place);
        visible(answer.map_or("", |answer| answer.text.as_str()))
    };
    let mut text = format!("You guessed: {}\n", ended(&answer(guess.chosen)));
    match &guess.outcome {
        GuessOutcome::Waiting => {}
        GuessOutcome::Nothing(why) => {
            push(&mut text, &format!("Nothing came back: {}.", visible(why)));
        }
        GuessOutcome::Came(right) if right.contains(&guess.chosen) => {
            text.push_str("That is right. ");
            text.push_str(&markdown::told(&question.why));
        }
        GuessOutcome::Came(right) => match right.first() {
            Some(&right) => {
                let right = ended(&answer(right));
                text.push_str("That is not what happened. ");
                push(&mut text, &format!("What happened: {right}"));
                let chosen = question.answers.get(guess.chosen);
                text.push_str(&markdown::told(chosen.map_or("", |answer| &answer.why)));
                text.push_str(&markdown::told(&question.why));
            }
            None => text.push_str(
                "With your file something else happens, so none of the answers is right. \
                 'response' and 'body' tell what came.\n",
            ),
        },
    }
    text.extend(found.iter().map(mistake::in_short));
    if let QuestionOf::Mistake(_) = guess.of {
        if guess.lent {
            text.push_str(
                "Your file does not have the line for this mistake, so the lesson's own file was broken instead.\n",
            );
        }
        text.push_str("The mistake is in your file now. 'put back' puts it back as it was.\n");
    }
    text
}

/// The end of a lesson.
pub fn end(lesson: &Lesson, catalogue: &Catalogue, progress: &Progress) -> String {
    let mut text = format!(
        "\nYou have reached the end of lesson {}.\nWhat you know now:\n",
        lesson.number
    );
    for learned in &lesson.learned {
        text.push_str(&markdown::told(&format!("- {learned}")));
    }
    let key = catalogue.key(lesson);
    let steps = (1..).zip(&lesson.steps);
    let left: Vec<String> = steps
        .filter(|(_, step)| !progress.is_done(&key, &step.id))
        .map(|(number, step)| format!("- step {number}, {}\n", visible(&step.title)))
        .collect();
    if !left.is_empty() {
        text.push_str("Not done yet:\n");
        text.push_str(&left.concat());
    }
    let mut lessons = catalogue.lessons.iter();
    match lessons.find(|it| it.number > lesson.number) {
        Some(next) => push(
            &mut text,
            &format!(
                "'next' opens lesson {}, {}: {}",
                next.number,
                visible(&next.title),
                ended(&visible(&next.summary))
            ),
        ),
        None => text.push_str(
            "This was the last lesson. 'wsgi-tutor run app.py' shows any app of your own.\n",
        ),
    }
    if !lesson.mistakes.is_empty() {
        text.push_str("'mistake' makes a mistake on purpose, to see what happens.\n");
    }
    text
}

/// The steps of a lesson and the other lessons, and how far the learner is.
pub fn list(
    lesson: &Lesson,
    course: &Course,
    catalogue: &Catalogue,
    progress: &Progress,
) -> String {
    let mut text = String::new();
    for one in &catalogue.lessons {
        let state = state(catalogue, one, progress);
        let (number, title) = (one.number, visible(&one.title));
        let state = state.trim_start_matches("✓ ");
        push(&mut text, &format!("Lesson {number}, {title}: {state}."));
    }
    push(
        &mut text,
        &format!("The steps of lesson {}:", lesson.number),
    );
    let key = catalogue.key(lesson);
    for (place, step) in lesson.steps.iter().enumerate() {
        let mut line = title(lesson, place, step);
        if progress.is_done(&key, &step.id) {
            line.push_str(" Done.");
        }
        if place == course.step {
            line.push_str(" You are here.");
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// A solution, and how the learner's file differs from it.
pub fn solution(solution: &str, source: &str) -> String {
    if solution == source {
        return "Your file is the same as the solution.\n".to_owned();
    }
    let mut text = format!("One solution of many:\n{}", numbered(solution));
    let (mut theirs, mut yours) = (Vec::new(), Vec::new());
    for change in TextDiff::from_lines(source, solution).iter_all_changes() {
        match (change.tag(), change.old_index(), change.new_index()) {
            (ChangeTag::Insert, _, Some(line)) => theirs.push((line + 1).to_string()),
            (ChangeTag::Delete, Some(line), _) => yours.push((line + 1).to_string()),
            _ => {}
        }
    }
    if !theirs.is_empty() {
        push(
            &mut text,
            &format!(
                "Its lines that your file does not have: {}.",
                theirs.join(", ")
            ),
        );
    }
    if !yours.is_empty() {
        push(
            &mut text,
            &format!("Your lines that it does not have: {}.", yours.join(", ")),
        );
    }
    text.push_str("'take' puts it into your file, and keeps a copy of yours.\n");
    text
}

/// A source with the number of each line.
pub fn numbered(source: &str) -> String {
    let lines = (1..).zip(source.lines());
    let mut text = String::new();
    for (number, line) in lines {
        push(&mut text, &format!("{number}: {}", visible(line)));
    }
    text
}
