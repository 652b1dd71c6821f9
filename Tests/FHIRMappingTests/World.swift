import Casework
import FHIRModel
import Foundation
import Kernel
import Programmes

@testable import FHIRMapping

/// A programme, a clinic that refers, and cases made by FHIR.
struct World {
    static let today = CivilDate(iso: "2025-06-02") ?? CivilDate(day: 0)
    static let clinic = "P84001"
    static let provider = "big-life"

    let programme: Programme
    var context: Context

    /// The programme file, read once.
    private static let workwell = Result {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "programmes/workwell-manchester.yaml")
        return try Programme(yaml: String(contentsOf: file, encoding: .utf8), file: "workwell")
    }

    init() throws {
        programme = try Self.workwell.get()
        context = Context(
            now: Instant(midnightUTC: Self.today).adding(milliseconds: 32_400_000),
            today: Self.today,
            by: Recorder(user: "gp-user", organisation: Self.clinic),
            ids: IDMaker(seed: 7)
        )
    }

    var sender: ReferralSender {
        ReferralSender(
            organisation: Self.clinic,
            source: "gp",
            programmes: [programme],
            today: Self.today
        )
    }

    /// A case that the transaction of `Requests` opens.
    mutating func refer(_ json: JSONObject = Requests.transaction) throws -> CaseRecord {
        let incoming = try SentReferral(FHIRResource(json)).read(from: sender)
        let header = CaseHeader(
            id: context.ids.make(at: context.now),
            programme: programme.id,
            programmeVersion: programme.version,
            reference: "4K7P-2D9Q",
            person: context.ids.make(at: context.now)
        )
        var record = CaseRecord(
            history: History(header: header),
            programme: programme,
            sight: .team,
            names: [Self.clinic: "The Practice", Self.provider: "The Big Life Group"]
        )
        try tell(&record, Command(entries: incoming.entries))
        return record
    }

    /// Tells a command a minute later.
    mutating func tell(
        _ record: inout CaseRecord,
        _ command: Command,
        by organisation: String = clinic
    ) throws {
        context.now = context.now.adding(milliseconds: 60_000)
        context.by = Recorder(user: "\(organisation)-user", organisation: organisation)
        let events = try Casework.decide(
            command,
            history: record.history,
            programme: programme,
            context: &context
        )
        record.history.append(events)
    }

    /// Tells single events.
    mutating func tell(
        _ record: inout CaseRecord,
        _ bodies: [EventBody],
        by organisation: String = provider
    ) throws {
        for body in bodies {
            try tell(&record, Command(body, on: Self.today), by: organisation)
        }
    }

    /// Sends a Task with another status.
    mutating func send(
        _ record: inout CaseRecord,
        _ status: String,
        by organisation: String,
        _ more: JSONObject = [:]
    ) throws {
        let task = try FHIRResource(Requests.task(status, more))
        let id = record.history.header.id.text
        let update = try TaskUpdate(task, id: id, of: record, by: organisation, on: Self.today)
        try tell(&record, update.command, by: organisation)
    }

    func task(_ record: CaseRecord, _ sight: FHIRSight = .team) throws -> FHIRElement {
        var record = record
        record.sight = sight
        let id = record.history.header.id.text
        let version = record.versions(of: "Task", id).last?.resource
        guard let version else { throw Missing() }
        return try FHIRResource(version).root
    }

    struct Missing: Error {}

    func state(_ record: CaseRecord, _ sight: FHIRSight = .team) throws -> String {
        let task = try task(record, sight)
        let business = task["businessStatus"]?["coding"]?["code"]?.text ?? "-"
        return "\(task["status"]?.text ?? "-") \(business)"
    }
}

extension CaseRecord {
    /// Every resource that the reader may see, as it stands now; of one type if named.
    func views(of type: String? = nil) -> [FHIRView] { CaseView(self).all(of: type) }
}

extension EventBody {
    /// An event as the journal has it.
    static func event(_ type: String, _ json: String = "{}", sealed: String? = nil) throws -> Self {
        let bytes = Array(json.utf8)
        let result = bytes.withUnsafeBufferPointer { payload in
            Result { () throws(EventFault) in
                try EventBody(type: type, payload: payload, sealed: sealed.map { Array($0.utf8) })
            }
        }
        return try result.get()
    }
}
