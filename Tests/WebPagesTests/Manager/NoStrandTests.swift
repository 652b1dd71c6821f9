import Application
import Casework
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing
import Web
import WebPages

/// A referral that names no strand waits with every provider of its programme.
@Suite struct NoStrandTests {
    /// Providers of strands of WorkWell Manchester.
    private static let providers = ["big-life", "mft", "vcse-black-communities"]

    private static func manager(_ organisation: String) -> Actor {
        Actor(user: "manager-\(organisation)", organisation: organisation, role: .manager)
    }

    @Test("It stands in the queue of each, until one chooses", arguments: Backend.allCases)
    func queue(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let header = try await team.refer("Rosa") { $0.strand = nil }
            for provider in Self.providers {
                let browser = team.site.browser(Self.manager(provider))
                let queue = await browser.get("/team/queue")
                #expect(queue.words.contains("Rosa Tester"), "\(provider)")
                #expect(queue.words.contains("no strand yet"), "\(provider)")
                #expect(queue.words.contains("Choose its strand"), "\(provider)")
                #expect(!queue.text.contains("\(header.id.text)/accept"), "\(provider)")
                #expect(await browser.get("/team").words.contains("1 to accept"), "\(provider)")
            }
            // Nobody else, and no coach, has a part in it.
            let others = [
                TestTeam.neighbour, TestTeam.coach,
                Actor(user: "coach-mft", organisation: "mft", role: .coach),
            ]
            for other in others {
                let page = await team.site.browser(other).get("/cases/\(header.id.text)")
                #expect(page.status == 404, "\(other)")
            }

            let chooser = team.site.browser(Self.manager("mft"))
            let done = await chooser.post(
                "/cases/\(header.id.text)/reroute",
                ["place": "strand/be-well"]
            )
            #expect(done.words.contains("The case was rerouted."))
            for provider in Self.providers {
                let queue = await team.site.browser(Self.manager(provider)).get("/team/queue")
                let isTheirs = provider == "big-life"
                #expect(queue.words.contains("Rosa Tester") == isTheirs, "\(provider)")
                #expect(!queue.words.contains("Choose its strand"), "\(provider)")
            }
        }
    }

    @Test("Accepting it chooses a strand of the provider's own")
    func accepting() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.strand = nil }
            let path = "/cases/\(header.id.text)/accept"
            let chooser = team.site.browser(Self.manager("big-life"))
            let wrong: [KeyValuePairs<String, String>] = [[:], ["strand": "msk"]]
            for strand in wrong {
                let refused = await chooser.post(path, strand)
                #expect(refused.words.contains("There is a problem"), "\(strand)")
            }
            let done = await chooser.post(path, ["strand": "be-well"])
            #expect(done.words.contains("The referral was accepted."))
            let store = team.installation.store
            let row = try await store.database.read { try store.caseRow(header.id, in: $0) }
            #expect(row?.provider == "big-life")
            #expect(row?.state == .accepted)
        }
    }

    @Test("Whoever chooses reads no notes or measures, and closed cases wait with nobody")
    func access() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.strand = nil }
            let store = team.installation.store
            let row = try #require(
                try await store.database.read { try store.caseRow(header.id, in: $0) }
            )
            #expect(row.provider == nil)
            #expect(row.unassigned == Self.providers)
            let manager = Self.manager("mft")
            let relations = CaseRelations(row)
            for (action, isAllowed) in [
                (Action.readStatus, true), (.readCase, true), (.readIdentity, true),
                (.manageCase, true), (.readClinical, false), (.changeCase, false),
                (.readOutcome, false),
            ] {
                let decision = Access.decide(manager, action, on: .case(relations))
                #expect((decision == .allowed) == isAllowed, "\(action)")
            }
            var closed = Closed()
            closed.reason = .noLongerWanted
            try await team.change(header, .closed(closed))
            let after = try await store.database.read { try store.caseRow(header.id, in: $0) }
            #expect(after?.unassigned == [])
            let queue = await team.site.browser(manager).get("/team/queue")
            #expect(!queue.words.contains("Rosa Tester"))
        }
    }
}
