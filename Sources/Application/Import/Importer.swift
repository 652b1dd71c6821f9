import Casework
import Crypto
import Foundation
import Kernel
import Programmes
import SQL
import Store

/// Brings a client list in: checks all of it, and only then writes, a batch at a time.
///
/// It is repeatable: a row that says the same again changes nothing, and a run that was cut off
/// goes on where it stopped.
package struct Importer: Sendable {
    let goodwork: Goodwork
    let programme: Programme
    let files: [ListFile: CSVFile]
    let sides: [SideFile]
    let silence: ListSilence
    let actor: Actor
    /// When the import began: the moment at which we were told all of it.
    let now: Instant
    static let batchRows = 500

    /// Tells how far it has come: a phase (`checking`, `importing`) and the share done, 0 to 1.
    package typealias Progress = @Sendable (_ phase: String, _ done: Double, _ rows: Int) -> Void

    /// Opens the list's files and checks their headings.
    ///
    /// - Throws: `ServiceError` with every fault of the headings.
    package init(
        goodwork: Goodwork,
        directory: String,
        programme: Programme,
        actor: Actor
    ) throws {
        self.goodwork = goodwork
        self.programme = programme
        self.actor = actor
        now = goodwork.now()
        var files: [ListFile: CSVFile] = [:]
        var faults: [Fault] = []
        for list in ListFile.allCases {
            let path = directory + "/" + list.rawValue
            guard list == .referrals || FileManager.default.fileExists(atPath: path) else {
                continue
            }
            do {
                var file = try CSVFile(path: path)
                file.refusesNamelessCells = true
                files[list] = file
                faults += CellReader.headingFaults(
                    file,
                    list.columns,
                    asking: list == .referrals
                        ? ListColumns.questions(of: programme).keys.sorted() : []
                )
            } catch {
                faults += error.faults
            }
        }
        if !faults.isEmpty {
            throw ServiceError(.faults, "The list cannot be read.", faults: faults)
        }
        self.files = files
        sides = files.filter { $0.key != .referrals }
            .sorted { $0.key.rawValue < $1.key.rawValue }
            .map { SideFile($0.key, $0.value) }
        silence = ListSilence(programme, files: files, sides: sides)
    }

    /// Checks every row and writes nothing.
    ///
    /// - Throws: `ServiceError` if there is no row: that is a file which was saved too early, or
    ///   another one than was meant. A side file may have none.
    package func check(_ progress: Progress) async throws -> ImportCheck {
        var check = ImportCheck()
        var references: [String: Int] = [:]
        let batches = Batches(self)
        var hasUnreadable = false
        check.note(batches.fileFaults)
        var ids = IDMaker(seed: 0)
        while let batch = batches.next() {
            check.note(batch.faults)
            hasUnreadable = hasUnreadable || !batch.faults.isEmpty
            check.rows += batch.cases.count
            var fresh: [ListedCase] = []
            for listed in batch.cases {
                if let line = references[listed.reference] {
                    check.note(listed, [listed.repeated(from: line, in: files)])
                    continue
                }
                if !listed.reference.isEmpty { references[listed.reference] = listed.line }
                if listed.faults.isEmpty {
                    fresh.append(listed)
                } else {
                    check.note(listed, listed.faults)
                }
            }
            for plan in try await plans(fresh, ids: &ids) {
                if !plan.faults.isEmpty { check.note(plan.listed, plan.faults) }
            }
            progress("checking", batches.share, check.rows)
        }
        var rows = SideRows(programme: programme, files: files)
        for side in sides {
            // A row that could not be read may be the one that is looked for.
            let strays = side.strays(
                known: { references[$0] != nil },
                isWhole: !hasUnreadable,
                reading: &rows
            )
            check.note(strays)
        }
        if check.rows == 0, check.faults.isEmpty {
            let fault = Fault(
                file: files[.referrals]?.file,
                line: 2,
                column: 1,
                problem: "there are no rows",
                expected: "one row for each case"
            )
            let says = "The list has no rows. Nothing was imported."
            throw ServiceError(.faults, says, faults: [fault])
        }
        check.sort()
        check.readRows(of: Array(files.values))
        return check
    }

    /// Writes what the check let through.
    package func write(
        skipping faulty: Set<Int>,
        seed: UInt64,
        _ progress: Progress
    ) async throws -> ImportResult {
        var result = ImportResult()
        var ids = IDMaker(seed: seed)
        let batches = Batches(self)
        var people = PeopleMatcher(goodwork: goodwork, now: now)
        var rows = 0
        var writing: Task<Void, any Error>?
        do {
            while let batch = batches.next() {
                rows += batch.cases.count
                let wanted = batch.cases.filter { !faulty.contains($0.line) }
                result.skipped += batch.cases.count - wanted.count
                let plans = try await plans(wanted, ids: &ids)
                let prepared = try await prepare(plans, &people, &ids, &result)
                // One batch is made ready while the one before it is written.
                try await writing?.value
                let store = goodwork.store
                writing = Task {
                    try await store.database.write { try store.write(prepared, in: $0) }
                }
                progress("importing", batches.share, rows)
            }
            try await writing?.value
        } catch {
            _ = await writing?.result
            throw error
        }
        result.rows = rows
        return result
    }

    // MARK: - One batch

    /// What is to become of one listed case.
    struct Plan: Sendable {
        var listed: ListedCase
        var history: History
        var isNew: Bool
        var events: [CaseEvent] = []
        var key: PersonKey?
        var faults: [Fault] = []
        /// The list says what it said before, or the person has been erased.
        var isSettled = false
        var isErased = false
        var rules: Programme

        /// Who the person was when this was read; nil of a new case.
        var identity: Identity?

        /// Whether the list says something else of who the person is than was told before.
        var changesIdentity: Bool {
            guard !isNew, events.contains(where: { $0.body.kind == .referralReceived }) else {
                return false
            }
            return toldIdentity != listed.identity
        }

        /// Who the person is by the referral that stands; nil where there is none.
        var toldIdentity: Identity? {
            for event in history.effective() {
                if case .referralReceived(let told) = event.body { return told.identity }
            }
            return nil
        }

        /// Who the person is with what this row changes; the rest stays as it was put right since.
        var correctedIdentity: Identity {
            guard let told = toldIdentity, var corrected = identity else { return listed.identity }
            corrected.change(to: listed.identity, from: told)
            return corrected
        }
    }

    /// Decides every case of a batch, on what is stored of it now.
    func plans(_ cases: [ListedCase], ids: inout IDMaker) async throws -> [Plan] {
        let made = ids
        let (plans, after) = try await goodwork.store.database.read { transaction in
            var ids = made
            let plans = try cases.map { try plan($0, ids: &ids, in: transaction) }
            return (plans, ids)
        }
        ids = after
        return plans
    }

    private func plan(
        _ listed: ListedCase,
        ids: inout IDMaker,
        in transaction: any Transaction
    ) throws -> Plan {
        let store = goodwork.store
        let known = try store.header(
            programme: programme.id,
            reference: listed.reference,
            in: transaction
        )
        let header =
            known
            ?? CaseHeader(
                id: ids.make(at: now),
                programme: programme.id,
                programmeVersion: programme.version,
                reference: listed.reference,
                person: ids.make(at: now)
            )
        var plan = Plan(
            listed: listed,
            history: History(header: header),
            isNew: known == nil,
            rules: programme
        )
        if known != nil {
            let digest = try store.importedDigest(
                programme: programme.id,
                reference: listed.reference,
                in: transaction
            )
            plan.isSettled = digest == listed.digest
            if plan.isSettled { return plan }
            let person = try store.person(header.person, in: transaction)
            plan.isErased = person?.erasedAt != nil
            if plan.isErased { return plan }
            plan.key = person?.key
            plan.identity = try person?.identity()
            (plan.history, plan.rules) = try goodwork.told(
                of: header,
                key: plan.key,
                in: transaction
            )
            silence.fill(&plan.listed, from: plan.history)
        }
        plan.faults = detailFaults(of: plan)
        try fillDeprivation(&plan, in: transaction)
        decide(&plan, ids: &ids)
        return plan
    }

    /// Says how deprived the postcode is; of a referral that is known already, what it said stays.
    private func fillDeprivation(_ plan: inout Plan, in transaction: any Transaction) throws {
        let said = plan.history.effective().compactMap { event -> ReferralReceived? in
            if case .referralReceived(let fields) = event.body { return fields }
            return nil
        }
        for place in plan.listed.entries.indices {
            guard case .referralReceived(var fields) = plan.listed.entries[place].body else {
                continue
            }
            if let old = said.last, old.outwardCode == fields.outwardCode {
                fields.deprivation = old.deprivation
            } else {
                try fields.fillDeprivation(from: goodwork.store, in: transaction)
            }
            plan.listed.entries[place].body = .referralReceived(fields)
        }
    }

    /// Finds or makes each person and seals what is to be sealed.
    private func prepare(
        _ plans: [Plan],
        _ people: inout PeopleMatcher,
        _ ids: inout IDMaker,
        _ result: inout ImportResult
    ) async throws -> [CaseWrite] {
        try await people.look(for: plans)
        var writes: [CaseWrite] = []
        for var plan in plans {
            if !plan.faults.isEmpty {
                throw ServiceError(
                    .conflict,
                    "A case changed while the list was being imported. Run the import again.",
                    faults: plan.faults
                )
            }
            if plan.isErased {
                result.erased += 1
                continue
            }
            if plan.isSettled {
                result.unchanged += 1
                continue
            }
            var person: PersonWrite?
            if plan.isNew {
                person = try people.place(&plan, &result)
                result.added += 1
            } else if plan.events.isEmpty {
                result.unchanged += 1
            } else {
                person = people.correct(plan, &result)
                result.corrected += 1
            }
            result.events += plan.events.count
            writes.append(
                try CaseWrite(
                    history: plan.history,
                    events: plan.events,
                    programme: plan.rules,
                    key: plan.key,
                    person: person,
                    imported: plan.listed.digest,
                    notifies: false
                )
            )
        }
        return writes
    }
}

extension ListFile {
    /// The columns that the file may have.
    var columns: [ListColumns.Column] {
        switch self {
        case .referrals: ListColumns.referrals
        case .onward: ListColumns.onward
        case .jobs: ListColumns.jobs
        case .activities: ListColumns.activities
        }
    }
}
