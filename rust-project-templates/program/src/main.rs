fn greeting(name: &str) -> String {
    format!("Hello, {name}!")
}

fn main() {
    let name = std::env::args().nth(1);
    println!("{}", greeting(name.as_deref().unwrap_or("world")));
}

#[cfg(test)]
mod tests {
    use super::greeting;

    #[test]
    fn a_greeting_has_the_name() {
        assert_eq!(greeting("Ada"), "Hello, Ada!");
    }
}
