//! Folds what happened again and again in just the same way into what people can read: ten thousand
//! `read(1)` are a line with their number. Pure.

/// So many lines may be what repeats: a block, what was sent of it, and the `yield` it waits at.
const MAX_PERIOD: usize = 4;
/// What comes less often is told each time.
const MIN_TIMES: usize = 5;

/// Something that happened, in words, and when: microseconds since the beginning.
pub type Line = (u64, String);

/// What is told of some lines.
#[derive(Debug, PartialEq, Eq)]
pub enum Told<'a> {
    Once(&'a Line),
    /// It came so many times, the last time at this moment.
    Often(&'a Line, usize, u64),
    /// So many lines before came so many more times, the last time at this moment.
    More(usize, usize, u64),
}

/// Folds lines that repeat. Lines that differ at all are told one by one.
pub fn folded(lines: &[Line]) -> Vec<Told<'_>> {
    let mut told = Vec::new();
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let mut runs = (1..=MAX_PERIOD).map(|period| (period, times(rest, period)));
        let Some((period, times)) = runs.find(|(_, times)| *times >= MIN_TIMES) else {
            told.push(Told::Once(first));
            rest = &rest[1..];
            continue;
        };
        let (run, after) = rest.split_at(period * times);
        let last = run.last().map_or(0, |(at, _)| *at);
        if period == 1 {
            told.push(Told::Often(first, times, last));
        } else {
            told.extend(run[..period].iter().map(Told::Once));
            told.push(Told::More(period, times - 1, last));
        }
        rest = after;
    }
    told
}

/// How often the first `period` lines come in a row.
fn times(lines: &[Line], period: usize) -> usize {
    let again = lines.iter().zip(lines.iter().skip(period));
    let alike = again
        .take_while(|((_, one), (_, other))| one == other)
        .count();
    alike / period + 1
}

#[cfg(test)]
mod tests {
    use super::{Line, Told, folded};

    fn lines(text: &str) -> Vec<Line> {
        (1..).zip(text.chars().map(String::from)).collect()
    }

    /// The letters of what is told, with their numbers.
    fn told(text: &str) -> String {
        let lines = lines(text);
        let told = folded(&lines);
        let told = told.iter().map(|told| match told {
            Told::Once((_, text)) => text.clone(),
            Told::Often((_, text), times, last) => format!("{text}×{times}@{last}"),
            Told::More(period, times, last) => format!("({period}×{times}@{last})"),
        });
        told.collect()
    }

    #[test]
    fn what_repeats_is_told_with_its_number() {
        assert_eq!(told("aaaaa"), "a×5@5");
        assert_eq!(told("xaaaaaay"), "xa×6@7y");
        assert_eq!(told("xabcabcabcabcabcy"), "xabc(3×4@16)y");
        assert_eq!(told("aaaaabbbbbb"), "a×5@5b×6@11");
    }

    #[test]
    fn what_differs_or_comes_a_few_times_is_told_each_time() {
        for text in ["", "a", "aaaa", "abababab", "abcdefgh", "aabbaabbcc"] {
            assert_eq!(told(text), text);
        }
        // A line that is another one in the middle.
        assert_eq!(told("aaaaaXaaaaa"), "a×5@5Xa×5@11");
    }
}
