import Application
import Casework
import Kernel
import TestSupport
import Testing

/// Who may do what, as tables: role × organisation × relationship × consent × action.
@Suite struct AccessMatrixTests {
    @Test("What is not about a case, role by role")
    func installation() {
        let table = TextTable(AccessTables.ofInstallation)
        let named = Action.allCases.filter { !$0.isOfCase }
        #expect(table.rows.map { $0["action"] }.sorted() == named.map(\.rawValue).sorted())
        for row in table.rows {
            guard let action = Action(rawValue: row["action"]) else { continue }
            for name in Role.allCases.map(\.rawValue) + ["nobody"] {
                let roles = Role(rawValue: name).map { Set([$0]) } ?? []
                let actor = Actor(user: "u", organisation: "o", roles: roles)
                for reason in [nil, " \n", "a complaint"] {
                    let wanted =
                        row[name] == "yes" || (row[name] == "reason" && reason == "a complaint")
                    let isAllowed = Access.decide(actor, action, reason: reason) == .allowed
                    #expect(isAllowed == wanted, "\(name) \(action) \(reason ?? "-")")
                }
            }
        }
    }

    @Test("What is about a claim, by what somebody's organisation is to it")
    func claims() {
        let table = TextTable(AccessTables.ofClaim)
        #expect(table.rows.map { $0["action"] } == ["read-claims", "submit-claim", "settle-claim"])
        let columns = [
            "operator@elsewhere", "provider-manager@claimant", "commissioner@claimant",
            "provider-manager@host", "commissioner@host", "commissioner@own-host",
            "provider-manager@payer", "commissioner@payer", "provider-manager@elsewhere",
            "commissioner@elsewhere", "analyst@elsewhere",
        ]
        for row in table.rows {
            guard let action = Action(rawValue: row["action"]) else { continue }
            for column in columns {
                let parts = column.split(separator: "@").map(String.init)
                guard let role = Role(rawValue: parts[0]) else { continue }
                // The host claims too: then it is the claimant.
                let place = parts[1] == "own-host" ? "host" : parts[1]
                let claimant = parts[1] == "own-host" ? "host" : "claimant"
                let parties = ClaimParties(claimant: claimant, payer: "payer", host: "host")
                let actor = Actor(user: "u", organisation: place, role: role)
                let found = Access.decide(actor, action, on: .claim(parties))
                #expect((found == .allowed) == (row[column] == "yes"), "\(column) \(action)")
            }
        }
    }

    @Test("What is about a practice's records, by whether somebody works there")
    func practices() {
        let table = TextTable(AccessTables.ofPractice)
        #expect(table.rows.map { $0["action"] } == ["read-practice", "list-patients"])
        let columns = [
            "operator@elsewhere", "referrer@practice", "referrer@elsewhere", "coach@practice",
            "provider-manager@practice", "commissioner@elsewhere", "analyst@elsewhere",
            "information-governance@practice",
        ]
        for row in table.rows {
            guard let action = Action(rawValue: row["action"]) else { continue }
            for column in columns {
                let parts = column.split(separator: "@").map(String.init)
                guard let role = Role(rawValue: parts[0]) else { continue }
                let actor = Actor(user: "u", organisation: parts[1], role: role)
                for reason in [nil, "asked by the practice"] {
                    let found = Access.decide(
                        actor,
                        action,
                        on: .practice("practice"),
                        reason: reason
                    )
                    let wanted =
                        row[column] == "yes" || (row[column] == "reason" && reason != nil)
                    #expect((found == .allowed) == wanted, "\(column) \(action)")
                }
            }
        }
    }

    @Test("What is said of run charts, by whose they are")
    func runCharts() {
        let columns = [
            "operator@elsewhere", "provider-manager@provider", "provider-manager@elsewhere",
            "commissioner@provider", "commissioner@elsewhere", "analyst@provider",
            "coach@provider", "administrator@elsewhere",
        ]
        let table = TextTable(AccessTables.ofRunChart)
        #expect(table.rows.map { $0["charts"] } == ["whole", "provider"])
        for row in table.rows {
            let charts = Resource.runChart(provider: row["charts"] == "whole" ? nil : "provider")
            for column in columns {
                let parts = column.split(separator: "@").map(String.init)
                guard let role = Role(rawValue: parts[0]) else { continue }
                let actor = Actor(user: "u", organisation: parts[1], role: role)
                let found =
                    switch Access.decide(actor, .rebaseChart, on: charts) {
                    case .allowed: "yes"
                    case .refused: "refused"
                    case .hidden: ""
                    }
                #expect(found == row[column], "\(column) \(row["charts"])")
            }
        }
    }

    /// Every situation: an actor of one role in one organisation, before one case.
    static let situations: [Situation] = {
        var situations: [Situation] = []
        for role in Role.allCases {
            for place in ["provider", "asked", "onward", "unassigned", "referrer", "elsewhere"] {
                for isSelf in [false, true] {
                    for isGlassBroken in [false, true] {
                        for referral in [Bool?.none, true, false] {
                            for share in [Bool?.none, true, false] {
                                situations.append(
                                    Situation(role, place, isSelf, isGlassBroken, referral, share)
                                )
                            }
                        }
                    }
                }
            }
        }
        return situations
    }()

    struct Situation {
        let role: Role
        let place: String
        let isSelf: Bool
        let isGlassBroken: Bool
        let referral: Bool?
        let share: Bool?
        let person = PersonID(high: 1, low: 1)

        init(
            _ role: Role,
            _ place: String,
            _ isSelf: Bool,
            _ isGlassBroken: Bool,
            _ referral: Bool?,
            _ share: Bool?
        ) {
            (self.role, self.place, self.isSelf) = (role, place, isSelf)
            (self.isGlassBroken, self.referral, self.share) = (isGlassBroken, referral, share)
        }

        var actor: Actor {
            Actor(
                user: "u",
                organisation: place,
                roles: [role],
                person: isSelf ? person : PersonID(high: 2, low: 2)
            )
        }

        var relations: CaseRelations {
            var consents: [ConsentScope: Bool] = [:]
            consents[.referral] = referral
            consents[.shareWithReferrer] = share
            return CaseRelations(
                person: person,
                referrer: "referrer",
                provider: "provider",
                asked: "asked",
                onward: ["onward"],
                unassigned: ["unassigned"],
                consents: consents,
                isGlassBroken: isGlassBroken
            )
        }

        /// The columns of the table that this actor has.
        var columns: [String] {
            var columns: [String] = []
            switch role {
            case .coach, .manager:
                if place != "referrer", place != "elsewhere" {
                    columns.append("\(role.rawValue)@\(place)")
                }
                if isGlassBroken { columns.append("\(role.rawValue)@glass") }
            case .referrer: if place == "referrer" { columns.append("referrer@referrer") }
            case .resident: if isSelf { columns.append("resident@self") }
            default: break
            }
            return columns
        }
    }

    @Test("All that is allowed, asked at once, is what is allowed one by one")
    func atOnce() {
        for situation in Self.situations {
            let (actor, relations) = (situation.actor, situation.relations)
            let oneByOne = Action.allCases.filter { action in
                action.isOfCase
                    && Access.decide(actor, action, on: .case(relations)) == .allowed
            }
            #expect(
                Access.allowed(actor, on: relations) == Set(oneByOne),
                "\(situation.role) of \(situation.place)"
            )
        }
    }

    @Test("What is about a case, in every situation")
    func cases() {
        let table = TextTable(AccessTables.ofCase)
        let named = Action.allCases.filter(\.isOfCase)
        #expect(table.rows.map { $0["action"] }.sorted() == named.map(\.rawValue).sorted())
        var decided = 0
        for situation in Self.situations where situation.role != .operator {
            for row in table.rows {
                guard let action = Action(rawValue: row["action"]) else { continue }
                let outside =
                    AccessTables.withoutPart[situation.role.rawValue]?.contains(action) == true
                for reason in [nil, "an emergency"] {
                    let isWanted =
                        situation.columns.contains { column in
                            switch row[column] {
                            case "yes": true
                            case "agreed": situation.referral != false
                            case "shared": situation.share == true
                            case "reason": reason != nil
                            default: false
                            }
                        } || (outside && reason != nil)
                    let found = Access.decide(
                        situation.actor,
                        action,
                        on: .case(situation.relations),
                        reason: reason
                    )
                    decided += 1
                    #expect((found == .allowed) == isWanted, "\(situation) \(action)")
                    // Whoever has no part in a case is not told that there is one.
                    if found != .allowed, situation.columns.isEmpty, !outside {
                        #expect(found == .hidden, "\(situation) \(action)")
                    }
                }
            }
        }
        #expect(decided == 9 * 6 * 2 * 2 * 3 * 3 * 15 * 2)
    }

    @Test("At the command line everything is allowed, identities with a reason")
    func commandLine() {
        let actor = Actor(user: "u", organisation: "o", role: .operator)
        for action in Action.allCases {
            let reasoned: Set<Action> = [
                .readIdentity, .erasePerson, .copyRecord, .breakGlass, .findPerson, .listPatients,
            ]
            let asksWhy = reasoned.contains(action)
            #expect((Access.decide(actor, action) == .allowed) == !asksWhy)
            #expect(Access.decide(actor, action, reason: "a complaint") == .allowed)
        }
    }
}
