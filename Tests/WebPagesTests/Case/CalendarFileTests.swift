import Application
import Casework
import Foundation
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import Web
import WebPages

/// An appointment as an entry of the reader's own calendar.
@Suite struct CalendarFileTests {
    /// Lends a case with an appointment, the browser of its coach, and the appointment's path.
    private func withAppointment(
        _ body: (CaseScene, TestBrowser, String) async throws -> Void
    ) async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            let ana = scene.site.browser(CaseScene.ana)
            try await body(scene, ana, "\(scene.path)/appointments/first")
        }
    }

    @Test("The calendar file names nobody, and counts its moves")
    func calendar() async throws {
        try await withAppointment { scene, ana, place in
            _ = await ana.post(place + "/move", ["day": "2025-06-30", "place": "community"])
            let file = await ana.get(place + "/calendar")
            #expect(
                file.headers.contains { $0.value == "text/calendar; charset=utf-8" }
            )
            let reference = scene.header.reference
            let lines = file.text.components(separatedBy: "\r\n")
            #expect(
                lines == [
                    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Goodwork//Appointments//EN",
                    "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "BEGIN:VEVENT",
                    "UID:\(scene.header.id.text)-first@goodwork", "DTSTAMP:20250602T090000Z",
                    "LAST-MODIFIED:20250602T090000Z", "SEQUENCE:1",
                    "DTSTART;VALUE=DATE:20250630", "DTEND;VALUE=DATE:20250701",
                    "SUMMARY:WorkWell Manchester\\, case \(reference)", "LOCATION:Community",
                    "STATUS:CONFIRMED", "CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR", "",
                ]
            )
            #expect(lines.allSatisfy { $0.utf8.count <= 75 })

            // With a time it is by the clocks of London, and its place is told by kind alone.
            let timed = await ana.post(
                place + "/move",
                [
                    "day": "2025-07-01", "time": "9.30", "minutes": "45", "place": "home",
                    "where": "12 Secret Street",
                ]
            )
            #expect(timed.words.contains("1 July 2025 at 09:30 (45 minutes)"))
            #expect(timed.words.contains("Home: 12 Secret Street"))
            let moved = await ana.get(place + "/calendar").text
            let said = moved.components(separatedBy: "\r\n")
            for line in [
                "TZID:Europe/London", "DTSTART;TZID=Europe/London:20250701T093000",
                "DURATION:PT45M", "LOCATION:Home", "SEQUENCE:2",
            ] {
                #expect(said.contains(line), "\(line)")
            }
            #expect(!moved.contains("Secret"))
            #expect(moved.contains("METHOD:PUBLISH") && moved.contains("STATUS:CONFIRMED"))
            for (name, value, problem) in [
                ("time", "25:00", "Write a time such as 14:30"),
                ("minutes", "3", "Minutes must be a whole number, 5 to 480"),
            ] {
                let wrong = await ana.post(
                    place + "/move",
                    ["day": "2025-07-01", "place": "home", name: value]
                )
                #expect(wrong.status == 422)
                #expect(wrong.words.contains(problem), "\(name)")
            }
        }
    }

    @Test("What was called off leaves the calendar by a later version of its entry")
    func calledOff() async throws {
        try await withAppointment { scene, ana, place in
            let moved = await ana.post(place + "/move", ["day": "2025-06-30", "place": "phone"])
            #expect(!moved.words.contains("Remove it from your calendar"))
            scene.installation.clock.advance(milliseconds: 60_000)
            let cancelled = await ana.post(place + "/cancel", ["on": "2025-06-02"])
            #expect(cancelled.words.contains("Remove it from your calendar"))
            #expect(cancelled.text.contains("href=\"\(place)/calendar\""))
            let off = await ana.get(place + "/calendar").text
            for line in [
                "METHOD:CANCEL", "UID:\(scene.header.id.text)-first@goodwork", "SEQUENCE:2",
                "DTSTAMP:20250602T090100Z", "LAST-MODIFIED:20250602T090100Z", "STATUS:CANCELLED",
            ] {
                #expect(off.contains(line + "\r\n"), "\(line): \(off)")
            }

            // The cancellation was a mistake: the entry comes back as a later version still.
            let mistake = try await scene.history().events
                .last { $0.body.kind == .appointmentCancelled }
            let event = try #require(mistake)
            let void = Command.Void(event: event.id, reason: "entered-in-error")
            try await scene.installation.change(scene.header.reference, Command(voids: [void]))
            let back = await ana.get(place + "/calendar").text
            for line in ["METHOD:PUBLISH", "SEQUENCE:3", "STATUS:CONFIRMED"] {
                #expect(back.contains(line + "\r\n"), "\(line): \(back)")
            }

            // Nobody holds it once the case is closed.
            var closed = Closed()
            closed.reason = .disengaged
            try await scene.change(.closed(closed))
            #expect(await ana.get(scene.path).words.contains("Remove it from your calendar"))
            let over = await ana.get(place + "/calendar").text
            #expect(over.contains("SEQUENCE:4\r\n") && over.contains("STATUS:CANCELLED\r\n"))
        }
    }

    @Test("Of one that was missed and moved, the later day leaves the calendar")
    func missedAndCalledOff() async throws {
        try await withAppointment { _, ana, place in
            _ = await ana.post(place + "/move", ["day": "2025-06-30", "place": "phone"])
            let missed = await ana.post(place, ["outcome": "missed", "on": "2025-06-02"])
            #expect(missed.words.contains("Missed") && missed.words.contains("Booked"))
            _ = await ana.post(place + "/cancel", ["on": "2025-06-02"])
            let off = await ana.get(place + "/calendar").text
            for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20250630"] {
                #expect(off.contains(line + "\r\n"), "\(line): \(off)")
            }
        }
    }
}
