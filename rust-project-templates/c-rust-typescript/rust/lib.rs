//! The part in Rust: finds a command by its name.

use std::ffi::{c_char, c_int, CStr};

/// As `struct command` in C.
#[repr(C)]
pub struct Command {
    name: *const c_char,
    help: *const c_char,
}

/// Which of the commands has a name, or -1. They stand in the order of their names.
///
/// # Safety
///
/// `name` and those of the `count` commands are strings of C.
#[no_mangle]
pub unsafe extern "C" fn find_command(
    name: *const c_char,
    commands: *const Command,
    count: usize,
) -> c_int {
    // SAFETY: the caller promises it.
    let (name, commands) = unsafe {
        (
            CStr::from_ptr(name),
            std::slice::from_raw_parts(commands, count),
        )
    };
    // SAFETY: so are their names.
    let found = commands.binary_search_by(|each| unsafe { CStr::from_ptr(each.name) }.cmp(name));
    found.map_or(-1, |at| at as c_int)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ptr::null;

    #[test]
    fn a_command_is_found_by_its_name_and_nothing_else_is() {
        let commands = [c"help", c"stop"].map(|name| Command {
            name: name.as_ptr(),
            help: null(),
        });
        let find = |name: &CStr| unsafe { find_command(name.as_ptr(), commands.as_ptr(), 2) };
        assert_eq!(find(c"stop"), 1);
        assert_eq!(find(c"go"), -1);
    }
}
