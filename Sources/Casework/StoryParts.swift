import Programmes

/// What the goals, actions, onward referrals and jobs of one case are called, for its story.
///
/// Events name them by ids of the case's own, such as `action-3`; people know them by what was
/// written when they began. Where that was not opened, a goal or an action has no words, and of a job
/// or an onward referral the id stands in words.
package struct StoryParts: Sendable {
    private var goals: [String: String] = [:]
    private var actions: [String: String] = [:]
    private var sent: [String: String] = [:]
    private var employers: [String: String] = [:]

    package init() {}

    /// - Parameter bodies: the events of the case, opened as far as the reader may.
    package init(_ bodies: some Sequence<EventBody>, in programme: Programme) {
        for body in bodies {
            switch body {
            case .goalAdded(let fields): goals[fields.goal] = fields.text
            case .actionAdded(let fields): actions[fields.action] = fields.text
            case .jobStarted(let fields): employers[fields.spell] = fields.employer
            case .onwardSent(let fields):
                let service = programme.pathway.onward.first { $0.id == fields.service }
                sent[fields.onward] = fields.name ?? service?.name
            default: continue
            }
        }
    }

    func goal(_ id: String) -> String? { goals[id] }

    func action(_ id: String) -> String? { actions[id] }

    func onward(_ id: String) -> String {
        sent[id].map { "Referral to \($0)" } ?? "Onward referral \(Words.plain(id))"
    }

    func job(_ id: String) -> String {
        if let employer = employers[id] { return "Job at \(employer)" }
        return id.hasPrefix("job") ? Words.capital(id) : "Job \(Words.plain(id))"
    }
}
