import Kernel
import PrimaryCare
import SQL
import Store

/// Somebody of a practice who might be offered support.
package struct WorklistPatient: Sendable, Hashable {
    package var nhsNumber: String
    package var birth: CivilDate
    package var why: String
    /// Days off sick up to the day, for the order; 0 for others.
    package var sickDays: Int
}

/// Who might be offered support, for their practice alone.
package struct PracticeWorklist: Sendable, Hashable {
    package var name: String
    package var practice: String
    package var day: CivilDate
    package var patients: [WorklistPatient]
}

extension Goodwork {
    /// Asks whether somebody may see a practice's patients by name, and writes it down.
    func authorisePatients(of practice: String, by actor: Actor, _ reason: String?) async throws {
        try await authorise(
            actor,
            .listPatients,
            on: practice,
            resource: .practice(practice),
            reason: reason
        )
    }

    /// Who of a practice's patients might be offered support.
    ///
    /// - Parameter reason: why; needed of whoever does not work at the practice.
    package func practiceWorklist(
        _ practice: String,
        on day: CivilDate? = nil,
        by actor: Actor,
        reason: String? = nil
    ) async throws -> PracticeWorklist {
        try await authorisePatients(of: practice, by: actor, reason)
        let rule = try practiceFiles.worklist()
        let list = try practiceFiles.codes()
        let asked = try dayDescribed(day)
        let (records, ids) = try await records(of: [practice], list)
        var found: [(id: PersonID, why: String, days: Int)] = []
        for (patient, id) in zip(records.patients, ids) {
            let view = PatientView(records, patient, on: asked.day)
            guard let reason = rule.reason(view) else { continue }
            let days = reason.spell?.days(on: asked.day) ?? 0
            found.append((id, reason.words(on: asked.day), days))
        }
        let store = store
        let listed = found
        let patients = try await store.database.read { transaction in
            try listed.compactMap { one -> WorklistPatient? in
                guard let patient = try store.practicePatient(one.id, in: transaction) else {
                    return nil
                }
                let identity = try store.identity(of: patient)
                return WorklistPatient(
                    nhsNumber: identity.nhsNumber,
                    birth: identity.birth,
                    why: one.why,
                    sickDays: one.days
                )
            }
        }
        return PracticeWorklist(
            name: rule.name,
            practice: practice,
            day: asked,
            patients: patients.sorted {
                ($1.sickDays, $0.nhsNumber) < ($0.sickDays, $1.nhsNumber)
            }
        )
    }
}

extension PracticeWorklist {
    /// The list as a CSV file, for the practice's own system.
    package var csv: String {
        var text = CSVWriter.line(["nhs_number", "birth_date", "why"])
        for patient in patients {
            text += CSVWriter.line([patient.nhsNumber, patient.birth.iso, patient.why])
        }
        return text
    }
}
