/// Which version of the program this is: of `enroll --version`, the first line of its log and
/// `/metrics`. The newest heading of CHANGELOG.md says the same (a test compares them).
enum Version {
    static let current = "0.10.0"
}
