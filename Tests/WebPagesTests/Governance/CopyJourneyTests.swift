import Application
import Casework
import Foundation
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing
import Web
import WebPages

/// A copy of what is held of a person, page by page.
@Suite struct CopyJourneyTests {
    @Test("A copy is read, kept as a document and as JSON, with what to check set apart")
    func copies() async throws {
        try await GovernanceSite.with { site, installation in
            let header = try await installation.header("FOW0001")
            var note = NoteWritten()
            note.text = "Her neighbour Bob shouts <b>"
            try await installation.change(
                "FOW0001",
                Command(.noteWritten(note), on: CivilDate(day: 16_500))
            )
            try await installation.database.write { transaction in
                try transaction.execute(
                    "INSERT INTO copies_asked (id, person_id, asked_at) VALUES ($1, $2, $3)",
                    ["c-1", .text(header.person.text), .int(1_745_000_000_000)]
                )
            }
            let browser = site.browser(GovernanceSite.officer)
            let list = await browser.get("/governance/copies")
            #expect(list.words.contains("Overdue"))
            #expect(list.words.contains("FOW0001"))
            let path = "/governance/copies"
            let none = await browser.post(path, ["reference": "FOW0001", "format": "page"])
            #expect(none.words.contains("Say why"))
            #expect(!none.words.contains("Zelda"))
            let read = await browser.post(
                path,
                ["reference": "FOW0001", "reason": "asked for", "format": "page"]
            )
            #expect(read.words.contains("Zelda Sample"))
            #expect(read.words.contains("Check before giving"))
            #expect(read.text.contains("Bob shouts &lt;b&gt;"))
            #expect(read.text.components(separatedBy: "Bob shouts").count == 2)
            #expect(read.words.contains("Who looked at your record"))
            let document = await browser.post(
                path,
                ["reference": "FOW0001", "reason": "asked for", "format": "document"]
            )
            #expect(document.text.hasPrefix("<!DOCTYPE html>"))
            #expect(document.headers.contains { $0.value == "attachment; filename=\"copy.html\"" })
            let json = await browser.post(
                path,
                ["reference": "FOW0001", "reason": "asked for", "format": "json"]
            )
            let parsed = try JSONValue(parsing: json.text)
            guard case .object(let object) = parsed else {
                Issue.record("the copy is not an object")
                return
            }
            #expect(
                object.keys == [
                    "made_at", "person", "records", "accounts", "cases", "looked_at",
                    "glass_broken", "merges", "told_apart", "claims", "practices", "copies_asked",
                ]
            )
            let given = await browser.post("/governance/copies/c-1/given", [:])
            #expect(given.words.contains("Nobody waits for a copy"))
        }
    }
}
