import Application
import Casework
import Kernel
import Programmes

/// What the programmes of listed cases are called in the rules that the cases were decided under.
struct ProgrammeNames: Sendable {
    fileprivate var rules: [RulesKey: Programme] = [:]

    subscript(_ header: CaseHeader) -> String {
        rules[RulesKey(header)]?.name ?? Words.organisation(header.programme)
    }
}

extension Visit {
    func programmeNames(_ headers: some Sequence<CaseHeader>) async throws -> ProgrammeNames {
        ProgrammeNames(rules: try await goodwork.rules(ofCases: headers))
    }
}
