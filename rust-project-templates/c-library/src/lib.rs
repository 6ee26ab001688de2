//! A library for C, declared in `include/@CRATE@.h`.

/// The Fletcher-16 checksum.
pub fn checksum(bytes: &[u8]) -> u16 {
    let (low, high) = bytes.iter().fold((0u16, 0u16), |(low, high), &byte| {
        let low = (low + u16::from(byte)) % 255;
        (low, (high + low) % 255)
    });
    high << 8 | low
}

/// # Safety
/// `bytes` points to `length` bytes, or `length` is 0.
#[no_mangle]
pub unsafe extern "C" fn @CRATE@_checksum(bytes: *const u8, length: usize) -> u16 {
    if length == 0 {
        return 0;
    }
    // SAFETY: the caller promises it.
    checksum(unsafe { std::slice::from_raw_parts(bytes, length) })
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn known_checksums() {
        assert_eq!(checksum(b""), 0);
        assert_eq!(checksum(b"abcde"), 0xc8f0);
        assert_eq!(checksum(b"abcdefgh"), 0x0627);
    }
}
