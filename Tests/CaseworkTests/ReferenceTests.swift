import Casework
import Testing

/// References as people type them.
@Suite struct ReferenceTests {
    @Test(
        "A reference is understood in small letters, without its hyphen, and misread",
        arguments: [
            ("4K7P-2D9Q", "4K7P-2D9Q"), ("4k7p-2d9q", "4K7P-2D9Q"), ("4k7p2d9q", "4K7P-2D9Q"),
            ("4K7P 2D9Q", "4K7P-2D9Q"), (" 4k7p - 2d9q ", "4K7P-2D9Q"), ("4K7P-2D9O", "4K7P-2D90"),
            ("iK7P2D9l", "1K7P-2D91"), ("OLDI-CODE", "OLDI-CODE"), ("fow0182", "FOW0182"),
            ("Any words", "Any words"),
        ]
    )
    func meant(_ typed: String, _ reference: String) {
        #expect(CaseHeader.references(meant: typed).contains(reference))
        #expect(CaseHeader.references(meant: typed).first == typed)
    }
}
