//! `-machine`, for C.

use emu_api::bindings;
use machine_options::{Aarch64, Accelerator, Machine};
use std::ffi::CStr;
use std::os::raw::c_char;

/// What an argument asks of this machine, or why it cannot have it.
fn options_for(argument: &str) -> Result<bindings::MachineOptions, String> {
    let machine: Machine<Aarch64> = argument.parse().map_err(|error| format!("{error}"))?;
    let refused = [
        ("nvdimm", machine.nvdimm() == Some(&true)),
        ("hmat", machine.hmat() == Some(&true)),
        ("aes-key-wrap", machine.aes_key_wrap() == Some(&true)),
        ("dea-key-wrap", machine.dea_key_wrap() == Some(&true)),
        ("memory-encryption", machine.memory_encryption().is_some()),
        ("memory-backend", machine.memory_backend().is_some()),
    ];

    if machine.machine_type() != "virt" {
        return Err(format!(
            "this emulator is no \"{}\", only a \"virt\"",
            machine.machine_type()
        ));
    }
    if matches!(machine.accel(), Some(accel) if !accel.contains(Accelerator::Tcg)) {
        return Err(format!(
            "of \"{argument}\" no accelerator is here, only \"tcg\""
        ));
    }
    if let Some((option, _)) = refused.iter().find(|(_, asked)| *asked) {
        return Err(format!("this machine has no \"{option}\""));
    }
    Ok(bindings::MachineOptions {
        dump_guest_core: machine.dump_guest_core().copied().unwrap_or(true),
        mem_merge: machine.mem_merge().copied().unwrap_or(true),
        aux_ram_share: machine.aux_ram_share().copied().unwrap_or(false),
    })
}

/// Reads the argument of `-machine`; see `machine-options.h`.
///
/// # Safety
///
/// `argument` is a C string, `options` can be written, and `message` has `message_size` bytes.
#[no_mangle]
pub unsafe extern "C" fn machine_options_parse(
    argument: *const c_char,
    options: *mut bindings::MachineOptions,
    message: *mut c_char,
    message_size: usize,
) -> bool {
    // SAFETY: by the contract above.
    let argument = unsafe { CStr::from_ptr(argument) }.to_string_lossy();

    match options_for(&argument) {
        Ok(parsed) => {
            // SAFETY: as above.
            unsafe { options.write(parsed) };
            true
        }
        Err(text) => {
            let size = text.len().min(message_size.saturating_sub(1));
            // SAFETY: as above; `size` leaves room for the NUL.
            unsafe {
                message.copy_from_nonoverlapping(text.as_ptr().cast(), size);
                message.add(size).write(0);
            }
            false
        }
    }
}
