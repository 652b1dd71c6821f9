import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Programmes
import Store

/// Writes records as lines of FHIR.
package struct FHIRRecords: RecordWriter {
    private let goodwork: Goodwork
    private let report: @Sendable (String) -> Void

    /// - Parameter report: where the operator is told of what cannot be searched.
    package init(
        _ goodwork: Goodwork,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.goodwork = goodwork
        self.report = report
    }

    /// The types that an export can have, and of them what is not about people.
    static let types = CaseReading.types.union(SharedSource.types).union(["Patient"])

    /// What stands before the type in the name of a file of what is no more: `deleted-Task`.
    static let deleted = "deleted-"

    /// The name of a file of faults: of what could not be searched, and so was left out.
    static let error = "error"

    package func directory(
        _ export: RecordExport,
        isCloaked: Bool
    ) async throws -> [ExportLine] {
        var lines: [ExportLine] = []
        for type in export.types where SharedSource.types.contains(type) {
            if isCloaked, !Cloaked.types.contains(type) { continue }
            let found = try await SharedSource.versions(
                type,
                goodwork,
                today: goodwork.now().civilDateUK
            )
            lines += wanted(found, export)
        }
        return lines
    }

    package func lines(
        of person: ExportedPerson,
        _ export: RecordExport,
        names: [String: String]
    ) throws -> [ExportLine] {
        if let cloak = person.cloak { return cloaked(person, cloak, export, names) }
        var versions: [FHIRVersion] = []
        if export.types.contains("Patient"), let seen = person.seen {
            versions.append(PatientSource.version(seen))
        }
        for story in person.stories {
            versions += current(CaseRecord(story, names: names), export)
        }
        return wanted(versions, export)
    }

    /// The lines of those that are asked for.
    func wanted(_ versions: [FHIRVersion], _ export: RecordExport) -> [ExportLine] {
        let filters = export.filters.compactMap { TypeFilter(kept: $0) }
        return versions.filter { version in
            // Who asks for all has nothing yet that could have been taken back.
            (version.view != nil || export.since != nil) && isNew(version, export)
        }.compactMap { line(of: $0, filters) }
    }

    /// The line of a record, where the filters let it out; of one that cannot be searched, the
    /// line of a fault.
    private func line(of version: FHIRVersion, _ filters: [TypeFilter]) -> ExportLine? {
        do {
            return try filters.allow(version.asKnown) ? version.line : nil
        } catch {
            report(version.unsearchable(error))
            let issue = FHIRIssue.unsearchable(version.asKnown.view?.type ?? "resource")
            let outcome = FHIRIssues(issue).outcome
            return ExportLine(type: Self.error, bytes: JSONValue.object(outcome).bytes)
        }
    }

    private func cloaked(
        _ person: ExportedPerson,
        _ cloak: ExportedPerson.Cloak,
        _ export: RecordExport,
        _ names: [String: String]
    ) -> [ExportLine] {
        var versions: [FHIRVersion] = []
        let programmes = Dictionary(grouping: person.stories) { $0.programme.id }
        for (programme, stories) in programmes.sorted(by: { $0.key < $1.key }) {
            guard let name = cloak.names[programme] else { continue }
            if export.types.contains("Patient") {
                let folded = stories.map { $0.history.fold() }
                let referral = folded.last?.referral
                let told = stories.compactMap(\.history.personToldAt).max() ?? cloak.updatedAt
                versions.append(
                    Cloaked.patient(
                        name,
                        birthYear: cloak.birthYear,
                        gender: referral?.gender,
                        ethnicity: referral?.ethnicity,
                        outwardCode: referral?.outwardCode,
                        hasDied: folded.contains { $0.closure == .died },
                        updatedAt: max(cloak.updatedAt, told)
                    )
                )
            }
            for story in stories {
                let record = CaseRecord(
                    history: story.history,
                    programme: story.programme,
                    sight: .team,
                    names: names
                )
                versions += current(record, export)
                    .filter { Cloaked.types.contains($0.asKnown.view?.type ?? "") }
                    .map { Cloaked.record($0, of: person.id.text, as: name) }
            }
        }
        // What is left out cannot be asked for either: the copy is matched, and not the record.
        return wanted(versions, export)
    }

    private func current(_ record: CaseRecord, _ export: RecordExport) -> [FHIRVersion] {
        let types = export.types.filter(CaseReading.types.contains)
        if types.count == 1 { return record.current(of: types[0]) }
        return record.current().filter { types.contains($0.asKnown.view?.type ?? "") }
    }

    private func isNew(_ version: FHIRVersion, _ export: RecordExport) -> Bool {
        export.since.map { $0 < version.lastUpdated } ?? true
    }
}

extension FHIRVersion {
    /// The resource as a line; of one that is no more that it is to be deleted.
    fileprivate var line: ExportLine? {
        guard let known = view ?? last else { return nil }
        var writer = JSONWriter(capacity: 2_048)
        (resource ?? Bundles.deletion(of: known.reference)).write(to: &writer)
        let name = view == nil ? FHIRRecords.deleted + known.type : known.type
        return ExportLine(type: name, bytes: writer.bytes)
    }
}
