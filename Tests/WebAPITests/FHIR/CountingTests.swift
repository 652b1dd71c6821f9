import FHIRMapping
import FHIRModel
import Kernel
import Testing

@testable import WebAPI

/// Counting what is found, where more of it is there than is opened for one request.
@Suite struct CountingTests {
    /// So many Tasks, a portion at a time.
    private static func source(_ count: Int) -> SearchSource {
        { from in
            let start = from.flatMap { Int($0) } ?? 0
            let end = min(start + 200, count)
            let groups = (start..<end).map { place in
                let view = FHIRView("Task", "\(place)", ["status": .string("requested")])
                let at = Instant(milliseconds: 0)
                return SearchGroup(FHIRVersion(number: 1, lastUpdated: at, view: view))
            }
            return SearchPortion(groups: groups, next: end < count ? "\(end)" : nil)
        }
    }

    private static let asked: [(name: String, value: String)] = [
        ("_total", "accurate"), ("_summary", "count"), ("_count", "0"), ("_sort", "status"),
    ]

    @Test("What is too costly to count is refused, however it is asked", arguments: asked)
    func counting(_ name: String, _ value: String) async throws {
        let query = try SearchQuery("Task", [(name, value)])
        let counts = name == "_total"
        var few = FHIRSearch(query, counts: counts, Self.source(900))
        try await few.run(from: nil)
        #expect(few.total == 900)
        let fault = await #expect(throws: FHIRFault.self) {
            var many = FHIRSearch(query, counts: counts, Self.source(1_200))
            try await many.run(from: nil)
        }
        #expect(fault?.status == 422 && fault?.issues.issues.first?.code == .tooCostly)
    }

    @Test("A page is answered all the same where nothing is counted")
    func page() async throws {
        var search = FHIRSearch(try SearchQuery("Task", []), counts: false, Self.source(1_200))
        try await search.run(from: nil)
        #expect(search.hits.count == FHIRSearch.pageUsual)
        #expect(search.total == nil && search.next != nil)
    }
}
