import Application
import Directory
import HTML
import Kernel
import Store
import Web

/// Adding a service, and changing one: what most services need.
///
/// The rest of a record stays as it is.
enum GuideForm {
    static let addPath = "/guide/add"
    static let routes: [PageRoute] = [
        .get(addPath, .action(.manageGuide)) { try await show($0, nil, $0.typed, []) },
        .post(addPath, .action(.manageGuide)) { try await send($0, nil) },
        .get("/guide/services/:service/edit", .action(.manageGuide)) { visit in
            let found = try await changing(visit)
            return try await show(visit, found, visit.typed, [])
        },
        .post("/guide/services/:service/edit", .action(.manageGuide)) { visit in
            try await send(visit, try await changing(visit))
        },
    ]

    private static func changing(_ visit: Visit) async throws -> GuideService {
        try await visit.goodwork.guideService(visit.part("service"), changingBy: visit.actor)
            .service
    }

    private static func show(
        _ visit: Visit,
        _ service: GuideService?,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let guide = try await visit.goodwork.guide()
        let title = service == nil ? "Add a service" : "Change a service"
        let back = service.map { (words: "Back to the service", path: GuidePages.path(of: $0.id)) }
        let fields = Fields(typed, problems)
        return visit.page(title, problems: problems, back: back ?? GuidePages.back) {
            h1 { title }
            visit.sentForm(to: visit.request.path) {
                // A new service has its id from the start, so that a second sending makes no second.
                Fields.hidden("_id", service?.id ?? typed.raw("_id") ?? StableUUID.random())
                Fields.hidden("_version", typed.raw("_version") ?? String(service?.version ?? 0))
                basics(fields, GuideDraft(service?.document ?? JSONObject()), guide)
                submit("Save")
            }
        }
    }

    @HTMLBuilder
    private static func basics(_ fields: Fields, _ known: GuideDraft, _ guide: Guide) -> HTML {
        fields.text("name", "Name of the service", or: known["name"])
        fields.area("description", "What it does", or: known["description"])
        fields.choose(
            "organization",
            "Who gives it",
            guide.organisations.sorted { $0.value.name < $1.value.name }
                .map { Choice($0.key, $0.value.name) },
            hint: "Or write a new name below.",
            or: known["organization_id"],
            isOptional: true
        )
        fields.text("newOrganization", "A new organisation", isOptional: true)
        fields.text("email", "Email", or: known["email"], type: "email", isOptional: true)
        fields.text("phone", "Phone", or: known.phone, width: 20, isOptional: true)
        fields.text(
            "url",
            "Page on the web",
            hint: "Such as https://example.org/help",
            or: known["url"],
            isOptional: true
        )
        fields.text(
            "minimum_age",
            "From what age",
            or: known.number("minimum_age"),
            width: 3,
            inputmode: "numeric",
            isOptional: true
        )
        fields.text(
            "maximum_age",
            "Up to what age",
            or: known.number("maximum_age"),
            width: 3,
            inputmode: "numeric",
            isOptional: true
        )
        fields.checkboxes(
            "day",
            "Days when it is open",
            GuideDays.all.map { Choice($0.0, $0.1) },
            or: known.days,
            isOptional: true
        )
        fields.text(
            "opens_at",
            "Opens at",
            hint: "Such as 09:30",
            or: known.schedule("opens_at"),
            width: 5,
            isOptional: true
        )
        fields.text(
            "closes_at",
            "Closes at",
            hint: "Such as 16:00",
            or: known.schedule("closes_at"),
            width: 5,
            isOptional: true
        )
        place(fields, known)
        if !guide.terms.isEmpty {
            fields.checkboxes(
                "term",
                "Kind of help",
                guide.terms.sorted { $0.value.name < $1.value.name }
                    .map { Choice($0.key, $0.value.name) },
                or: known.terms,
                isOptional: true
            )
        }
        fields.area(
            "alert",
            "Note for now",
            hint: "Such as: closed on 5 May",
            or: known["alert"],
            rows: 2,
            isOptional: true
        )
        fields.area(
            "rule",
            "Rules of who it is for",
            hint: "In the rule language of programme files. Leave it blank if you do not know it.",
            or: known["eligibility_rule"],
            rows: 8,
            isOptional: true
        )
    }

    @HTMLBuilder
    private static func place(_ fields: Fields, _ known: GuideDraft) -> HTML {
        fields.text("place", "Name of the place", or: known.location("name"), isOptional: true)
        fields.text(
            "address_1",
            "Building and street",
            or: known.address("address_1"),
            isOptional: true
        )
        fields.text("city", "Town or city", or: known.address("city"), isOptional: true)
        fields.text(
            "state_province",
            "County",
            or: known.address("state_province"),
            isOptional: true
        )
        fields.text(
            "postal_code",
            "Postcode",
            or: known.address("postal_code"),
            width: 10,
            isOptional: true
        )
    }

    // MARK: - Sent

    private static func send(_ visit: Visit, _ service: GuideService?) async throws -> Response {
        let form = visit.request.form
        let id = service?.id ?? form["_id"]?.lowercased() ?? ""
        var problems: [Problem] = []
        if !UUIDText.isOne(id) || (service == nil && form["name"] == nil) {
            problems.append(Problem("name", "Give the service a name"))
        }
        if form["organization"] == nil, form["newOrganization"] == nil {
            problems.append(Problem("organization", "Say who gives it"))
        }
        guard problems.isEmpty else { return try await show(visit, service, form, problems) }
        var draft = GuideDraft(service?.document ?? ["id": .string(id)])
        draft.take(form)
        do {
            _ = try await visit.goodwork.importGuide(
                expecting: [id: form["_version"].flatMap { Int($0) } ?? 0],
                by: visit.actor
            ) { known in
                try GuideBatch(services: [.object(draft.document)], known: known)
            }
            return .redirect(to: GuidePages.path(of: id))
        } catch let error as ServiceError where error.kind == .faults {
            let problems = error.faults.map { fault in
                let expected = fault.expected.map { "; expected \($0)" } ?? ""
                return Problem(GuideDraft.field(of: fault.field ?? ""), fault.problem + expected)
            }
            return try await show(visit, service, form, problems)
        } catch StoreError.conflict {
            let says =
                service == nil
                ? "This was saved already. Go back to the guide to see it"
                : "Somebody else changed this meanwhile. Go back to the service and look again"
            return try await show(visit, service, form, [Problem(nil, says)])
        }
    }
}

extension JSONObject {
    fileprivate var name: String { self["name"]?.string ?? "" }
}
