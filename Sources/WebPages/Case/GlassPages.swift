import Application
import Casework
import HTML
import Kernel
import Web

/// Opening somebody else's case in an emergency.
enum GlassPages {
    static let routes: [PageRoute] = [
        .get("/glass", .signedIn) { try await show($0, typed: $0.typed) },
        .post("/glass", .signedIn) { try await send($0) },
        .get("/cases/:case/glass", .signedIn) { try await show($0, typed: $0.typed) },
        .post("/cases/:case/glass", .signedIn) { try await send($0) },
    ]

    /// Shows the form; it says nothing of whether there is such a case.
    private static func show(
        _ visit: Visit,
        typed: Form,
        _ problems: [Problem] = []
    ) async throws -> Response {
        guard visit.actor.roles.contains(.coach) || visit.actor.roles.contains(.manager) else {
            throw ServiceError(.forbidden, "Only coaches and managers can do this.")
        }
        let fields = Fields(typed, problems)
        let isNamed = !visit.part("case").isEmpty
        return visit.page("Open a case in an emergency", problems: problems) {
            h1 { "Open a case in an emergency" }
            warning("Only in an emergency") {
                p {
                    "You can read a case of another organisation for 4 hours when somebody may "
                    "come to harm. You cannot change it."
                }
                p { "What you write here is kept. Your information governance team reviews it." }
            }
            visit.sentForm(to: visit.request.path) {
                fields.text(
                    "reference",
                    "Reference of the case",
                    hint: "Such as 4K7P-2D9Q. It stands on letters and in messages.",
                    or: isNamed ? visit.part("case") : nil,
                    width: 20
                )
                if typed.raw("programme") != nil || problems.contains(where: \.isAboutProgramme) {
                    fields.text("programme", "Programme", hint: "Such as workwell-manchester")
                }
                fields.area("reason", "Why you need to see it now")
                submit("Open the case", isWarning: true)
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        var reader = FormReader(form, today: visit.today)
        let reference = reader.text("reference", "Write the reference of the case", max: 60)
        let reason = reader.text("reason", "Say why you need to see it now", max: 2_000)
        guard let reference, let reason, reader.problems.isEmpty else {
            return try await show(visit, typed: form, reader.problems)
        }
        do {
            let header = try await visit.goodwork.breakGlass(
                reference,
                programme: form["programme"],
                reason: reason,
                by: visit.actor,
                seed: .random(in: .min ... .max)
            )
            return .redirect(to: "/cases/\(header.id.text)")
        } catch let error as ServiceError where error.kind == .notFound {
            let says = "There is no case with this reference. Check it and try again"
            return try await show(visit, typed: form, [Problem("reference", says)])
        } catch let error as ServiceError where error.kind == .invalid {
            let says = "More than one programme uses this reference. Write which one you mean"
            return try await show(visit, typed: form, [Problem("programme", says)])
        }
    }
}

extension Problem {
    fileprivate var isAboutProgramme: Bool { field == "programme" }
}
