import Application
import Casework
import Kernel
import TestSupport
import Web
import WebPages

/// A site with a clinic that refers, and what its people type.
struct ReferralClinic {
    let installation: TestInstallation
    let site: TestSite

    static let names = Names(organisations: [
        "R0A": "Manchester hospitals", "mft": "MFT work and health", "big-life": "Big Life",
    ])
    static let clinician = Actor(user: "clinician", organisation: "R0A", role: .referrer)
    static let colleague = Actor(user: "colleague", organisation: "R0A", role: .referrer)
    static let stranger = Actor(user: "stranger", organisation: "P84001", role: .referrer)

    init(_ installation: TestInstallation) {
        self.installation = installation
        site = TestSite(installation, names: Self.names)
    }

    /// NHS numbers of the range that is kept for tests.
    static func nhsNumber(_ place: Int = 1) -> String {
        let nine = String(999_100_000 + place * 7)
        return NHSNumber(nineDigits: nine)?.spaced ?? nhsNumber(place + 1000)
    }

    /// The required answers, and no more.
    static func required(_ place: Int = 1, share: String = "yes") -> Form {
        Form([
            "nhs_number": nhsNumber(place), "given_name": "Wilhelmina", "family_name": "Quartz",
            "birth_date": "5 3 1981", "employment_status": "in-work", "condition": "msk",
            "consent": "yes", "share": share, "source": "secondary-care",
        ])
    }

    /// With them what the rules of the programme ask for.
    static func complete(_ place: Int = 1, share: String = "yes") -> Form {
        var form = required(place, share: share)
        form.add("postcode", "m20 2ls")
        form.add("ask_health_condition", "yes")
        return form
    }

    /// Refers by the page, and returns the reference.
    func refer(
        _ form: Form = Self.complete(),
        by actor: Actor = Self.clinician
    ) async throws -> CaseHeader {
        let browser = site.browser(actor)
        let page = await browser.fill("/refer", form)
        return try await header(at: page.path)
    }

    /// The case that the last part of a path names.
    func header(at path: String) async throws -> CaseHeader {
        let id = path.split(separator: "/").last.map(String.init) ?? ""
        return try await installation.goodwork.header(reference: id, programme: nil)
    }

    /// Tells a case's next events, today.
    func tell(_ header: CaseHeader, _ bodies: EventBody...) async throws {
        for body in bodies {
            try await installation.change(header.reference, Command(body, on: today))
        }
    }

    var today: CivilDate { installation.clock.now.civilDateUK }
}

extension TestBrowser {
    /// Opens a page and sends its form with these answers.
    func fill(_ path: String, _ answers: Form) async -> Page {
        await submit(path, from: await get(path), answers)
    }

    /// Sends the form of a page that was opened before.
    func submit(_ path: String, from page: Page, _ answers: Form) async -> Page {
        var form = answers
        for name in ["_csrf", "_key", "_version"] {
            if let value = page.value(name) { form.set(name, value) }
        }
        return await send(.post, path, form)
    }
}

extension Form {
    func with(_ name: String, _ value: String?) -> Form {
        var form = self
        form.set(name, value)
        return form
    }
}

func withClinic(
    _ backend: Backend = .sqlite,
    _ body: (ReferralClinic) async throws -> Void
) async throws {
    try await withInstallation(backend) { installation in
        try await body(ReferralClinic(installation))
    }
}
