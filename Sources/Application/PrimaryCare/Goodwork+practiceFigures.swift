import Kernel
import Measures
import PrimaryCare
import SQL
import Store

/// What is asked of practices' records.
package struct PracticeQuestion: Sendable, Hashable {
    /// The day described; nil for today.
    package var asAt: CivilDate?
    /// Uses only what extracts up to this day had told.
    package var knownOn: CivilDate?
    /// How many month ends coverage is followed over.
    package var months: Int

    package init(asAt: CivilDate? = nil, knownOn: CivilDate? = nil, months: Int = 25) {
        self.asAt = asAt
        self.knownOn = knownOn
        self.months = months
    }
}

extension Goodwork {
    /// The figures of one practice, for its own people: nothing is kept back.
    package func practiceFigures(
        _ practice: String,
        _ question: PracticeQuestion = PracticeQuestion(),
        by actor: Actor
    ) async throws -> PracticeFigures {
        try await authorise(
            actor,
            .readPractice,
            on: practice,
            resource: .practice(practice)
        )
        return try await figures(of: [practice], question)
    }

    /// The codes of the practices that have sent an extract.
    package func practicesWithExtract(by actor: Actor) async throws -> [String] {
        try await authorise(actor, .comparePractices, on: "practices")
        let store = store
        return try await store.database.read { try store.practices(in: $0) }
    }

    /// The figures of all practices, small counts kept back.
    ///
    /// Those outside practices see settled days alone: the end of a month. What they are shown is
    /// remembered, so that no later table gives anyone away beside it.
    package func comparePractices(
        _ question: PracticeQuestion = PracticeQuestion(),
        audience: Audience = .board,
        by actor: Actor
    ) async throws -> PracticeReport {
        try await authorise(actor, .comparePractices, on: "practices")
        let isOperator = actor.roles.contains(.operator)
        if audience == .operational, !isOperator {
            throw ServiceError(.forbidden, "This is not allowed: small counts are kept back.")
        }
        let store = store
        let practices = try await store.database.read { try store.practices(in: $0) }
        var asked = question
        if audience != .operational { asked.asAt = settled(question.asAt) }
        var report = PracticeReport(try await figures(of: practices, asked))
        if audience == .operational {
            report.onSeveralLists = try await peopleOnSeveralLists(
                on: report.asAt,
                knownOn: question.knownOn
            )
        }
        if audience == .operational || practices.isEmpty { return report }
        let looks = try await store.database.read { try store.looks(in: $0) }
        let known = try looks.map { try PracticeTable.Remembered($0) }
        let controlled = report.controlled(for: audience, after: known)
        let now = now()
        let look = Store.Look(
            id: Base32.text(RandomText.bytes(10)),
            audience: audience.rawValue,
            asAt: controlled.asAt,
            counts: controlled.remembered(for: audience).json
        )
        try await store.committer.submit { transaction in
            try store.keep(
                look,
                at: now,
                by: actor.user,
                of: actor.organisation,
                in: transaction
            )
        }
        return controlled
    }

    /// How many people aged 16 to 64 are on the lists of several practices on a day.
    func peopleOnSeveralLists(
        on day: CivilDate,
        knownOn: CivilDate? = nil
    ) async throws -> Int {
        let month = PracticeRecords.months(of: day.day)
        let store = store
        return try await store.database.read { transaction in
            try store.peopleOnSeveralLists(
                on: day.day,
                known: knownOn?.day ?? RecordEntry.stands - 1,
                born: (month - 65 * 12 + 1)...(month - 16 * 12),
                in: transaction
            )
        }
    }

    /// The end of the last month that was over by a day, and by today.
    private func settled(_ day: CivilDate?) -> CivilDate {
        let today = now().civilDateUK
        let asked = min(day ?? today, today)
        if asked == asked.civilMonth.lastDay, asked < today { return asked }
        return asked.civilMonth.previous.lastDay
    }

    /// The day that a practice is described on: today, or one before it.
    func dayDescribed(_ asked: CivilDate?) throws -> CivilDate {
        try past(asked) ?? now().civilDateUK
    }

    func figures(
        of practices: [String],
        _ question: PracticeQuestion
    ) async throws -> PracticeFigures {
        let day = try dayDescribed(question.asAt)
        let list = try practiceFiles.codes()
        let rule = try practiceFiles.worklist().offSick
        let records = try await records(of: practices, list, knownOn: question.knownOn)
        return PracticeFigures.count(
            records.records,
            on: day,
            rule: rule,
            months: question.months
        )
    }

    /// The records of practices as columns, and the id of each patient.
    func records(
        of practices: [String],
        _ list: CodeList,
        knownOn: CivilDate? = nil
    ) async throws -> (records: PracticeRecords, ids: [PersonID]) {
        let store = store
        let known = knownOn?.day ?? RecordEntry.stands - 1
        let found = try await store.database.read { transaction in
            var records = PracticeRecords(practices: practices, list: list)
            var ids: [PersonID] = []
            for (place, practice) in practices.enumerated() {
                var cases: [PersonID: [PracticeRecords.PatientCase]] = [:]
                for row in try store.casesOfPatients(of: practice, in: transaction) {
                    cases[row.patient, default: []].append(
                        PracticeRecords.PatientCase(
                            referredOn: row.referredOn.day,
                            closedOn: row.closedOn?.day,
                            isByPractice: row.referrer == practice
                        )
                    )
                }
                try store.countPatients(of: practice, in: transaction) { patient in
                    // Nobody knew yet of the patient, or that they had left.
                    if let first = patient.toldFirst, first > known { return }
                    let isLeaving = patient.toldLeftFirst.map { $0 > known } ?? false
                    let isRead = records.add(
                        practice: place,
                        birthMonth: patient.birthMonth,
                        registered: patient.registered,
                        left: isLeaving ? nil : patient.left,
                        dissent: patient.dissent,
                        history: patient.history,
                        known: known,
                        cases: cases[patient.id] ?? []
                    )
                    guard isRead else {
                        throw StoreError.damaged("a patient's history cannot be read")
                    }
                    ids.append(patient.id)
                }
            }
            return (records, ids)
        }
        return found
    }
}
