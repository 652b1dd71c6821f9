import Application
import Casework
import FHIRModel
import Kernel
import Programmes
import TestSupport
import Testing
import Web
import WebAPI

/// A token whose scopes have a search in them sees what that finds, by whichever way it asks.
@Suite struct ScopedTests {
    /// Scopes of a client, what it asks for, and what it gets.
    private static let granted: [(has: String, asks: String, gets: String)] = [
        (
            "system/Observation.rs", "system/Observation.rs?category=survey",
            "system/Observation.rs?category=survey"
        ),
        ("system/*.rs", "system/Task.r?status=accepted", "system/Task.r?status=accepted"),
        ("system/Observation.rs?category=survey", "system/Observation.rs", ""),
        (
            "system/Observation.rs?category=survey", "system/Observation.r?category=survey",
            "system/Observation.r?category=survey"
        ),
        (
            "system/Observation.rs?category=survey", "system/Observation.r?category=social-history",
            ""
        ),
        ("system/Task.rs?status=accepted", "system/Task.cud", ""),
    ]

    @Test("A narrower scope is granted of a wider one, and never the other way", arguments: granted)
    func granting(_ has: String, _ asks: String, _ gets: String) {
        #expect(ClientScopes(has).granting(ClientScopes(asks)).text == gets)
    }

    @Test(
        "A search narrows reading, of one kind of resource",
        arguments: [
            "system/*.rs?status=x", "system/Task.cruds?status=x", "system/Task.u?status=x",
            "system/Task.rs?", "system/Task.rs?status", "system/Task.read?status=x",
        ]
    )
    func none(_ text: String) {
        #expect(ClientScope(text) == nil)
    }

    @Test("What the search does not find is nowhere", arguments: Backend.allCases)
    func narrowed(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let open = try await AccessScene.makeCase(installation, 1).id.text
            let other = try await AccessScene.makeCase(installation, 2)
            var closed = Closed()
            closed.reason = .noLongerWanted
            let today = installation.clock.now.civilDateUK
            try await installation.change(other.id.text, Command(.closed(closed), on: today))
            let shut = other.id.text
            let test = TestAPI(installation)
            let wide = try await test.client(.manager, of: "big-life", scopes: "system/*.cruds")
            let narrow = try await test.client(
                .manager,
                of: "big-life",
                scopes: "system/EpisodeOfCare.rs?status=active system/Patient.rs system/Task.cruds"
            )
            let base = "/fhir/R4"
            #expect(await wide.get("\(base)/EpisodeOfCare/\(shut)").status == 200)
            #expect(await narrow.get("\(base)/EpisodeOfCare/\(open)").status == 200)
            let hidden = await narrow.get("\(base)/EpisodeOfCare/\(shut)")
            #expect(hidden.status == 404)
            #expect(try hidden.fhir().type == "OperationOutcome")
            #expect(await narrow.get("\(base)/EpisodeOfCare/\(shut)/_history/1").status == 404)
            for mark in ["*", "W/\"1\"", "W/\"2\"", "W/\"3\"", "W/\"4\""] {
                let marks = ["if-none-match": mark]
                let path = "\(base)/EpisodeOfCare/\(shut)"
                #expect(await narrow.get(path, headers: marks).status == 404, "\(mark)")
            }
            let seen = await narrow.get(
                "\(base)/EpisodeOfCare/\(open)",
                headers: ["if-none-match": "*"]
            )
            #expect(seen.status == 304)
            let history = await narrow.get("\(base)/EpisodeOfCare/\(shut)/_history")
            #expect(!history.json.text.contains("cancelled") && history["total"] == nil)
            let all = await narrow.get("\(base)/EpisodeOfCare")
            #expect(all.found == ["EpisodeOfCare/\(open)"] && all["total"] == nil)
            #expect(await wide.get("\(base)/EpisodeOfCare")["total"]?.int == 2)
            let counted = await narrow.get("\(base)/EpisodeOfCare?_summary=count")
            #expect(counted["total"] == nil)
            let person = other.person.text
            let everything = await narrow.get("\(base)/Patient/\(person)/$everything")
            #expect(everything.status == 200)
            #expect(!everything.found.contains { $0.contains("EpisodeOfCare") })
            #expect(everything.found.contains("Task/\(shut)"))
            let included = await narrow.get("\(base)/Patient?_revinclude=EpisodeOfCare:patient")
            #expect(!included.found.contains("[EpisodeOfCare/\(shut)]"))
            let batch = await narrow.post(
                base,
                """
                {"resourceType":"Bundle","type":"batch","entry":[
                 {"request":{"method":"GET","url":"EpisodeOfCare"}},
                 {"request":{"method":"GET","url":"EpisodeOfCare/\(shut)"}},
                 {"request":{"method":"GET","url":"EpisodeOfCare/\(shut)","ifNoneMatch":"*"}}]}
                """
            )
            let statuses = (batch["entry"]?.array ?? []).map { $0["response"]?["status"]?.string }
            #expect(statuses == ["200", "404", "404"], "\(batch.json.text)")
            #expect(batch.status == 200 && batch.json.text.contains(open))
            #expect(!batch.json.text.contains("\"id\":\"\(shut)\""), "\(batch.json.text)")
            // What has no search is seen as ever.
            #expect(await narrow.get("\(base)/Task/\(shut)").status == 200)
            #expect(await narrow.get("\(base)/ServiceRequest/\(shut)").status == 403)
        }
    }

    @Test(
        "What is left out of an answer hides nothing from the scope's search",
        arguments: [
            "Task?_elements=for", "Task?_summary=text", "Task/ID?_elements=for",
            "Patient/PERSON/$everything?_elements=for",
        ]
    )
    func parts(_ path: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let header = try await AccessScene.makeCase(installation, 1)
            // Every Task has an owner, so that none is found without one.
            let narrow = try await TestAPI(installation).client(
                .manager,
                of: "big-life",
                scopes: "system/Task.rs?owner:missing=true system/Patient.rs"
            )
            let id = header.id.text
            let full = path.replacing("ID", with: id)
                .replacing("PERSON", with: header.person.text)
            let answer = await narrow.get("/fhir/R4/\(full)")
            #expect(!answer.json.text.contains("\"id\":\"\(id)\""), "\(answer.json.text)")
            #expect(!answer.found.contains("Task/\(id)") && answer.json != .null)
        }
    }

    @Test("An export takes what the scopes' search finds, and a file shows no more")
    func exported() async throws {
        try await withInstallation(.sqlite) { installation in
            let open = try await AccessScene.makeCase(installation, 1).id.text
            let other = try await AccessScene.makeCase(installation, 2)
            var closed = Closed()
            closed.reason = .noLongerWanted
            let today = installation.clock.now.civilDateUK
            try await installation.change(other.id.text, Command(.closed(closed), on: today))
            let test = TestAPI(installation)
            let narrow = try await test.client(
                .manager,
                of: "big-life",
                scopes: "system/EpisodeOfCare.rs?status=active system/Task.rs"
            )
            let taken = try await narrow.takeAway("Patient/$export")
            #expect(taken.ids["EpisodeOfCare"] == [open] && taken.ids["Task"] != nil)
            let both = URLEncoding.encode("EpisodeOfCare?_id=\(other.id.text)")
            let none = try await narrow.takeAway("Patient/$export?_typeFilter=\(both)")
            #expect(none.ids["EpisodeOfCare"] == nil)
        }
    }

    @Test("Nobody is told by subscription of a kind that the scopes narrow")
    func subscribed() async throws {
        try await withInstallation(.sqlite) { installation in
            let narrow = try await TestAPI(installation).client(
                .manager,
                of: "big-life",
                scopes: "system/Task.rs?status=accepted system/Subscription.cruds"
            )
            let answer = await narrow.post(
                "/fhir/R4/Subscription",
                """
                {"resourceType":"Subscription","status":"requested","reason":"x",
                 "criteria":"https://goodwork.example/fhir/SubscriptionTopic/task-changed",
                 "channel":{"type":"rest-hook","endpoint":"https://gp.example/hook",
                            "payload":"application/fhir+json"}}
                """
            )
            #expect(answer.status == 403, "\(answer.json.text)")
        }
    }
}
