//! tmp
fn main() {
    print!("{}", scribe::config::example());
}
