//! Reads the limits of the worker's program, of which `program/limits.py` is the one source, when
//! this program is compiled.

const SOURCE: &[u8] = include_bytes!("../program/limits.py");

/// The number that a line of the file gives to a name. Without such a line nothing compiles.
pub const fn limit(name: &str) -> u32 {
    let mut at = 0;
    while at < SOURCE.len() {
        if let Some(number) = assigned(at, name.as_bytes()) {
            return number;
        }
        while at < SOURCE.len() && SOURCE[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    #[expect(
        clippy::panic,
        reason = "it is called when the program is compiled only"
    )]
    {
        panic!("program/limits.py has no such name")
    }
}

/// The number in `name = number`, where that is the line that begins here.
const fn assigned(line: usize, name: &[u8]) -> Option<u32> {
    let mut at = 0;
    while at < name.len() {
        if line + at >= SOURCE.len() || SOURCE[line + at] != name[at] {
            return None;
        }
        at += 1;
    }
    let mut place = line + at;
    let sign = b" = ";
    at = 0;
    while at < sign.len() {
        if place >= SOURCE.len() || SOURCE[place] != sign[at] {
            return None;
        }
        at += 1;
        place += 1;
    }
    let mut number = 0;
    while place < SOURCE.len() && SOURCE[place].is_ascii_digit() {
        number = number * 10 + (SOURCE[place] - b'0') as u32;
        place += 1;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::limit;

    #[test]
    fn the_numbers_are_those_of_the_file() {
        assert_eq!(const { limit("MAX_STEPS") }, 2000);
        assert_eq!(const { limit("FLUSH_INTERVAL") }, 50_000_000);
        assert_eq!(const { limit("MAX_INT_BITS") }, 200);
    }
}
