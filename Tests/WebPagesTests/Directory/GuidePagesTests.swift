import Application
import Casework
import Directory
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// The service guide as those who look after it see it, and as others find it.
@Suite struct GuidePagesTests {
    static let manager = Actor(user: "mara", organisation: "bridge", role: .manager)
    static let rival = Actor(user: "rita", organisation: "rival", role: .manager)
    static let administrator = Actor(user: "adam", organisation: "host", role: .administrator)

    static let fields: KeyValuePairs<String, String> = [
        "name": "Money advice", "description": "Help with debts.",
        "newOrganization": "Bridge Trust",
        "phone": "0161 496 0000", "email": "money@example.org", "minimum_age": "18",
        "day": "MO", "opens_at": "09:30", "closes_at": "16:00", "place": "The Hall",
        "address_1": "1 High Street", "city": "Manchester",
        "state_province": "Greater Manchester", "postal_code": "M14 5RQ",
        "rule": "eligibility:\r\n  - id: work\r\n    require: {employment_status: [off-sick]}\r\n"
            + "    says: It is for people who are off sick.",
    ]

    /// Adds the service, and gives its id.
    private func add(
        _ browser: TestBrowser,
        _ fields: KeyValuePairs<String, String> = fields
    ) async throws -> (id: String, page: TestBrowser.Page) {
        let form = await browser.get("/guide/add")
        let id = try #require(form.value("_id"))
        var sent = Form(fields)
        for name in ["_csrf", "_key", "_version", "_id"] { sent.set(name, form.value(name)) }
        return (id, await browser.send(.post, "/guide/add", sent))
    }

    @Test("A manager adds a service, changes it and closes it", arguments: Backend.allCases)
    func journey(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let site = TestSite(installation)
            let browser = site.browser(Self.manager)
            let (id, page) = try await add(browser)
            #expect(page.status == 200 && page.path == "/guide/services/\(id)", "\(page.words)")
            for words in [
                "Money advice", "Bridge Trust", "0161 496 0000", "The Hall", "M14 5RQ",
                "Monday, 09:30 to 16:00", "It is for people who are off sick.", "aged 18 or over",
                "Takes people",
            ] {
                #expect(page.words.contains(words), "\(words)")
            }
            #expect(await browser.get("/guide?words=debts").words.contains("1 service"))
            let edit = "/guide/services/\(id)/edit"
            let form = await browser.get(edit)
            #expect(form.value("name") == "Money advice" && form.value("opens_at") == "09:30")
            let part = try #require(
                await installation.goodwork.guide().service(id)?.places.first?.id
            )
            let organisation = StableUUID.of("written organisation Bridge Trust")
            let changed = await browser.submit(
                edit,
                from: form,
                [
                    "name": "Debt advice", "organization": organisation, "place": "The Hall",
                    "address_1": "2 High Street", "city": "Manchester",
                    "state_province": "Greater Manchester", "postal_code": "M14 5RQ",
                ]
            )
            #expect(changed.words.contains("Debt advice"), "\(changed.words)")
            #expect(!changed.words.contains("0161 496 0000"))
            let service = try #require(await installation.goodwork.guide().service(id))
            // What was there keeps its own id.
            #expect(service.places.map(\.id) == [part])
            let late = await browser.submit(
                edit,
                from: form,
                ["name": "X", "organization": organisation]
            )
            #expect(late.status == 422 && late.words.contains("Somebody else changed this"))
            let shut = await browser.post("/guide/services/\(id)", ["status": "inactive"])
            #expect(shut.words.contains("Closed"))
            #expect(site.errors.isEmpty, "\(site.errors)")
        }
    }

    @Test("Another organisation's service can be read and not changed")
    func others() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let (id, _) = try await add(site.browser(Self.manager))
            let rival = site.browser(Self.rival)
            let page = await rival.get("/guide/services/\(id)")
            #expect(page.words.contains("You cannot change it"))
            #expect(await rival.get("/guide/services/\(id)/edit").status == 404)
            let sent = await rival.submit(
                "/guide/services/\(id)",
                from: await rival.get("/guide/import"),
                ["status": "defunct"]
            )
            #expect(sent.status == 404)
            #expect(try await installation.goodwork.guide().service(id)?.status == .active)
            let administrator = site.browser(Self.administrator)
            let shut = await administrator.post("/guide/services/\(id)", ["status": "defunct"])
            #expect(shut.words.contains("Closed for good"))
            let coach = Actor(user: "cora", organisation: "bridge", role: .coach)
            #expect(await site.browser(coach).get("/guide").status == 403)
        }
    }

    @Test("What is wrong is told beside its field, all at once, and what was typed stays")
    func faults() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let browser = site.browser(Self.manager)
            let (_, page) = try await add(
                browser,
                [
                    "name": "Money advice", "newOrganization": "Bridge Trust", "email": "money",
                    "minimum_age": "young", "opens_at": "9", "postal_code": "M14 5RQ",
                    "rule": "eligibility: [x]",
                ]
            )
            #expect(page.status == 422)
            for field in ["email", "minimum_age", "opens_at", "address_1", "city", "rule"] {
                #expect(page.text.contains("href=\"#\(field)\""), "\(field)")
            }
            #expect(page.value("name") == "Money advice" && page.value("email") == "money")
            let blank = try await add(browser, [:]).page
            #expect(blank.status == 422 && blank.words.contains("Give the service a name"))
            #expect(try await installation.goodwork.guideBatch().services.isEmpty)
        }
    }

    /// An age as it is typed, and as the form shows it when the service is changed.
    static let ages = [("016", "16"), ("16.5", "16.5"), ("1e30", "1e+30")]

    @Test("An age is kept as a number that can be read again", arguments: ages)
    func age(_ typed: String, _ shown: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let browser = site.browser(Self.manager)
            let (id, page) = try await add(
                browser,
                ["name": "Advice", "newOrganization": "Bridge Trust", "minimum_age": typed]
            )
            #expect(page.status == 200 && page.path == "/guide/services/\(id)", "\(page.words)")
            let form = await browser.get("/guide/services/\(id)/edit")
            #expect(form.value("minimum_age") == shown)
            #expect(site.errors.isEmpty, "\(site.errors)")
        }
    }

    @Test("A file is imported, and one with faults tells each with its line")
    func importing() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let browser = site.browser(Self.administrator)
            func send(_ files: [(name: String, text: String)]) async -> TestBrowser.Page {
                let page = await browser.get("/guide/import")
                var form = Form()
                for name in ["_csrf", "_key"] { form.set(name, page.value(name)) }
                var fields = form.fields
                for file in files {
                    fields.append(Form.Field(name: "file", value: file.text, file: file.name))
                }
                return await browser.send(.post, "/guide/import", Form(fields))
            }
            let services = """
                id,organization_id,name,status
                ac148810-d857-441c-9679-408f346de14b,d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610,Advice,open
                """
            let organisations = """
                id,name,description
                d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610,Bridge Trust,A charity
                """
            let bad = await send([("services.csv", services), ("organizations.csv", organisations)])
            #expect(bad.status == 422 && bad.words.contains("There is 1 fault"), "\(bad.words)")
            #expect(bad.words.contains("services.csv"))
            let good = await send([
                ("services.csv", services.replacing("open", with: "active")),
                ("organizations.csv", organisations),
            ])
            #expect(good.words.contains("1 added"), "\(good.words)")
            #expect(await browser.get("/guide").words.contains("Advice"))
            #expect(await send([]).words.contains("Choose a file"))
            let mixed = await send([("a.json", "{}"), ("b.json", "{}")])
            #expect(mixed.words.contains("Choose one JSON file"))
            let broken = await send([("a.json", "{")])
            #expect(broken.status == 422 && broken.words.contains("not JSON"))
        }
    }

    @Test(
        "A coach refers on to a service of the guide, and its giver answers",
        arguments: Backend.allCases
    )
    func referringOn(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let site = TestSite(installation, names: Names(organisations: ["bridge": "Bridge"]))
            let manager = site.browser(Self.manager)
            let form = await manager.get("/guide/add")
            let own = StableUUID.of("organisation bridge")
            // One's own organisation can be chosen, though the guide does not have it yet.
            #expect(form.text.contains("value=\"\(own)\""))
            let fields: KeyValuePairs<String, String> = [
                "name": "Money advice", "description": "Help with debts.", "organization": own,
            ]
            let id = try await add(manager, fields).id
            let retired: KeyValuePairs<String, String> = [
                "name": "Allotment", "description": "Gardening.", "organization": own,
                "rule": "eligibility:\n  - id: x\n    require: {employment_status: [out-of-work]}\n"
                    + "    says: It is for people out of work.",
            ]
            let other = try await add(manager, retired).id
            let header = try await AccessScene.makeCase(installation, 1)
            let path = "/cases/\(header.id.text)"
            let coach = site.browser(Actor(user: "carl", organisation: "big-life", role: .coach))
            let guide = await coach.get(path + "/onward/guide")
            #expect(guide.words.contains("Refer on to this service : Money advice"))
            #expect(guide.words.contains("It is for people out of work."))
            #expect(!guide.words.contains("Refer on to this service : Allotment"))
            let page = await coach.get(path + "/onward/refer?service=\(id)")
            #expect(page.words.contains("Money advice") && !page.words.contains("Allotment"))
            let radio = page.text.split(separator: "<").first { $0.contains("value=\"\(id)\"") }
            #expect(radio?.contains("checked") == true, "chosen in the guide")
            let wrong = await coach.submit(path + "/onward/refer", from: page, ["service": other])
            #expect(wrong.status == 422)
            #expect(wrong.words.contains("It is for people out of work."), "\(wrong.words)")
            let sent = await coach.submit(path + "/onward/refer", from: page, ["service": id])
            #expect(sent.status == 200 && sent.words.contains("Money advice"), "\(sent.words)")
            let inbox = site.browser(Actor(user: "bea", organisation: "bridge", role: .coach))
            let waiting = await inbox.get("/onward")
            #expect(waiting.words.contains("Money advice") && waiting.words.contains("Number1"))
            let answer = await inbox.get(path + "/onward-answer")
            #expect(answer.words.contains("Money advice, sent on"))
            let done = await inbox.submit(
                path + "/onward-answer",
                from: answer,
                ["onward": answer.value("onward") ?? "", "to": "accepted"]
            )
            #expect(done.status == 200, "\(done.words)")
            let story = await coach.get(path)
            #expect(story.words.contains("Referred on to Money advice"))
            #expect(story.words.contains("Accepted"))
            #expect(site.errors.isEmpty, "\(site.errors)")
        }
    }

    @Test("A coach finds a service for the person of a case, with its reasons")
    func forACase() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let id = try await add(site.browser(Self.manager)).id
            let header = try await AccessScene.makeCase(installation, 1)
            let coach = Actor(user: "carl", organisation: "big-life", role: .coach)
            let browser = site.browser(coach)
            let page = await browser.get("/cases/\(header.id.text)/onward/guide")
            #expect(page.status == 200 && page.words.contains("Money advice"), "\(page.words)")
            let link = "/cases/\(header.id.text)/onward/guide"
            let refer = await browser.get("/cases/\(header.id.text)/onward/refer")
            #expect(refer.text.contains("href=\"\(link)\""))
            _ = try await installation.goodwork.setGuideService(
                id,
                to: .temporarilyClosed,
                by: Self.administrator
            )
            let closed = await browser.get(link)
            #expect(!closed.words.contains("Money advice"))
        }
    }
}
