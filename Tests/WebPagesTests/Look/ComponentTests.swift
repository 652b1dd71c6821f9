import Foundation
import HTML
import Kernel
import Testing
import Web
import WebPages

@Suite struct ComponentTests {
    @Test(
        "When something is due is said in words, and overdue in red",
        arguments: [
            (-3, "overdue by 3 days", "red"), (-1, "overdue by 1 day", "red"),
            (0, "today", "yellow"), (1, "tomorrow", "grey"), (4, "in 4 days", "grey"),
        ]
    )
    func due(_ days: Int, _ words: String, _ colour: String) {
        let made = dueTag(Samples.today.adding(days: days), today: Samples.today)
        #expect(made.text == "<strong class=\"nhsuk-tag nhsuk-tag--\(colour)\">\(words)</strong>")
    }

    @Test(
        "Pages of a list: the ends, the neighbours, and gaps only where pages are left out",
        arguments: [
            (1, 1, ""), (1, 2, "[1] 2"), (1, 9, "[1] 2 ⋯ 9"), (3, 9, "1 2 [3] 4 ⋯ 9"),
            (4, 9, "1 2 3 [4] 5 ⋯ 9"), (5, 9, "1 ⋯ 4 [5] 6 ⋯ 9"), (9, 9, "1 ⋯ 8 [9]"),
        ]
    )
    func pages(_ page: Int, _ pages: Int, _ shown: String) {
        let markup = pagination(page: page, of: pages) { "/p?page=\($0)" }.text
        #expect(plainItems(markup) == shown)
    }

    /// The items of a pagination, the current one in brackets.
    private func plainItems(_ markup: String) -> String {
        var items: [String] = []
        for item in markup.split(separator: "<li ").dropFirst() {
            let whole = item.split(separator: "</li>")[0]
            var words = ""
            var isTag = true
            for letter in whole {
                if letter == "<" { isTag = true }
                if !isTag { words.append(letter) }
                if letter == ">" { isTag = false }
            }
            items.append(whole.contains("aria-current=\"page\"") ? "[\(words)]" : words)
        }
        return items.joined(separator: " ")
    }

    @Test(
        "A bar of states marks one as current and those before it as passed",
        arguments: [("referred", 0, 1), ("started", 2, 1), ("elsewhere", 0, 0)]
    )
    func workflow(_ current: String, _ passed: Int, _ marked: Int) {
        let bar = workflowBar(["referred", "accepted", "started", "closed"], current: current).text
        #expect(bar.components(separatedBy: ", passed").count - 1 == passed)
        #expect(bar.components(separatedBy: "aria-current=\"step\"").count - 1 == marked)
    }

    @Test("A problem leads to its field: an element has the field's name as its id")
    func errorLinks() {
        let fields = Fields(Form(), [])
        let made: [(String, HTML)] = [
            ("a", fields.text("a", "A")), ("b", fields.area("b", "B")),
            ("c", fields.radios("c", "C", Samples.answers)),
            ("d", fields.checkboxes("d", "D", Samples.answers)),
            ("e", fields.choose("e", "E", Samples.answers)), ("f", fields.birthDate("f", "F")),
            ("g", fields.date("g", "G")),
        ]
        for (name, markup) in made {
            let ids = markup.text.components(separatedBy: " id=\"").dropFirst()
                .map { $0.prefix { $0 != "\"" } }
            #expect(ids.contains { $0 == name }, "\(name)")
            #expect(Set(ids).count == ids.count, "\(name) has an id twice")
        }
    }
}
