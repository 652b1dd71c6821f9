import Casework
import Kernel
import Measures
import Programmes

/// A case that met what a payment is for, on a day.
package struct Achievement: Sendable, Hashable {
    /// The payment; with `/once` after it, what must have happened before that is due.
    package var rule: String
    package var caseID: CaseID
    package var person: PersonID
    /// The day of the latest milestone or outcome that the payment asks for.
    package var day: CivilDate
    package var place: HeldPlace

    package init(
        rule: String,
        caseID: CaseID,
        person: PersonID,
        day: CivilDate,
        place: HeldPlace
    ) {
        self.rule = rule
        self.caseID = caseID
        self.person = person
        self.day = day
        self.place = place
    }
}

/// Where a case was held on a day.
package struct HeldPlace: Sendable, Hashable {
    package var strand: String?
    package var provider: String?
    /// The strand's locality, where the person lives in one that the strand names.
    package var locality: String?

    package init(strand: String?, provider: String?, locality: String?) {
        self.strand = strand
        self.provider = provider
        self.locality = locality
    }
}

/// The people of a programme's cases, and where cases that moved were on a day.
package struct CasePeople: Sendable {
    /// The record of each case's person, or the one that it was joined into.
    package var persons: [CaseID: PersonID]
    /// Cases that changed strand or provider: where each was from a day on, in order of the days.
    package var moves: [CaseID: [(from: CivilDate, place: HeldPlace)]]

    package init(
        persons: [CaseID: PersonID],
        moves: [CaseID: [(from: CivilDate, place: HeldPlace)]] = [:]
    ) {
        self.persons = persons
        self.moves = moves
    }
}

extension Achievement {
    /// What a programme's cases have achieved by a day, rule by rule.
    ///
    /// - Parameters:
    ///   - table: the facts of its cases, folded up to that day.
    ///   - people: whose cases these are.
    /// - Returns: in the order of day, then rule, then case. A case without a person is left out.
    package static func find(
        _ programme: Programme,
        in table: FactTable,
        of people: CasePeople,
        asAt: CivilDate
    ) -> [Achievement] {
        guard let funding = programme.funding else { return [] }
        let dating = Dating(programme)
        var found: [(order: Int, achievement: Achievement)] = []
        for (order, (name, population)) in funding.counted.enumerated() {
            let asked = dating.asked(population)
            let cases = table.cases(in: population, of: programme, asAt: asAt)
            found.reserveCapacity(found.count + cases.count)
            for id in cases {
                guard let row = table.row(of: id), let person = people.persons[id] else { continue }
                let day = asked.day(table, row: row, asAt: asAt)
                let place = people.place(of: id, on: day, in: table, row: row, programme)
                let one = Achievement(
                    rule: name,
                    caseID: id,
                    person: person,
                    day: day,
                    place: place
                )
                found.append((order, one))
            }
        }
        found.sort { one, other in
            if one.achievement.day != other.achievement.day {
                return one.achievement.day < other.achievement.day
            }
            if one.order != other.order { return one.order < other.order }
            return one.achievement.caseID < other.achievement.caseID
        }
        return found.map(\.achievement)
    }
}

extension CasePeople {
    /// Where a case was held on a day: by its moves if it has any, otherwise by its facts.
    ///
    /// Support may start before a strand is chosen. Then the first that was chosen is paid.
    fileprivate func place(
        of id: CaseID,
        on day: CivilDate,
        in table: FactTable,
        row: Int,
        _ programme: Programme
    ) -> HeldPlace {
        if let moves = moves[id] {
            let moved = moves.last { $0.from <= day } ?? moves.first
            if let place = moved?.place.inside(programme) {
                guard place.strand == nil else { return place }
                let chosen = moves.first { $0.place.strand != nil }
                return chosen?.place.inside(programme) ?? place
            }
        }
        return HeldPlace(
            strand: table.code(.strand, row: row),
            provider: table.code(.provider, row: row),
            locality: table.code(.area, row: row)
        )
        .inside(programme)
    }
}

extension HeldPlace {
    /// The place with only what the programme knows: a lone strand needs no naming, and an area is
    /// a locality only where the strand names it.
    fileprivate func inside(_ programme: Programme) -> HeldPlace {
        var place = self
        if place.strand == nil, programme.strands.count == 1 {
            place.strand = programme.strands.first?.id
        }
        let strand = programme.strands.first { $0.id == place.strand }
        if strand?.localities.contains(where: { $0.id == locality }) != true {
            place.locality = nil
        }
        if place.provider == nil { place.provider = strand?.provider }
        return place
    }
}

extension FundingRules {
    /// The populations that payments count, each by the name under which it is achieved.
    fileprivate var counted: [(name: String, population: Population)] {
        payments.flatMap { rule -> [(name: String, population: Population)] in
            let paid = rule.people.map { [(name: rule.id, population: $0.population)] } ?? []
            let once = rule.once.map { [(name: rule.onceName, population: $0.population)] } ?? []
            return paid + once
        }
    }
}

extension PaymentRule {
    /// The name under which its condition is achieved.
    var onceName: String { id + "/once" }

    /// The people that it is paid for; nil for instalments.
    package var people: PaidPeople? {
        switch kind {
        case .instalments: nil
        case .price(_, let people), .share(_, let people): people
        }
    }
}
