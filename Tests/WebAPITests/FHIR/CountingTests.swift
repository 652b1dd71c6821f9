import FHIRMapping
import FHIRModel
import Kernel
import Synchronization
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

    @Test("What is not as the tables have it is not found, and is not passed over unseen")
    func unread() async throws {
        let whole: JSONObject = ["status": .string("requested"), "intent": .string("order")]
        let broken: JSONObject = ["status": .string("unheard-of")]
        let versions = [("1", whole), ("2", broken), ("3", whole)].map { id, body in
            let view = FHIRView("Task", id, body)
            return FHIRVersion(number: 1, lastUpdated: Instant(milliseconds: 0), view: view)
        }
        let query = try SearchQuery("Task", [("status", "requested")])
        var search = FHIRSearch(query, counts: false, SearchPortion.source(of: versions))
        try await search.run(from: nil)
        #expect(search.hits.map(\.version.view?.id) == ["1", "3"])
        #expect(search.unread.map(\.version.view?.id) == ["2"])
    }

    @Test("A change that cannot be searched is told to subscribers, and the operator hears of it")
    func told() throws {
        let said = Mutex<[String]>([])
        let notifications = FHIRNotifications(address: "https://goodwork.example") { text in
            said.withLock { $0.append(text) }
        }
        let query = try SearchQuery("Task", [("status", "requested")])
        let isTold = ["requested", "accepted", "unheard-of"].map { status in
            let body: JSONObject = ["status": .string(status), "intent": .string("order")]
            let view = FHIRView("Task", "1", body)
            let moment = Instant(milliseconds: 0)
            let version = FHIRVersion(number: 1, lastUpdated: moment, view: view)
            return notifications.isTold(version, by: query)
        }
        #expect(isTold == [true, false, true])
        let heard = said.withLock { $0 }
        #expect(heard.count == 1)
    }

    @Test("A page is answered all the same where nothing is counted")
    func page() async throws {
        var search = FHIRSearch(try SearchQuery("Task", []), counts: false, Self.source(1_200))
        try await search.run(from: nil)
        #expect(search.hits.count == FHIRSearch.pageUsual)
        #expect(search.total == nil && search.next != nil)
    }
}
