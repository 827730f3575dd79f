//! Questions: what the learner guesses, of a step or of a mistake made on purpose, and what came.

use super::place::{open_lesson, remember, reveal_guess};
use crate::exchange::visible;
use crate::lesson::check::Reply;
use crate::lesson::course::QuestionOf;
use crate::tui::effect::Effect;
use crate::tui::state::choice::{Choice, Decision, Offer};
use crate::tui::state::model::{Model, Overlay};

/// Asks the step's question before what it is about runs for the first time; whether it did.
pub fn ask_first(model: &mut Model) -> bool {
    let Some(key) = model.lesson_key().filter(|_| model.server.url.is_some()) else {
        return false;
    };
    // Nothing can be asked of a file that does not run.
    if model.is_unloaded() {
        return false;
    }
    let progress = &model.progress;
    let opened = open_lesson(&mut model.session.opened, &model.catalogue);
    let asks = opened.is_some_and(|(lesson, course, _)| course.has_to_ask(lesson, &key, progress));
    if asks {
        ask(model, QuestionOf::Step);
        model.notice = Some("A guess first, right or wrong. esc goes on without one.".to_owned());
    }
    asks
}

/// Asks a question.
pub fn ask(model: &mut Model, of: QuestionOf) {
    if of == QuestionOf::Step && model.is_unloaded() {
        model.notice =
            Some("Python cannot load your file, so nothing would come. Fix it first.".to_owned());
        return;
    }
    let Some((lesson, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return;
    };
    let Some(question) = course.question_of(lesson, of) else {
        return;
    };
    course.asked |= of == QuestionOf::Step;
    let title = match of {
        QuestionOf::Step => "What will happen?".to_owned(),
        QuestionOf::Mistake(place) => lesson.mistakes[place].title.clone(),
    };
    let answers = question.answers.iter().enumerate();
    let options = answers.map(|(answer, it)| Offer::new(&it.text, Decision::Guess { of, answer }));
    let choice = Choice::new(title, question.asks.clone(), options.collect());
    model.overlay = Some(Overlay::Choice(choice));
}

/// Takes the answer to a question, and sends the request that shows what is right.
pub fn answer(model: &mut Model, of: QuestionOf, chosen: usize) -> Vec<Effect> {
    // What comes is to be seen, and is the latest.
    model.session.chosen = None;
    model.session.playback = None;
    let Some((lesson, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return Vec::new();
    };
    let (number, request) = match course.guess(lesson, of, chosen) {
        Ok(Some(asked)) => asked,
        Ok(None) => return Vec::new(),
        Err(why) => {
            model.notice = Some(visible(&why.to_string()));
            return Vec::new();
        }
    };
    let ask = Effect::Ask { number, request };
    let mut effects = match of {
        QuestionOf::Step => Vec::new(),
        QuestionOf::Mistake(mistake) => vec![Effect::Break {
            mistake,
            lends: false,
        }],
    };
    effects.push(ask);
    reveal_guess(model);
    effects
}

/// Takes what came of the request that answers a question.
pub fn answered(model: &mut Model, number: u64, reply: &Reply) -> Vec<Effect> {
    let key = model.lesson_key();
    let Some((lesson, course, source)) = open_lesson(&mut model.session.opened, &model.catalogue)
    else {
        return Vec::new();
    };
    if !course.take_reply(lesson, number, reply, source) {
        return Vec::new();
    }
    match course.ask_of_lent(lesson) {
        Some(Ok((number, request, mistake))) => {
            let lends = true;
            return vec![
                Effect::Break { mistake, lends },
                Effect::Ask { number, request },
            ];
        }
        Some(Err(why)) => model.notice = Some(visible(&why.to_string())),
        None => model.notice = None,
    }
    let change = key.and_then(|key| course.guessed(lesson, &key));
    reveal_guess(model);
    change.map_or_else(Vec::new, |change| remember(model, vec![change]))
}

/// Offers the mistakes of the lesson; or puts the file back, when one was made.
pub fn break_or_put_back(model: &mut Model) -> Vec<Effect> {
    let Some((lesson, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return Vec::new();
    };
    if course.broken {
        return vec![Effect::PutBack];
    }
    let mistakes = lesson.mistakes.iter().enumerate();
    let offers = mistakes.map(|(place, it)| Offer::new(&it.title, Decision::Mistake(place)));
    let offers: Vec<Offer> = offers.collect();
    if !offers.is_empty() {
        model.overlay = Some(Overlay::Choice(Choice::new(
            "Make a mistake",
            "It is made in your file, or in the lesson's own where yours has no line for it; m puts \
             the file back as it was. Which one?",
            offers,
        )));
    }
    Vec::new()
}

/// The file was broken on purpose; `lent` when it is not the learner's own that is broken.
pub fn was_broken(model: &mut Model, lent: bool) {
    if let Some((_, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) {
        course.was_broken(lent);
    }
}

/// The file is as it was again.
pub fn put_back(model: &mut Model) {
    if let Some((_, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) {
        course.was_put_back();
    }
}
