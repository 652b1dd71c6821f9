import Application
import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// The path that a referrer's system and a provider's system walk, on both databases.
@Suite struct PathTests {
    static let programme = "workwell-manchester"

    static func referral(
        _ family: String = "Okafor",
        nhs: String = "9434765919",
        more: String = ""
    ) -> String {
        """
        {
          "programme": "workwell-manchester", "strand": "be-well", "source": "gp",
          "person": {"given_name": "Ada", "family_name": "\(family)", "birth_date": "1980-01-31",
                     "nhs_number": "\(nhs)", "postcode": "M14 5AB"},
          "condition": "msk", "employment_status": "off-sick",
          "answers": {"health-condition": "yes"},
          "consents": {"referral": true, "share-with-referrer": true}\(more)
        }
        """
    }

    @Test(
        "Who has no number is known by name, birth date and postcode",
        arguments: Backend.allCases
    )
    func withoutNumber(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let test = TestAPI(installation)
            let practice = try await test.client(.referrer, of: "P84001")
            let elsewhere = try await test.client(.referrer, of: "P84002")
            func nameless(_ family: String, more: String = "") -> String {
                Self.referral(family, more: more)
                    .replacing(#""nhs_number": "9434765919", "#, with: "")
            }
            let none = nameless("Nobody")
            #expect(!none.contains("nhs_number"))
            let rows: [(client: TestClient, body: String, status: Int)] = [
                (practice, none, 201), (practice, none, 409),
                // A number that is learned later makes nobody another person, nor one that is left out.
                (practice, Self.referral("Nobody"), 409),
                (practice, Self.referral("Okafor", nhs: "9476719931"), 201),
                (practice, nameless("OKAFOR"), 409),
                (practice, nameless("Nobody", more: #", "anyway": true"#), 201),
                // Two numbers are two people; so are two postcodes, as far as anybody can tell.
                (practice, Self.referral("Okafor", nhs: "9990000018"), 201),
                (practice, none.replacing("M14 5AB", with: "M14 5AA"), 201),
                // Who is not to know of a case is not told of it.
                (elsewhere, none, 201),
            ]
            for (place, row) in rows.enumerated() {
                let answer = await row.client.post("/api/v1/referrals", row.body)
                #expect(answer.status == row.status, "\(place): \(answer.json.text)")
            }
            // Nobody's records are joined by a name.
            let people = try await installation.count("people")
            #expect(people == 6)
        }
    }

    @Test("Refer, accept, tell, read: each side sees what is its own", arguments: Backend.allCases)
    func wholeWay(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let test = TestAPI(installation)
            let practice = try await test.client(.referrer, of: "P84001")
            let provider = try await test.client(.manager, of: "big-life")
            let coach = try await test.client(.coach, of: "big-life")
            let stranger = try await test.client(.manager, of: "pathways-cic")

            let check = await practice.post(
                "/api/v1/referrals/check",
                #"{"source": "gp", "employment_status": "off-sick"}"#
            )
            #expect(check.status == 200)
            #expect((check["offers"]?.array ?? []).contains { $0["strand"]?.string == "be-well" })

            let referred = await practice.post(
                "/api/v1/referrals",
                Self.referral(),
                headers: ["idempotency-key": "r-1"]
            )
            #expect(referred.status == 201, "\(referred.json.text)")
            let id = try #require(referred["id"]?.string)
            let again = await practice.post(
                "/api/v1/referrals",
                Self.referral(),
                headers: ["idempotency-key": "r-1"]
            )
            #expect(again["id"]?.string == id)
            let other = await practice.post(
                "/api/v1/referrals",
                Self.referral("Adeyemi"),
                headers: ["idempotency-key": "r-1"]
            )
            #expect(other.status == 422 && other.code == "key-reused")
            let twice = await practice.post("/api/v1/referrals", Self.referral())
            #expect(twice.status == 409 && twice.code == "already-referred")
            #expect(twice["cases"]?.array?.first?["id"]?.string == id)

            let status = await practice.get("/api/v1/referrals/\(id)/status")
            #expect(status["step"]?.string == "received")
            let mine = await practice.get("/api/v1/referrals?whose=own&shelf=waiting")
            #expect(mine["total"]?.int == 1)
            #expect(await practice.get("/api/v1/cases/\(id)").status == 403)
            #expect(await stranger.get("/api/v1/cases/\(id)").status == 404)

            let read = await provider.get("/api/v1/cases/\(id)")
            #expect(read.status == 200)
            #expect(read["person"]?["family_name"]?.string == "Okafor")
            let mark = try #require(read.response["ETag"])
            let same = await provider.get("/api/v1/cases/\(id)", headers: ["if-none-match": mark])
            #expect(same.status == 304 && same.response.body.isEmpty)

            let path = "/api/v1/cases/\(id)/entries"
            let today = installation.clock.now.civilDateUK.iso
            let accept = #"{"entries": [{"type": "referral.accepted", "on": "\#(today)"}]}"#
            #expect(await practice.post(path, accept).status == 403)
            #expect(await coach.post(path, accept).status == 403)
            #expect(await stranger.post(path, accept).status == 404)
            let accepted = await provider.post(
                path,
                accept,
                headers: ["if-match": mark, "idempotency-key": "a"]
            )
            #expect(accepted.status == 201, "\(accepted.json.text)")
            let late = await provider.post(path, accept, headers: ["if-match": mark])
            #expect(late.status == 412 && late.code == "conflict")
            let repeated = await provider.post(
                path,
                accept,
                headers: ["if-match": mark, "idempotency-key": "a"]
            )
            #expect(repeated.json == accepted.json)

            let told = await coach.post(
                path,
                """
                {"entries": [
                  {"type": "contact.attempted", "on": "\(today)", "channel": "phone",
                   "outcome": "reached"},
                  {"type": "note.written", "on": "\(today)", "text": "Sleeps badly"}]}
                """
            )
            #expect(told.status == 201, "\(told.json.text)")
            let note = try #require(told["entries"]?.array?.last?["id"]?.string)
            let timeline = await coach.get("/api/v1/cases/\(id)/timeline")
            #expect(timeline.json.text.contains("Sleeps badly"))
            let void =
                #"{"voids": [{"event": "\#(note)", "reason": "entered-in-error", "text": "x"}]}"#
            #expect(await coach.post(path, void).status == 201)
            let next = await practice.get("/api/v1/referrals/\(id)/status")
            #expect(next["step"]?.string == "in-contact")
            #expect(!next.json.text.contains("Sleeps"))

            let cases = await coach.get("/api/v1/cases?state=engaged")
            #expect(cases["items"]?.array?.first?["name"]?.string == "Ada Okafor")
            let found = await coach.post("/api/v1/cases/search", #"{"words": "okaf"}"#)
            #expect(found["total"]?.int == 1)
            #expect(try await installation.problems() == [])
        }
    }

    @Test("What a program did stands in the journal and the log, with what it is for")
    func traces() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let practice = try await test.client(.referrer, of: "P84001")
            let referred = await practice.post("/api/v1/referrals", Self.referral())
            let id = try #require(referred["id"]?.string)
            let user = "client:" + (practice.client?.id ?? "")
            let events = try await installation.history(id).events
            #expect(events.allSatisfy { $0.by.user == user && $0.by.organisation == "P84001" })
            _ = await practice.get("/api/v1/referrals/\(id)/status")
            let store = installation.goodwork.store
            let log = try await store.database.read { transaction in
                try store.accessLog(of: id, opensReasons: true, in: transaction)
            }
            let own = log.filter { $0.actor == user }
            #expect(!own.isEmpty)
            #expect(own.allSatisfy { $0.reason?.text == "tests" })
        }
    }
}
