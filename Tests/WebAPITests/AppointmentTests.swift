import Application
import Casework
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// An appointment as calendars take it.
@Suite struct AppointmentTests {
    @Test(
        "A program takes the calendar file of the page, and nobody else's",
        arguments: Backend.allCases
    )
    func calendar(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let team = TestTeam(installation)
            let header = try await team.refer("Ada")
            try await team.change(header, .referralAccepted(Plain()))
            var booked = AppointmentBooked()
            booked.appointment = "first one"
            booked.kind = "clinic"
            booked.day = try #require(CivilDate(iso: "2025-06-05"))
            booked.time = "09:30"
            booked.place = "home"
            booked.location = "12 Secret Street"
            try await team.change(header, .appointmentBooked(booked))

            let client = try await TestAPI(installation).client(.coach, of: TestTeam.organisation)
            let own = "/cases/\(header.id.text)/appointments"
            let path = "/api/v1\(own)/first one/calendar"
            let file = await client.get(path, headers: ["accept": "text/calendar"])
            #expect(file.status == 200)
            #expect(file.response["Content-Type"] == "text/calendar; charset=utf-8")
            let text = String(decoding: file.response.body, as: UTF8.self)
            #expect(text.contains("DTSTART;TZID=Europe/London:20250605T093000\r\n"), "\(text)")
            #expect(text.contains("LOCATION:Home\r\n") && !text.contains("Secret"))
            #expect(!text.contains("Ada"))
            let page = await team.site.browser(TestTeam.coach).get("\(own)/first%20one/calendar")
            #expect(page.text == text)

            let mark = file.response["ETag"] ?? ""
            let again = await client.get(path, headers: ["if-none-match": mark])
            #expect(again.status == 304 && !mark.isEmpty)
            let json = await client.get(path, headers: ["accept": "application/json"])
            #expect(json.status == 406)
            let unknown = await client.get("/api/v1\(own)/second/calendar")
            #expect(unknown.status == 404 && unknown.code != nil)
            // Who the page is not for gets no file either.
            let referrer = try await TestAPI(installation).client(.referrer, of: "P84001")
            #expect(await referrer.get(path).status == 403)
            let other = try await TestAPI(installation).client(.coach, of: "elsewhere")
            #expect(await other.get(path).status == 404)
        }
    }

    @Test("The document says that it is no JSON")
    func document() async throws {
        try await withInstallation(.sqlite) { installation in
            let document = await TestClient.nobody(TestAPI(installation))
                .get("/api/v1/openapi.json")
            let path = "/api/v1/cases/{case}/appointments/{appointment}/calendar"
            let answers = document["paths"]?[path]?["get"]?["responses"]
            #expect(answers?["200"]?["content"]?.object?.keys == ["text/calendar"])
            #expect(answers?["404"]?["content"]?.object?.keys == ["application/problem+json"])
        }
    }
}
