import Casework
import Kernel
import Programmes

extension ClaimDraft {
    /// Adds to each line for a person the event by which it fell due, and what proves it.
    ///
    /// - Parameter history: all that was told of a case; nil if there is no such case.
    package mutating func prove(
        in programme: Programme,
        history: (CaseID) throws -> History?
    ) rethrows {
        let rules = programme.funding?.payments ?? []
        for index in lines.indices where lines[index].kind != .clawback {
            let line = lines[index]
            guard let id = line.caseID,
                let rule = rules.first(where: { $0.id == line.key.rule }),
                let history = try history(id)
            else { continue }
            let evidence = Evidence.of(history, rule: rule, in: programme, day: line.day)
            lines[index].event = evidence.event
            lines[index].evidence = evidence.events
        }
    }
}
