//! How messages change the model. Pure: what is to be done outside is answered as effects.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

mod checks;
mod editor;
pub mod export;
mod lesson;
mod page;

use crate::browser::Request;
use crate::diagnosis::{Findings, Sources};
use crate::exchange::{Event, EventKind, ExchangeId, visible};
use crate::python::Code;
use crate::session::{self, Report};
use crate::tui::action::{Action, EditorAction};
use crate::tui::content::environ;
use crate::tui::content::layout::{GUTTER, Layout};
use crate::tui::content::panes::extent;
use crate::tui::content::{shown_file, source};
use crate::tui::effect::Effect;
use crate::tui::keymap::{self, Context};
use crate::tui::message::Message;
use crate::tui::state::answers;
use crate::tui::state::editor::EditorState;
use crate::tui::state::form::Form;
use crate::tui::state::model::{Comparison, Model, Overlay, Screen};
use crate::tui::state::panes::Pane;
use crate::tui::state::playback::{Playback, Seek};
use crate::tui::state::session::{Load, Opened, OtherFile, Subject};

/// Lines a turn of the mouse wheel scrolls.
const WHEEL: isize = 3;
/// Lines kept above a line that is scrolled into view.
const CONTEXT_LINES: usize = 3;

/// Takes a message into the model, and says what is to be done.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let edited = model.session.editor.is_some();
    let cursor = editor::cursor_in_view(model);
    let mut effects = take(model, message);
    editor::keep_in_view(model, cursor);
    if edited && model.session.editor.is_none() {
        // What is shown now may be shorter.
        keep_scroll(model);
    }
    effects.extend(ask_for_file(model));
    // Whatever happened, another page may have to be shown now, or the same at another width.
    effects.extend(page::order(model));
    effects
}

/// Asks for the file that a step or an error leads to, once.
fn ask_for_file(model: &mut Model) -> Option<Effect> {
    let file = shown_file::wanted(model)?.to_owned();
    let opened = model.session.opened.as_mut()?;
    if let Subject::Recording(_) = opened.subject {
        // It may come from anybody, and name any file of this machine.
        return None;
    }
    if opened.others.contains_key(&file) {
        return None;
    }
    opened.others.insert(file.clone(), None);
    Some(Effect::Read(file.into()))
}

fn take(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => return pressed(model, key),
        Message::Mouse(mouse) => clicked(model, mouse),
        Message::Paste(text) => return paste(model, &text),
        Message::Resize(columns, rows) => {
            model.size = (columns, rows);
            keep_scroll(model);
        }
        Message::Report(report) => return reported(model, report),
        Message::Opened {
            subject,
            file,
            source,
            broken,
        } => return opened(model, subject, file, source, broken),
        Message::Diagnosed { id, findings } => return diagnosed(model, id, findings),
        Message::LoadDiagnosed { sources, findings } => load_diagnosed(model, &sources, findings),
        Message::Lesson(news) => return lesson::take(model, news),
        Message::Editor(news) => return editor::take(model, news),
        Message::Highlighted { source, tokens } => {
            let Some(opened) = &mut model.session.opened else {
                return Vec::new();
            };
            if let Some(editing) = &mut model.session.editor
                && editing.plain() == source
            {
                let lines = editing.text.lines().to_vec();
                editing.colours = Some((lines, tokens.clone()));
            }
            if opened.source == source {
                opened.tokens = Some(tokens);
            } else if let Some(other) = opened
                .others
                .values_mut()
                .flatten()
                .find(|other| other.source == source)
            {
                other.tokens = Some(tokens);
            }
        }
        Message::FileRead { file, source } => {
            if let Some(opened) = &mut model.session.opened {
                let other = OtherFile {
                    source: source.clone(),
                    tokens: None,
                };
                opened.others.insert(file, Some(other));
                show_news_of_trouble(model);
                return vec![Effect::Highlight(source)];
            }
        }
        Message::Paged { source, page } => {
            model.session.pages.take(source, page);
            keep_scroll(model);
        }
        Message::Notice(notice) => model.notice = Some(notice),
        // The file is watched; what was saved comes as a report, to all but the editor here.
        Message::Continued => {}
        Message::Edited => return editor::read_again(model).into_iter().collect(),
        Message::Suspend => return vec![Effect::Suspend { job: false }],
        Message::Quit => return vec![Effect::Quit],
    }
    Vec::new()
}

fn pressed(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if key.kind == KeyEventKind::Release {
        return Vec::new();
    }
    model.notice = None;
    if let Some(action) = keymap::action(model, key) {
        return act(model, action);
    }
    if keymap::context(model) == Context::Editor {
        return editor::input(model, key);
    }
    // The fields are one line each: these keys must not be text.
    let moves = matches!(key.code, KeyCode::Tab | KeyCode::BackTab | KeyCode::Enter);
    if keymap::context(model) == Context::Form
        && !moves
        && let Some(Overlay::Form(form)) = &mut model.overlay
        && let Some((_, text)) = form.fields.get_mut(form.at)
    {
        text.input(key);
    }
    Vec::new()
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Send => return send_suggestion(model),
        Action::SendForm => return send_form(model),
        Action::Resend => return export::resend(model),
        Action::EndAnswer => {
            return answers::endable(model)
                .map(Effect::EndAnswer)
                .into_iter()
                .collect();
        }
        Action::Copy => return export::copy(model),
        Action::CopyCurl => return export::copy_curl(model),
        Action::Save => return export::save(model),
        Action::Compare => compare(model),
        Action::Browse => {
            let url = model.server.url.clone();
            return url.map(Effect::Browse).into_iter().collect();
        }
        Action::Editor(action) => return editor::act(model, action),
        Action::Edit if model.session.editor.is_some() => {
            return editor::act(model, EditorAction::Outside);
        }
        Action::Edit => {
            let file = shown_file::path(model);
            return file.map(Effect::Edit).into_iter().collect();
        }
        Action::OpenLesson => {
            if let Screen::Lessons(selected) = model.screen {
                return vec![Effect::Open(selected)];
            }
        }
        Action::Lesson(action) => return lesson::act(model, action),
        Action::Suspend => return vec![Effect::Suspend { job: true }],
        Action::Quit => return editor::quit(model),
        Action::OpenForm => open_form(model),
        Action::OpenPageForm => open_page_form(model),
        Action::OpenLinks => {
            if let Some(page) = model.page_in_focus() {
                let form = Form::links(page.links.clone(), model.page_origin(page));
                model.overlay = Some(Overlay::Form(form));
            }
        }
        Action::NextField => to_field(model, 1),
        Action::PreviousField => to_field(model, -1),
        Action::NextPane => focus(model, model.pane_after(1)),
        Action::PreviousPane => focus(model, model.pane_after(model.panes().len() - 1)),
        Action::Focus(pane) => focus(model, pane),
        Action::Zoom => {
            model.zoomed = !model.zoomed;
            keep_scroll(model);
        }
        Action::BodyView => {
            model.body = model.next_view();
            model.session.scroll.set(Pane::Response, 0);
            keep_scroll(model);
        }
        Action::Fold => {
            if let Some(group) = environ::selected_group(model) {
                if !model.folded.remove(group) {
                    model.folded.insert(group);
                }
                keep_scroll(model);
            }
        }
        Action::Up => step(model, -1),
        Action::Down => step(model, 1),
        Action::PageUp => step(model, -page(model)),
        Action::PageDown => step(model, page(model)),
        Action::Home => step(model, isize::MIN),
        Action::End => step(model, isize::MAX),
        Action::Live => {
            model.zoomed = false;
            model.session.chosen = None;
            model.session.playback = None;
            follow(model);
        }
        Action::Playback(seek) => step_through(model, seek),
        Action::Lessons => {
            let place = model.session.opened.as_ref().and_then(Opened::place);
            model.screen = Screen::Lessons(place.unwrap_or(0));
        }
        Action::Back => {
            model.screen = Screen::Opened;
            keep_scroll(model);
        }
        Action::Theme => {
            model.theme = model.theme.next();
            model.notice = Some(format!("colours: {}", model.theme.name()));
        }
        Action::Explain => model.overlay = Some(Overlay::Explained(0)),
        Action::Traceback => model.overlay = Some(Overlay::Traceback(0)),
        Action::Help => model.overlay = Some(Overlay::Help(0)),
        Action::Close => model.overlay = None,
    }
    Vec::new()
}

fn send_suggestion(model: &Model) -> Vec<Effect> {
    let sent = model
        .session
        .opened
        .as_ref()
        .and_then(|opened| opened.sent.clone());
    let step = model.course().and_then(|it| it.step_of(model.teaching()?));
    let of_step = step.and_then(|step| step.suggestion.as_ref());
    let of_lesson = model.teaching().map(|lesson| &lesson.suggestion);
    let request = match of_step.or(of_lesson) {
        Some(suggestion) => Request {
            method: suggestion.method.clone(),
            path: suggestion.path.clone(),
            form: None,
            ..Request::default()
        },
        // An app of one's own has no suggestion but the last request.
        None => sent.unwrap_or_default(),
    };
    vec![Effect::Send(request)]
}

fn open_form(model: &mut Model) {
    let opened = model.session.opened.as_ref();
    let sent = opened.and_then(|opened| opened.sent.as_ref());
    let form = match model.teaching() {
        Some(lesson) => Form::of(lesson, sent),
        None => Form::any(sent.unwrap_or(&Request::default())),
    };
    model.overlay = Some(Overlay::Form(form));
}

fn open_page_form(model: &mut Model) {
    let Some(page) = model.page_in_focus() else {
        return;
    };
    let Some(form) = &page.form else { return };
    let form = Form::of_page(form, model.page_origin(page));
    match form.request() {
        Ok(_) => model.overlay = Some(Overlay::Form(form)),
        Err(why) => model.notice = Some(visible(&why)),
    }
}

fn send_form(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = &model.overlay else {
        return Vec::new();
    };
    let request = match form.request() {
        Ok(request) => request,
        Err(why) => {
            model.notice = Some(visible(&why));
            return Vec::new();
        }
    };
    if form.leads_on() {
        // As in a browser the answer takes the page's place.
        model.session.chosen = None;
        model.session.playback = None;
    }
    model.overlay = None;
    if let Some(opened) = &mut model.session.opened {
        opened.sent = Some(request.clone());
    }
    vec![Effect::Send(request)]
}

fn focus(model: &mut Model, pane: Pane) {
    let appears = pane == Pane::Source && model.session.upper != pane;
    model.session.focus = pane;
    match pane {
        Pane::Lesson | Pane::Source => model.session.upper = pane,
        Pane::Requests | Pane::Timeline => model.lower = pane,
        Pane::Environ | Pane::Response => {}
    }
    keep_scroll(model);
    if appears {
        // While it was hidden nothing could be scrolled into view.
        if model.session.editor.is_some() {
            editor::follow_cursor(model);
        } else {
            show_trouble(model);
        }
    }
    if pane == Pane::Requests {
        let shown = model
            .exchange()
            .and_then(|exchange| model.session.history.index_of(exchange.id));
        show_row(model, pane, shown.unwrap_or(0));
    }
}

/// Marks the request that is shown; with another one marked, shows what differs.
fn compare(model: &mut Model) {
    let Some(shown) = model.exchange().map(|exchange| exchange.id) else {
        return;
    };
    let marked = model
        .session
        .marked
        .filter(|&id| model.session.history.get(id).is_some());
    match marked {
        Some(marked) if marked != shown => {
            model.overlay = Some(Overlay::Compare(Comparison {
                left: marked,
                right: shown,
                scroll: 0,
            }));
        }
        Some(_) => {
            model.session.marked = None;
            model.notice = Some(format!("#{shown} is no longer marked"));
        }
        None => {
            model.session.marked = Some(shown);
            model.notice = Some(format!(
                "#{shown} is marked; d on another request shows what differs"
            ));
        }
    }
}

/// Goes so many fields further or back, around the ends.
fn to_field(model: &mut Model, by: isize) {
    if let Some(Overlay::Form(form)) = &mut model.overlay {
        let count = form.fields.len().max(1);
        form.at = form.at.saturating_add(count).saturating_add_signed(by) % count;
    }
}

/// Moves the selection, or scrolls, in whatever has the focus.
fn step(model: &mut Model, by: isize) {
    if model.overlay.as_mut().and_then(Overlay::scroll).is_some() {
        let furthest = keymap::furthest(model);
        if let Some(scroll) = model.overlay.as_mut().and_then(Overlay::scroll) {
            *scroll = moved(*scroll, by, furthest);
        }
        return;
    }
    if let Screen::Lessons(selected) = model.screen {
        let last = model.catalogue.lessons.len().saturating_sub(1);
        model.screen = Screen::Lessons(moved(selected, by, last));
        return;
    }
    match model.session.focus {
        Pane::Environ => {
            let rows = environ::rows(model).len();
            let row = model.session.environ_row.min(rows.saturating_sub(1));
            model.session.environ_row = moved(row, by, rows.saturating_sub(1));
            show_row(model, Pane::Environ, model.session.environ_row);
        }
        Pane::Requests => choose(model, by),
        Pane::Timeline => {
            let last = model
                .exchange()
                .map_or(0, |it| it.events().len())
                .saturating_sub(1);
            let at = model
                .session
                .playback
                .as_ref()
                .map_or(last, |playback| playback.at);
            hold(model, moved(at, by, last));
        }
        pane => scroll(model, pane, by),
    }
}

/// Shows the moment so far from the one that is shown.
fn step_through(model: &mut Model, seek: Seek) {
    let from = model.session.playback.as_ref().map(|playback| playback.at);
    let held = model
        .exchange()
        .and_then(|exchange| Playback::stepped(exchange, from, seek));
    show_moment(model, held);
}

/// Shows the moment after the event at this place.
fn hold(model: &mut Model, at: usize) {
    let held = model
        .exchange()
        .and_then(|exchange| Playback::new(exchange, at));
    show_moment(model, held);
}

fn show_moment(model: &mut Model, held: Option<Playback>) {
    let Some(held) = held else { return };
    let at = held.at;
    // New requests may come meanwhile.
    model.session.chosen = Some(held.id);
    model.session.playback = Some(held);
    model.lower = Pane::Timeline;
    // The line that runs next is what a step is about.
    model.session.upper = Pane::Source;
    keep_scroll(model);
    // What came before it and what comes after it.
    let (total, visible) = extent(model, Pane::Timeline);
    let top = at
        .saturating_sub(visible / 2)
        .min(total.saturating_sub(visible));
    model.session.scroll.set(Pane::Timeline, top);
    show_trouble(model);
}

/// Chooses an exchange; choosing the last one follows the latest again.
fn choose(model: &mut Model, by: isize) {
    let last = model.session.history.len().saturating_sub(1);
    let shown = model.exchange().map(|exchange| exchange.id);
    let place = shown
        .and_then(|id| model.session.history.index_of(id))
        .unwrap_or(last);
    let place = moved(place, by, last);
    model.session.playback = None;
    model.session.chosen = if place == last {
        None
    } else {
        model.session.history.at(place).map(|exchange| exchange.id)
    };
    shown_another(model);
    show_row(model, Pane::Requests, place);
}

fn scroll(model: &mut Model, pane: Pane, by: isize) {
    let (total, visible) = extent(model, pane);
    let scroll = moved(
        model.session.scroll.of(pane),
        by,
        total.saturating_sub(visible),
    );
    model.session.scroll.set(pane, scroll);
}

/// Scrolls a list so that a row is visible.
fn show_row(model: &mut Model, pane: Pane, row: usize) {
    let (total, visible) = extent(model, pane);
    if visible == 0 {
        return;
    }
    let scroll = model.session.scroll.of(pane);
    let scroll = if row < scroll {
        row
    } else if row >= scroll + visible {
        row + 1 - visible
    } else {
        scroll
    };
    model
        .session
        .scroll
        .set(pane, scroll.min(total.saturating_sub(visible)));
}

/// After the sizes changed no pane may be scrolled past its end.
fn keep_scroll(model: &mut Model) {
    // Those that are not shown keep their place until they are.
    for (pane, _) in Layout::of(model).panes {
        scroll(model, pane, 0);
    }
    show_row(model, Pane::Environ, model.session.environ_row);
}

fn page(model: &Model) -> isize {
    let (_, visible) = extent(model, model.session.focus);
    isize::try_from(visible.saturating_sub(1).max(1)).unwrap_or(1)
}

fn moved(place: usize, by: isize, last: usize) -> usize {
    place.saturating_add_signed(by).min(last)
}

fn clicked(model: &mut Model, mouse: MouseEvent) {
    if !matches!(keymap::context(model), Context::Lesson | Context::Editor) {
        return;
    }
    let at = Position::new(mouse.column, mouse.row);
    let layout = Layout::of(model);
    let Some(&(pane, area)) = layout.panes.iter().find(|(_, area)| area.contains(at)) else {
        return;
    };
    match mouse.kind {
        MouseEventKind::ScrollUp => scroll(model, pane, -WHEEL),
        MouseEventKind::ScrollDown => scroll(model, pane, WHEEL),
        MouseEventKind::Down(MouseButton::Left) => {
            // What is under the mouse, before the focus makes room for something else there.
            let (_, visible) = extent(model, pane);
            let inside = usize::from(mouse.row.saturating_sub(area.y + 1));
            let row = model.session.scroll.of(pane) + inside;
            focus(model, pane);
            match pane {
                Pane::Source => {
                    let column = usize::from(mouse.column.saturating_sub(area.x + 1));
                    editor::clicked(model, row, column.saturating_sub(GUTTER));
                }
                Pane::Environ if inside < visible && row < environ::rows(model).len() => {
                    model.session.environ_row = row;
                    show_row(model, pane, row);
                }
                Pane::Timeline => hold(model, row),
                Pane::Requests => {
                    let shown = model
                        .exchange()
                        .and_then(|one| model.session.history.index_of(one.id));
                    if let Some(shown) = shown.filter(|_| row < model.session.history.len()) {
                        choose(model, row.cast_signed() - shown.cast_signed());
                    }
                }
                _ => {}
            }
        }
        _ => {}
    }
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if keymap::context(model) == Context::Editor {
        return editor::paste(model, text);
    }
    if keymap::context(model) == Context::Form
        && let Some(Overlay::Form(form)) = &mut model.overlay
        && let Some((_, field)) = form.fields.get_mut(form.at)
    {
        // A field is one line, and what cannot be seen should not be sent.
        let parts = text.split(char::is_control).filter(|part| !part.is_empty());
        field.insert_str(parts.collect::<Vec<_>>().join(" "));
    }
    Vec::new()
}

/// Shows what was opened; `broken` where the file is broken on purpose.
fn opened(
    model: &mut Model,
    subject: Subject,
    file: Option<PathBuf>,
    source: String,
    broken: bool,
) -> Vec<Effect> {
    let course = match subject {
        Subject::Lesson(place) => model.catalogue.lessons.get(place),
        Subject::App(_) | Subject::Recording(_) => None,
    };
    let course = course.map(|lesson| lesson::open(model, lesson, &source, broken));
    model.session = model.session.succeed(Opened {
        subject,
        sources: file_of(file.as_deref(), &source),
        file,
        source: source.clone(),
        tokens: None,
        loaded: Load::Pending,
        unloaded: Vec::new(),
        printed: String::new(),
        course,
        sent: None,
        others: BTreeMap::new(),
    });
    model.screen = Screen::Opened;
    let mut effects = vec![Effect::Highlight(source)];
    effects.extend(lesson::opened(model));
    effects
}

fn reported(model: &mut Model, report: Report) -> Vec<Effect> {
    match report {
        Report::Serving { url, public } => {
            model.server.url = Some(url);
            model.server.public = public;
        }
        Report::Python(about) => model.server.python = Some(about),
        Report::Event(id, event) => return happened(model, id, event),
        Report::Loaded(mut code) => {
            let callable = std::mem::take(&mut code.callable);
            return loaded(model, code, Load::Ready(callable));
        }
        Report::LoadFailed(code, raised) => return loaded(model, code, Load::Failed(*raised)),
        Report::WorkerDied { reason } => {
            model.notice = Some(format!(
                "Python ended: {reason}. The next request starts it anew."
            ));
        }
        Report::Trouble(trouble) => model.notice = Some(trouble),
    }
    Vec::new()
}

fn loaded(model: &mut Model, code: Code, loaded: Load) -> Vec<Effect> {
    // A file of the lesson before may have taken its time.
    let Some(opened) = model
        .session
        .opened
        .as_mut()
        .filter(|opened| opened.target().is_some() || opened.file == code.file)
    else {
        return Vec::new();
    };
    opened.sources = session::sources(&code);
    opened.unloaded.clear();
    let failed = matches!(loaded, Load::Failed(_));
    opened.loaded = loaded;
    // Any of them may be what was saved.
    opened.others.clear();
    opened.printed = code.printed;
    opened.file = code.file.or(opened.file.take());
    let effects = if opened.source == code.source {
        Vec::new()
    } else {
        opened.source.clone_from(&code.source);
        opened.tokens = None;
        vec![Effect::Highlight(code.source)]
    };
    show_news_of_trouble(model);
    let diagnose = failed.then_some(Effect::DiagnoseLoad);
    let effects = effects.into_iter().chain(diagnose);
    let effects = effects.chain(checks::loaded(model));
    effects.chain(editor::read_again(model)).collect()
}

fn happened(model: &mut Model, id: ExchangeId, event: Event) -> Vec<Effect> {
    let finished = event.kind == EventKind::Finished;
    let is_new = model
        .session
        .history
        .latest()
        .is_none_or(|latest| latest.id < id);
    let forgotten = model.session.history.record(id, event);
    if forgotten > 0 {
        let oldest = model
            .session
            .history
            .at(0)
            .map_or(id, |exchange| exchange.id);
        model.session.diagnoses = model.session.diagnoses.split_off(&oldest);
        // What is left of the list has moved up.
        let scroll = model
            .session
            .scroll
            .of(Pane::Requests)
            .saturating_sub(forgotten);
        model.session.scroll.set(Pane::Requests, scroll);
        if model
            .session
            .chosen
            .is_some_and(|chosen| model.session.history.get(chosen).is_none())
        {
            model.session.chosen = None;
            model.session.playback = None;
            follow(model);
        }
    }
    if model.session.chosen.is_none() && is_new {
        follow(model);
    }
    if finished && model.exchange().is_some_and(|exchange| exchange.id == id) {
        show_news_of_trouble(model);
    }
    if finished {
        return vec![Effect::Diagnose(id)];
    }
    Vec::new()
}

/// Takes the mistakes of a finished exchange.
fn diagnosed(model: &mut Model, id: ExchangeId, findings: Findings) -> Vec<Effect> {
    // It may have been forgotten by now.
    if model.session.history.get(id).is_none() {
        return Vec::new();
    }
    if findings.unfinished && !std::mem::replace(&mut model.session.said_incomplete, true) {
        model.notice = Some(
            "Not everything in this source could be looked into: mistakes may have been missed."
                .to_owned(),
        );
    }
    if !findings.diagnoses.is_empty() {
        model.session.diagnoses.insert(id, findings.diagnoses);
    }
    if model.exchange().is_some_and(|exchange| exchange.id == id) {
        show_news_of_trouble(model);
    }
    checks::own_exchange(model, id)
}

/// Takes the mistake because of which these files could not be loaded, unless others were loaded since.
fn load_diagnosed(model: &mut Model, sources: &Sources, findings: Findings) {
    let opened = model.session.opened.as_mut();
    let Some(opened) = opened.filter(|opened| opened.sources.is_same(sources)) else {
        return;
    };
    opened.unloaded = findings.diagnoses;
    show_news_of_trouble(model);
}

/// The application's file alone, until its other ones are known.
fn file_of(file: Option<&Path>, source: &str) -> Sources {
    file.map_or_else(Sources::default, |file| {
        Sources::of(file.to_string_lossy(), source)
    })
}

/// Shows the latest exchange from its beginning.
fn follow(model: &mut Model) {
    shown_another(model);
    let last = model.session.history.len().saturating_sub(1);
    show_row(model, Pane::Requests, last);
}

fn shown_another(model: &mut Model) {
    model.session.scroll.set(Pane::Response, 0);
    let rows = environ::rows(model).len();
    model.session.environ_row = model.session.environ_row.min(rows.saturating_sub(1));
}

/// The last line that ran of the file that is shown, where what the server calls is no code of that file: the
/// application is a framework's.
fn last_line_of_framework(model: &Model, opened: &Opened) -> Option<usize> {
    let Load::Ready(callable) = &opened.loaded else {
        return None;
    };
    let class = callable.strip_prefix("instance of ")?;
    let file = opened.file.as_ref()?;
    if opened.source.contains(&format!("class {class}")) {
        return None;
    }
    let mut events = model.exchange()?.events().iter().rev();
    events.find_map(|event| match &event.kind {
        EventKind::Line(step) if file.as_os_str() == step.place.file.as_str() => {
            Some(step.place.line as usize)
        }
        _ => None,
    })
}

/// Scrolls the line that is wrong into view, unless somebody is writing: no request, whoever sends
/// it, may take the text away from under the cursor.
fn show_news_of_trouble(model: &mut Model) {
    if !model
        .session
        .editor
        .as_ref()
        .is_some_and(EditorState::is_unsaved)
    {
        show_trouble(model);
    }
}

/// Scrolls the line that is wrong into view, or the one of the learner's that a framework called last.
fn show_trouble(model: &mut Model) {
    let Some(opened) = &model.session.opened else {
        return;
    };
    let trouble = source::trouble_row(model, opened);
    let Some(line) = trouble.or_else(|| last_line_of_framework(model, opened)) else {
        return;
    };
    let (_, visible) = extent(model, Pane::Source);
    let top = model.session.scroll.of(Pane::Source);
    if visible > 0 && !(top + 1..top + visible).contains(&line) {
        let wanted = line.saturating_sub(CONTEXT_LINES + 1);
        model.session.scroll.set(Pane::Source, wanted);
        scroll(model, Pane::Source, 0);
    }
}
