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

/// What stands on the page of a case.
@Suite struct CasePageTests {
    @Test("The head says who, where and what is next", arguments: Backend.allCases)
    func head(_ backend: Backend) async throws {
        try await withCase(backend) { scene in
            let page = await scene.site.browser(CaseScene.ana).get(scene.path)
            #expect(page.status == 200)
            for words in [
                "Nadia Khan", "4 March 1980 (age 45)", "WorkWell Manchester",
                "Enhancement of Be Well", "Ana Coach", "The Big Life Group",
                scene.header.reference, "overdue by 6 days", "First contact", "Log a contact",
                "Longsight Surgery", "Off sick", "Muscles, bones or joints",
                "Does a physical or mental health condition make work harder",
            ] {
                #expect(page.words.contains(words), "\(words)")
            }
            #expect(page.text.contains("href=\"\(scene.path)/contact\""))
            #expect(!page.text.contains("style="))
        }
    }

    @Test("Paper says of which day it is, and holds nothing that is to be pressed")
    func paper() async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            let page = await scene.site.browser(CaseScene.ana).get(scene.path)
            #expect(page.words.contains("Printed on 2 June 2025"))
            #expect(!page.text.contains("header\" role=\"columnheader\">Do it<"))
            #expect(page.text.contains("header gw-no-print\" role=\"columnheader\">Do it<"))
            #expect(page.text.contains("cell gw-no-print\" role=\"cell\""))
            for (form, words) in [
                ("contact", "Log a contact"), ("appointments", "Book an appointment"),
                ("notes", "Write a note"), ("risks", "Raise a risk"),
                ("consent", "Change consent"), ("details", "Change details"),
            ] {
                let link = "<p class=\"gw-no-print\"><a href=\"\(scene.path)/\(form)\">\(words)<"
                #expect(page.text.contains(link), "\(form)")
            }
        }
    }

    @Test("Appointments of one day stand by the clock among the next steps")
    func oneDay() async throws {
        try await withCase { scene in
            for (name, time) in [("late", "14:30"), ("early", "09:00"), ("noon", "12:00")] {
                var booked = AppointmentBooked()
                (booked.appointment, booked.kind) = (name, "phone")
                booked.time = time
                booked.day = CaseScene.today.adding(days: 3)
                try await scene.change(.appointmentBooked(booked))
            }
            let words = await scene.site.browser(CaseScene.ana).get(scene.path).words
            let steps = try #require(words.range(of: "Next steps")).upperBound
            let places = try ["09:00", "12:00", "14:30"].map { time in
                try #require(words[steps...].range(of: "Appointment at \(time)")).lowerBound
            }
            #expect(places == places.sorted())
        }
    }

    @Test("The next steps of a case say an action in its own words")
    func actionInWords() async throws {
        try await withCase { scene in
            var action = ActionAdded()
            (action.action, action.text) = ("a1", "Ring the doctor")
            action.dueOn = CaseScene.today.adding(days: 3)
            var plan = PlanAgreed()
            plan.plan = "thrive-in-work"
            try await scene.change(
                .contactAttempted(ContactAttempted()),
                .planAgreed(plan),
                .actionAdded(action)
            )
            let page = await scene.site.browser(CaseScene.ana).get(scene.path)
            #expect(page.words.contains("Action of the plan: Ring the doctor"))
        }
    }

    @Test("The bar of a case that was closed has no state that it never reached")
    func statesReached() async throws {
        try await withCase { scene in
            var closed = Closed()
            closed.reason = .disengaged
            try await scene.change(
                .contactAttempted(ContactAttempted()),
                .assessmentCompleted(AssessmentCompleted()),
                .supportStarted(Plain())
            )
            let open = await Self.bar(scene)
            #expect(open.contains("Discharged") && open.contains("Tracking"))
            try await scene.change(.closed(closed))
            let over = await Self.bar(scene)
            for reached in ["Referred", "Engaged", "Started", "Closed"] {
                #expect(over.contains(reached), "\(reached)")
            }
            for other in ["Accepted", "Discharged", "Tracking"] {
                #expect(!over.contains(other), "\(other)")
            }
        }
    }

    /// The states that the case page tells, as markup.
    private static func bar(_ scene: CaseScene) async -> String {
        let page = await scene.site.browser(CaseScene.ana).get(scene.path)
        let rest = page.text.components(separatedBy: "<ol class=\"gw-workflow\"").last ?? ""
        return rest.components(separatedBy: "</ol>").first ?? ""
    }

    @Test("A referral that the rules judge says which rule, and what is still to be asked")
    func eligibility() async throws {
        try await withCase { scene in
            let no = try await scene.installation.refer(
                "Tom",
                "Hill",
                answers: ["health-condition": "no"]
            )
            let unknown = try await scene.installation.refer("Ann", "Hill", answers: [:])
            let ana = scene.site.browser(CaseScene.ana)
            let page = await ana.get("/cases/\(no.id.text)")
            #expect(page.words.contains("Not eligible"))
            #expect(page.words.contains("WorkWell is for people whose health makes work harder"))
            #expect(page.words.contains("Not met"))
            let other = await ana.get("/cases/\(unknown.id.text)")
            #expect(other.words.contains("Still to ask: health condition"))
        }
    }
}
