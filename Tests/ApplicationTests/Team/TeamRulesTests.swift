import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing

/// What the team's use cases promise beyond their pages.
@Suite struct TeamRulesTests {
    @Test("Both cases of a reroute are written, or neither", arguments: Backend.allCases)
    func rerouteIsOne(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let header = try await team.refer("Rosa") { referral in
                referral.identity.nhsNumber = "9434765919"
                referral.answers["pathway-point"] = "new"
            }
            let goodwork = team.installation.goodwork
            func send(_ strand: String?, _ key: String) async throws -> CaseHeader {
                try await goodwork.reroute(
                    header,
                    toProgramme: "ips-primary-care",
                    strand: strand,
                    by: TestTeam.manager,
                    key: key,
                    seed: 7
                )
            }
            let events = try await team.installation.count("journal")
            for strand in [nil, "trial", "nothing"] {
                await #expect(throws: ServiceError.self) {
                    try await send(strand, "k\(strand ?? "")")
                }
            }
            #expect(try await team.installation.count("journal") == events)
            #expect(try await team.installation.count("cases") == 1)

            let there = try await send("service", "key")
            #expect(try await send("service", "key") == there)
            await #expect(throws: StoreError.keyReused("key")) { try await send("trial", "key") }
            let opened = try await team.folded(there)
            let said = opened.referral
            #expect(there.person == header.person)
            #expect(said?.source == "gp")
            #expect(said?.referrer == TestTeam.referrer.organisation)
            #expect(said?.strand == "service")
            #expect(said?.condition == "anxiety")
            #expect(said?.identity.nhsNumber == "9434765919")
            // The other programme does not ask these.
            #expect(said?.answers == [:])
            #expect(opened.consents[.referral] == .consentGiven)
            let closed = try await team.folded(header)
            #expect(closed.closure == .transferred)
            #expect(closed[.closed] == team.today)
        }
    }

    @Test(
        "The referrer, the wish about messages and the open risks go with the person",
        arguments: Backend.allCases
    )
    func rerouteCarries(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let header = try await team.refer("Rosa")
            var wish = ContactPreferred()
            wish.way = .noMessages
            wish.language = "ur"
            try await team.change(header, .contactPreferred(wish))
            for (id, about) in [("r1", "self-harm"), ("r2", "other")] {
                var risk = RiskRaised()
                risk.risk = id
                risk.about = about
                risk.text = "Said so on the phone."
                try await team.change(header, .riskRaised(risk), daysAgo: 1)
            }
            var over = RiskRef()
            over.risk = "r2"
            try await team.change(header, .riskResolved(over))
            let there = try await team.installation.goodwork.reroute(
                header,
                toProgramme: "ips-primary-care",
                strand: "service",
                by: TestTeam.manager,
                seed: 7
            )
            let opened = try await team.folded(there)
            let theirs = try await team.installation.goodwork.referrals(
                ofAll: false,
                by: TestTeam.referrer
            )
            #expect(theirs.entries.map(\.row.header.id).contains(there.id))
            #expect(opened.contactWish == wish)
            #expect(opened.risks.map(\.id) == ["r1"])
            let risk = try #require(opened.risks.first)
            #expect(risk.about == "self-harm")
            #expect(risk.raisedOn == team.today)
            #expect(
                risk.text == "Said so on the phone. Open since 1 June 2025 in case "
                    + "\(header.reference)."
            )
        }
    }

    @Test("Nobody is rerouted against their will, and only by those who manage the case")
    func rerouteIsAllowed() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa", consents: [.referral: false])
            let goodwork = team.installation.goodwork
            func code(_ actor: Actor) async -> String? {
                do {
                    _ = try await goodwork.reroute(
                        header,
                        toProgramme: "ips-primary-care",
                        strand: "service",
                        by: actor,
                        seed: 7
                    )
                    return nil
                } catch {
                    return (error as? ServiceError)?.code
                }
            }
            #expect(await code(TestTeam.manager) == "referral-no-consent")
            #expect(await code(TestTeam.coach) == "forbidden")
            #expect(await code(TestTeam.neighbour) == "not-found")
            #expect(await code(TestTeam.referrer) == "forbidden")
        }
    }

    @Test("A second open case in the other programme is refused")
    func rerouteTwice() async throws {
        try await withTeam(.sqlite) { team in
            let goodwork = team.installation.goodwork
            let number = "9434765919"
            let one = try await team.refer("Rosa") { $0.identity.nhsNumber = number }
            let other = try await team.refer("Rosa") { $0.identity.nhsNumber = number }
            func send(_ header: CaseHeader) async throws -> CaseHeader {
                try await goodwork.reroute(
                    header,
                    toProgramme: "ips-primary-care",
                    strand: "service",
                    by: team.installation.actor,
                    seed: .random(in: .min ... .max)
                )
            }
            let there = try await send(one)
            let error = await #expect(throws: ServiceError.self) { try await send(other) }
            #expect(error?.code == "already-referred")
            #expect(error?.message.contains(there.reference) == true)
            #expect(try await team.folded(other).isOpen)
        }
    }

    @Test("A team's lists are of its organisation, and ask for a manager")
    func teamsAreTheirOwn() async throws {
        try await withTeam(.sqlite) { team in
            _ = try await team.refer("Rosa")
            _ = try await team.refer("Sam") { $0.strand = "msk" }
            let goodwork = team.installation.goodwork
            let ours = try await goodwork.team(by: TestTeam.manager)
            #expect(ours.rows.count == 1)
            #expect(Set(ours.items.map(\.item.subject)) == ["referral", "first-contact"])
            let theirs = try await goodwork.team(by: TestTeam.neighbour)
            #expect(theirs.rows.isEmpty && theirs.items.isEmpty && theirs.asked.isEmpty)
            #expect(try await goodwork.gaps(of: theirs).isEmpty)
            let error = await #expect(throws: ServiceError.self) {
                _ = try await goodwork.team(by: TestTeam.coach)
            }
            #expect(error?.kind == .forbidden)
        }
    }

    @Test("What each coach holds is counted: the team, those who left, and nobody")
    func loads() async throws {
        try await withTeam(.sqlite) { team in
            for (name, coach, days) in [
                ("Rosa", "coach-1", 30), ("Sam", "coach-1", 3), ("Uma", "coach-1", 0),
                ("Vera", "coach-9", 30), ("Wim", nil, 30),
            ] {
                let header = try await team.refer(name, daysAgo: days)
                try await team.change(header, .referralAccepted(Plain()))
                if let coach { try await team.assign(header, to: coach) }
            }
            let found = try await team.installation.goodwork.team(by: TestTeam.manager)
            let lines = found.load(TestTeam.members).map { load in
                "\(load.coach ?? "nobody") \(load.open) \(load.overdue) \(load.soon) "
                    + "\(load.overCapacity.map { "+\($0)" } ?? "-")"
            }
            #expect(
                lines == [
                    // Uma's first contact is due in a week: that is the eighth day.
                    "coach-1 3 1 1 +1", "coach-2 0 0 0 -", "coach-9 1 1 0 -", "nobody 1 1 0 -",
                ]
            )
        }
    }

    @Test(
        "Open cases of a coach who has left wait for another, reopened ones too",
        arguments: Backend.allCases
    )
    func coachHasLeft(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let goodwork = team.installation.goodwork
            var cases: [String: CaseHeader] = [:]
            for (name, coach) in [
                ("Rosa", "coach-1"), ("Sam", TestTeam.gone), ("Uma", TestTeam.gone), ("Vera", nil),
                // As a list may say it who holds a case: a name, which is no account.
                ("Wim", "Zoe Gone"),
            ] {
                let header = try await team.refer(name)
                try await team.change(header, .referralAccepted(Plain()))
                if let coach { try await team.assign(header, to: coach) }
                cases[name] = header
            }
            func waiting() async throws -> Set<CaseID> {
                let found = try await goodwork.team(by: TestTeam.manager)
                return Set(found.withoutCoach(TestTeam.members).map(\.header.id))
            }
            let (sam, uma) = (try #require(cases["Sam"]), try #require(cases["Uma"]))
            let vera = try #require(cases["Vera"])
            #expect(try await waiting() == [sam.id, uma.id, vera.id])

            var closed = Closed()
            closed.reason = .disengaged
            try await team.change(uma, .closed(closed))
            #expect(try await waiting() == [sam.id, vera.id])
            try await team.change(uma, .reopened(Reopened()))
            #expect(try await team.folded(uma).coach == TestTeam.gone)
            #expect(try await waiting() == [sam.id, uma.id, vera.id])
            try await team.assign(uma, to: "coach-2")
            #expect(try await waiting() == [sam.id, vera.id])
        }
    }

    @Test("Coaches are the accounts of the organisation that can be given cases")
    func coaches() async throws {
        try await withTeam(.sqlite) { team in
            let goodwork = team.installation.goodwork
            let boss = team.installation.actor
            for (organisation, name, role, capacity) in [
                (TestTeam.organisation, "Ben", Role.coach, Int?.none),
                (TestTeam.organisation, "Amina", .coach, 40),
                (TestTeam.organisation, "Mary", .manager, nil),
                (TestTeam.organisation, "Gone", .coach, nil),
                ("pathways-cic", "Nia", .coach, nil),
            ] {
                if name == "Ben" || name == "Nia" {
                    try await goodwork.addOrganisation(
                        Organisation(id: organisation, name: organisation, kinds: [.provider]),
                        by: boss
                    )
                }
                let made = try await goodwork.addAccount(
                    NewAccount(
                        login: "\(name)@example.org",
                        name: name,
                        organisation: organisation,
                        roles: [role],
                        capacity: capacity
                    ),
                    by: boss
                )
                if name == "Gone" { _ = try await goodwork.disable(made.account.id, by: boss) }
            }
            let found = try await goodwork.coaches(by: TestTeam.manager)
            #expect(found.map(\.name) == ["Amina", "Ben"])
            #expect(found.map(\.capacity) == [40, nil])
        }
    }
}
