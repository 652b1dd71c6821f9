import Application
import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// Broken glass is judged by somebody else, once.
@Suite struct GlassReviewTests {
    @Test("A review is kept for good, and nobody reviews their own", arguments: Backend.allCases)
    func review(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(1)) { installation in
            let (goodwork, officer) = (installation.goodwork, GovernancePeople.officer)
            try await installation.breakGlass("g-1", "A", by: "ig-1", reason: "She fell")
            let id = try await installation.header("A").id
            let store = installation.store
            let times: [Int64] = [-1, 0, 3_600_000, 14_400_000, 14_400_001]
            for time in times {
                let entry = AccessEntry(
                    at: installation.clock.now.adding(milliseconds: time),
                    actor: "ig-1",
                    organisation: "elsewhere",
                    action: "look-\(time)",
                    subject: id.text
                )
                try await store.committer.submit { try store.log(entry, in: $0) }
            }
            let counts = try await goodwork.governanceCounts(by: officer)
            #expect(counts.glassToReview == 1)
            let found = try await goodwork.brokenGlass(by: officer)
            #expect(found.map(\.glass.reason) == ["She fell"])
            // Only what was done while the glass was broken.
            #expect(found[0].looks.map(\.action) == ["look-0", "look-3600000", "look-14400000"])
            let own = await #expect(throws: ServiceError.self) {
                try await goodwork.review(glass: "g-1", .justified, words: "Fine", by: officer)
            }
            #expect(own?.code == "own-glass")
            let other = GovernancePeople.otherOfficer
            let blank = await #expect(throws: ServiceError.self) {
                try await goodwork.review(glass: "g-1", .justified, words: "", by: other)
            }
            #expect(blank?.field == "reason")
            try await goodwork.review(glass: "g-1", .notJustified, words: "Call first", by: other)
            let again = await #expect(throws: ServiceError.self) {
                try await goodwork.review(glass: "g-1", .justified, words: "Fine", by: other)
            }
            #expect(again?.kind == .conflict)
            let kept = try await goodwork.brokenGlass("g-1", by: officer).glass.review
            #expect(kept?.verdict == .notJustified)
            #expect(kept?.words == "Call first")
            #expect(kept?.by == "ig-2")
            #expect(try await goodwork.governanceCounts(by: officer).glassToReview == 0)
            await #expect(throws: ServiceError.self) {
                _ = try await goodwork.brokenGlass("g-1", by: GovernancePeople.administrator)
            }
        }
    }
}
