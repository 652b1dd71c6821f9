import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing

/// Answers by signed link.
@Suite struct AnswerLinkTests {
    /// Lends Ann, and the token of a link by which she answers.
    private func withAnswerLink(
        _ backend: Backend = .sqlite,
        _ body: (TestInstallation, TestResident, String) async throws -> Void
    ) async throws {
        try await LinkHolder.withToken(backend, of: { $0.answerLink(for: $1) }, body)
    }

    @Test("The follow-up is answered once, whatever is tapped", arguments: Backend.allCases)
    func followUp(_ backend: Backend) async throws {
        try await withAnswerLink(backend) { installation, ann, token in
            let goodwork = installation.goodwork
            try await installation.support(ann)
            #expect(try await goodwork.question(byLink: token, .followUp)?.state == .notAsked)
            try await installation.discharge(ann)
            let before = try await installation.count("journal")
            #expect(try await goodwork.question(byLink: token, .followUp)?.state == .open)
            #expect(try await installation.count("journal") == before)
            // Two different taps in the same moment: one of them stands.
            await withTaskGroup(of: Void.self) { group in
                for status in ["in-work", "out-of-work", "in-work"] {
                    group.addTask {
                        _ = try? await goodwork.answer(
                            byLink: token,
                            .followUp,
                            ["follow-up": status]
                        )
                    }
                }
            }
            #expect(try await installation.count("journal") == before + 1)
            #expect(try await goodwork.question(byLink: token, .followUp)?.state == .answered)
            let file = try await installation.file(ann)
            #expect(file.case.trackingContacts == [installation.today])
            #expect(file.lines.last?.event.by.user == "link")
        }
    }

    @Test(
        "Satisfaction is a measure at exit, whichever link brings it",
        arguments: Backend.allCases
    )
    func satisfaction(_ backend: Backend) async throws {
        try await withAnswerLink(backend) { installation, ann, token in
            let goodwork = installation.goodwork
            #expect(try await goodwork.question(byLink: token, .satisfaction)?.state == .notAsked)
            try await installation.support(ann)
            try await installation.discharge(ann)
            let asked = try await goodwork.answer(
                byLink: token,
                .satisfaction,
                ["satisfied": "very"]
            )
            #expect(asked?.state == .open)
            installation.clock.advance(milliseconds: 86_400_000)
            let later = goodwork.token(for: goodwork.answerLink(for: ann.id))
            #expect(later != token)
            #expect(try await goodwork.question(byLink: later, .satisfaction)?.state == .answered)
            let reading = try #require(try await installation.file(ann).case.readings.last)
            #expect(reading.occasion == .exit)
            #expect(reading.answers == ["satisfied": "very"])
        }
    }

    @Test("Looking and answering by a link stand in the access log")
    func logged() async throws {
        try await withAnswerLink { installation, _, token in
            let goodwork = installation.goodwork
            let before = try await installation.count("access_log")
            _ = try await goodwork.question(byLink: token, .followUp)
            #expect(try await installation.count("access_log") == before + 1)
        }
    }
}
