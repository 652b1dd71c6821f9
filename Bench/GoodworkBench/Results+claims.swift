/// How a quarter's claim went.
extension Results {
    func claimText() throws -> String {
        let cases = try claiming.need("cases")
        let (first, lines) = (try claiming.need("first_seconds"), try claiming.need("first_lines"))
        let (seconds, new) = (try claiming.need("seconds"), try claiming.need("lines"))
        return """
            A quarter's claim over \(cases.whole) cases: facts, ledger, differences, evidence
              \(new.whole) new lines beside \(lines.whole) that stand   \(seconds.places(2)) s
              the claim before, of \(lines.whole) lines, none standing   \(first.places(2)) s
              peak memory \(try claiming.need("peak").whole) MB
            """
    }
}
