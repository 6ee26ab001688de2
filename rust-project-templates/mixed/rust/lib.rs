/// A checksum (FNV-1a) of some bytes.
///
/// # Safety
///
/// `bytes` points to `length` bytes that can be read.
#[no_mangle]
pub unsafe extern "C" fn checksum(bytes: *const u8, length: usize) -> u32 {
    let bytes = unsafe { std::slice::from_raw_parts(bytes, length) };
    bytes.iter().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}
