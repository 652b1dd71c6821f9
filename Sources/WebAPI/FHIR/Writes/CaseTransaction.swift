import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// Several entries about one case on their way to being one command.
struct CaseTransaction {
    private struct Part {
        var place: Int
        var type: String
        /// The id of what is changed; nil where it is new.
        var id: String?
        /// Whether it was read as part of another entry.
        var isRead = false
    }

    private var file: CaseFile?
    private var command = Command()
    private var parts: [Part] = []
    /// Of each entry of the command, the entry of the bundle that asked for it.
    private var asking: [BundleEntry] = []

    /// Notes an entry that another one is read with.
    mutating func note(_ entry: BundleEntry) {
        parts.append(Part(place: entry.place, type: entry.type, isRead: true))
    }

    /// Reads what an entry asks for.
    ///
    /// - Parameter about: the case, where the entry names it by another entry alone.
    mutating func add(_ entry: BundleEntry, about: CaseID?, _ call: FHIRCall) async throws {
        var own = call.call
        own.request = entry.request
        let route = try own.api.fhirRoute(&own)
        let asked = try own.api.asked(route, own)
        guard case .interaction(let interaction, _) = route.deed,
            interaction == .create || interaction == .update
        else {
            let says = "A transaction creates, updates and reads; send this apart."
            throw FHIRFault(422, .notSupported, says)
        }
        let resource = try asked.resource()
        if interaction == .update {
            let open = try await asked.opened()
            try put(open.file)
            try await asked.checkPerson(of: resource, in: open.file)
            append(try Updating.command(asked, resource, open), of: entry)
            parts.append(Part(place: entry.place, type: asked.type, id: asked.id))
        } else {
            let file = try await asked.file(about: resource, else: about)
            try put(file)
            let record = try await asked.record(of: asked.goodwork.story(of: file))
            let own = asked.actor.organisation
            append(
                try CaseEntry(resource, of: record, by: own, on: asked.today, after: command)
                    .command,
                of: entry
            )
            parts.append(Part(place: entry.place, type: asked.type))
        }
    }

    private mutating func put(_ other: CaseFile) throws {
        if let file, file.header.id != other.header.id {
            let says = "A transaction is about one case: send a batch, or one for each case."
            throw FHIRFault(422, .notSupported, says)
        }
        file = other
    }

    private mutating func append(_ more: Command, of entry: BundleEntry) {
        command.entries += more.entries
        asking += more.entries.map { _ in entry }
        command.voids += more.voids
    }

    /// Does all of it, or nothing.
    ///
    /// - Returns: what became of each entry, by its place.
    func commit(_ call: FHIRCall) async throws -> [Int: Bundles.Outcome] {
        guard let file else { return [:] }
        var events: [String] = []
        if !command.entries.isEmpty || !command.voids.isEmpty {
            let change = try await call.judged("Bundle", by: asking) {
                try await call.goodwork.tell(
                    command,
                    on: file,
                    by: call.actor,
                    version: file.version,
                    key: call.key(),
                    seed: call.call.seed
                )
            }
            events = change.events.map { "\(change.caseID.text).\($0.id.text)" }
        }
        let story = try await call.goodwork.unlogged(file.header.id, by: call.actor)
        let record = try await call.record(of: story)
        var outcomes: [Int: Bundles.Outcome] = [:]
        for part in parts {
            let versions = record.current(of: part.type)
            if part.isRead {
                let says = "It was read with the Task; the case has the ServiceRequest that it had."
                let issue = FHIRIssue(.informational, says, severity: .information)
                outcomes[part.place] = Bundles.Outcome(
                    status: "200 OK",
                    version: versions.last { $0.view != nil },
                    issues: FHIRIssues(issue)
                )
                continue
            }
            let wanted = part.id ?? events.first { id in versions.contains { $0.view?.id == id } }
            // Each event is the answer to one entry.
            if part.id == nil { events.removeAll { $0 == wanted } }
            let version =
                versions.first { $0.view?.id == wanted }
                ?? (part.id == nil ? versions.last { $0.view != nil } : nil)
            let status = part.id == nil ? "201 Created" : "200 OK"
            outcomes[part.place] = Bundles.Outcome(status: status, version: version)
        }
        return outcomes
    }
}
