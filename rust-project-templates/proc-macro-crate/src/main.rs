use @CRATE@_macros::FieldNames;

#[derive(FieldNames)]
#[allow(dead_code)]
struct Point {
    x: i32,
    y: i32,
}

fn main() {
    assert_eq!(Point::FIELD_NAMES, ["x", "y"]);
    println!("a point has {}", Point::FIELD_NAMES.join(" and "));
}
