import Application
import FHIRMapping
import FHIRModel
import Kernel
import Programmes
import Web

/// Groups: the people of a programme each, who are not named in them.
enum GroupSource {
    static func read(_ call: FHIRCall) async throws -> Response {
        try call.answer(version(try await programme(call), call))
    }

    /// The programme that the address names as a group.
    static func programme(_ call: FHIRCall) async throws -> Programme {
        let all = try await call.goodwork.currentProgrammes()
        guard let found = all.first(where: { $0.id == call.id }) else {
            throw FHIRFault.unknown("Group/\(call.id)")
        }
        return found
    }

    private static func version(_ programme: Programme, _ call: FHIRCall) -> FHIRVersion {
        let since = Instant(midnightUTC: programme.runs.from ?? call.today)
        return FHIRVersion(of: programme.group, at: since)
    }

    /// A group for each programme, in the order of their ids.
    static func source(_ call: FHIRCall) async throws -> SearchSource {
        let all = try await call.goodwork.currentProgrammes().sorted { $0.id < $1.id }
        return SearchPortion.source(of: all.map { version($0, call) })
    }
}
