/// The sum of two numbers, as C sees it.
#[no_mangle]
pub extern "C" fn @CRATE@_add(left: u32, right: u32) -> u32 {
    left.wrapping_add(right)
}

#[cfg(test)]
mod tests {
    use super::@CRATE@_add;

    #[test]
    fn sums_wrap_around() {
        assert_eq!(@CRATE@_add(2, 3), 5);
        assert_eq!(@CRATE@_add(u32::MAX, 1), 0);
    }
}
