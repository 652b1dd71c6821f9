import Application
import HTML
import Kernel

/// The coaches among whom a manager chooses, each with what they hold.
struct CoachChoices: Sendable {
    let members: [TeamMember]
    private let loads: [TeamLoad]

    init(_ team: Team, _ members: [TeamMember]) {
        self.members = members
        loads = team.load(members)
    }

    var ids: [String] { members.map(\.id) }

    func name(_ id: String) -> String? { members.first { $0.id == id }?.name }

    private func open(_ member: TeamMember) -> Int {
        loads.first { $0.coach == member.id }?.open ?? 0
    }

    /// `Amina Khan, 38 of 40 open cases`.
    var choices: [Choice] {
        members.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map { member in
            let open = open(member)
            let of = member.capacity.map { " of \($0)" } ?? ""
            let full = member.capacity.map { open >= $0 } == true ? ", full" : ""
            return Choice(member.id, "\(member.name), \(open)\(of) open cases\(full)")
        }
    }

    /// A list that opens, small enough for the row of a table; the choice is optional.
    func select(id: String, label words: String) -> HTML {
        label(.class("nhsuk-u-visually-hidden"), .for(id)) { words }
            + HTML.coachList(id, choices)
    }

    /// What a manager is told when somebody holds more than they can.
    func warning(for coach: String) -> String? {
        guard let load = loads.first(where: { $0.coach == coach }), let over = load.overCapacity,
            let member = load.member, let capacity = member.capacity
        else { return nil }
        return "\(member.name) now holds \(TeamWords.cases(load.open)). "
            + "That is \(over) more than the \(capacity) that they can hold."
    }
}

extension HTML {
    fileprivate static func coachList(_ id: String, _ choices: [Choice]) -> HTML {
        select(.class("nhsuk-select"), .id(id), .name("coach")) {
            option(.value("")) { "No coach yet" }
            for choice in choices { option(.value(choice.value)) { choice.label } }
        }
    }
}

extension Visit {
    /// The cases of the actor's organisation, and the coaches among whom they choose.
    func team() async throws -> (team: Team, coaches: CoachChoices) {
        let team = try await goodwork.team(by: actor)
        return (team, CoachChoices(team, try await site.team(actor)))
    }

    /// A coach's name, as the team or else the accounts know it.
    func coachName(_ coach: String?, _ coaches: CoachChoices) -> String {
        guard let coach else { return "No coach" }
        return coaches.name(coach) ?? names[coach]
    }

    /// A coach's name, marked where they are not of the team (any more).
    func markedCoach(_ coach: String?, _ coaches: CoachChoices) -> HTML {
        let name = HTML(coachName(coach, coaches))
        guard let coach, coaches.name(coach) == nil else { return name }
        return name + HTML(" ") + tag("not in the team", .grey)
    }
}
