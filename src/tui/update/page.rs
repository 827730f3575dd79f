//! Asks for the page that the response pane shows.

use crate::tui::content::layout::page_width;
use crate::tui::effect::Effect;
use crate::tui::state::model::Model;
use crate::tui::state::page::PageSource;
use crate::tui::state::panes::BodyView;

/// Asks for the page that is to be shown, unless it is made, or another one is being made: then it
/// is asked for after that.
pub fn order(model: &mut Model) -> Option<Effect> {
    let source = wanted(model)?;
    model.session.pages.order(source).then(|| Effect::LayOut {
        source,
        html: model.moment().body.kept.clone(),
        width: source.width,
    })
}

fn wanted(model: &Model) -> Option<PageSource> {
    if model.body_view() != BodyView::Page {
        return None;
    }
    Some(PageSource {
        id: model.exchange()?.id,
        kept: model.moment().body.kept.len(),
        width: page_width(model)?,
    })
}
