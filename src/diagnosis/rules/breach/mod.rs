//! The rules of the standard that the worker saw broken: here they find their place in the source.

mod body;
mod call;
mod header;
mod item;

pub use call::call_at;
pub use header::is_dict_of;

use super::{Finding, Remedy, status_text, stream_kept};
use crate::diagnosis::case::Case;
use crate::diagnosis::fix::encoded;
use crate::diagnosis::{Mistake, Spot};
use crate::exchange::{EventKind, RuleBroken};
use body::{async_def, close_of_class, comes_late, def_of_class, no_return, opened, silent};
use call::{argument_at, call_spot};
use header::{grown, header, header_as_str, through_dict};
use item::{for_item, item, item_itself};

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let broken = case.run.kinds().filter_map(|(at, kind)| match kind {
        EventKind::RuleBroken(broken) => Some((at, broken)),
        _ => None,
    });
    broken
        .filter_map(|(at, broken)| {
            let mistake = match Mistake::named(&broken.rule)? {
                Mistake::StartResponseMissing if comes_late(case, at) => Mistake::StartResponseLate,
                Mistake::StreamKept => return stream_kept::finding(case, broken, at),
                mistake => mistake,
            };
            let spot = spot(case, mistake, broken, at).or_else(|| {
                let blame = broken.by.blame.as_ref()?;
                Some(case.line(blame))
            });
            let finding = Finding::new(mistake, broken.message.clone(), spot, at);
            Some(match mended(case, mistake, broken, at) {
                Some(remedy) => finding.with(remedy),
                None => finding,
            })
        })
        .collect()
}

/// What is offered, where the explanation's own repair does not fit.
fn mended(case: &Case<'_>, mistake: Mistake, broken: &RuleBroken, at: usize) -> Option<Remedy> {
    match mistake {
        Mistake::BodyItemIsStr => {
            let (file, tree, expr) = item_itself(case, broken, at)?;
            encoded(tree.source, &file, expr).map(Remedy::Edit)
        }
        Mistake::BodyItemNotBytes => for_item(case, &broken.message),
        Mistake::StatusNotStr => status_text::of_another_type(case, broken),
        Mistake::StatusMalformed => status_text::of_number(case, broken),
        Mistake::HeaderNotStr => Some(header_as_str(case, broken)),
        Mistake::HeadersSharedList => {
            let (_, _, _, own) = grown(case, broken)?;
            Some(Remedy::Example(own))
        }
        _ => None,
    }
}

fn spot(case: &Case<'_>, mistake: Mistake, broken: &RuleBroken, at: usize) -> Option<Spot> {
    match mistake {
        Mistake::AsyncApp => async_def(case),
        Mistake::BodyTextFile => opened(case),
        Mistake::BodyLenLies => def_of_class(case, "__len__"),
        Mistake::CloseNotCallable => close_of_class(case).or_else(|| Some(case.returned()?.spot())),
        Mistake::StartResponseMissing | Mistake::StartResponseLate => {
            let made = case.block(at).or_else(|| silent(case))?;
            Some(made.spot())
        }
        Mistake::BodyItemIsStr | Mistake::BodyItemNotBytes => match &broken.by.blame {
            // write() was called.
            Some(blame) => argument_at(case, blame, "", 0),
            None => item(case, mistake, at),
        },
        Mistake::BodyIsNone => no_return(case),
        Mistake::BodyClosedFile
        | Mistake::BodyIsBareBytes
        | Mistake::BodyIsDict
        | Mistake::BodyIsStr
        | Mistake::BodyNotIterable
        | Mistake::BodySharedIterator
        | Mistake::AppSharedInstance => Some(case.returned()?.spot()),
        Mistake::StatusNotStr | Mistake::StatusMalformed => {
            argument_at(case, broken.by.blame.as_ref()?, "start", 0)
        }
        Mistake::HeadersSharedList if let Some((file, tree, node, _)) = grown(case, broken) => {
            Some(Spot::of(&file, tree.span(&node)))
        }
        Mistake::HeadersNotList | Mistake::HeadersSharedList => {
            argument_at(case, broken.by.blame.as_ref()?, "start", 1)
        }
        Mistake::HeadersThroughDict => through_dict(case, broken),
        Mistake::HeaderHopByHop
        | Mistake::HeaderInjection
        | Mistake::HeaderNameMalformed
        | Mistake::HeaderNotLatin1
        | Mistake::HeaderNotStr
        | Mistake::HeaderNotTuple
        | Mistake::HeaderStatus
        | Mistake::ContentLengthMalformed => header(case, mistake, broken),
        Mistake::ErrorsBytes => argument_at(case, broken.by.blame.as_ref()?, "write", 0),
        Mistake::WriteAfterEnd | Mistake::WriteInIterable => {
            call_spot(case, broken.by.blame.as_ref()?, "")
        }
        _ => call_spot(case, broken.by.blame.as_ref()?, "start"),
    }
}
