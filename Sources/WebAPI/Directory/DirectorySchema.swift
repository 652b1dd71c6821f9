import Application
import Casework
import Directory
import Kernel

/// What the directory answers, made from the tables of Open Referral UK.
enum DirectorySchema {
    static let service = record("service", .full)
    static let place = placed(.full)
    static let organisation = record("organization", .full)
    static let taxonomy = record("taxonomy", .full)
    static let term = record("taxonomy_term", .full)

    /// A service in a list: as much of it as was asked for.
    static let listedService = Schema.named("ListedService", .object(listed(.service)))
    static let listedPlace = Schema.named("ListedServiceAtLocation", .object(listed(.place)))
    static let listedOrganisation = record("organization", .full)

    private enum Listed { case service, place }

    /// Everything may be there, and little must: `minimal` leaves out almost all.
    private static func listed(_ what: Listed) -> [Schema.Member] {
        let table = GuideTable.named(what == .service ? "service" : "service_at_location")
        var members = members(table, .full).map { member in
            member.name == "id" ? member : Schema.Member.may(member.name, member.schema)
        }
        if what == .service {
            members.append(.may("modified_date", .moment))
        } else {
            members.append(.may("service", record("service", .full)))
        }
        return members
    }

    private static func placed(_ view: GuideView) -> Schema {
        let table = GuideTable.named("service_at_location")
        let members = members(table, view) + [.must("service", record("service", view))]
        return .named("ServiceAtLocation", .object(members))
    }

    private static func record(_ name: String, _ view: GuideView) -> Schema {
        let words = name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return .named("Guide" + words.joined(), .object(members(GuideTable.named(name), view)))
    }

    private static func members(_ table: GuideTable, _ view: GuideView) -> [Schema.Member] {
        var members = table.fields.map { field in
            Schema.Member(
                name: field.name,
                schema: schema(field),
                isRequired: field.isRequired
            )
        }
        for part in table.parts {
            let inner = record(part.table, view)
            if part.isList {
                members.append(.may(part.name, .list(inner)))
            } else {
                members.append(.may(part.name, inner))
                members.append(.may("\(part.name)_id", .text(36...36)))
            }
        }
        return members
    }

    private static func schema(_ field: GuideTable.Field) -> Schema {
        switch field.kind {
        case .uuid: .text(36...36, "A UUID.")
        case .number: .number
        case .date: .date
        case .moment: .moment
        case .uri: .address
        case .status, .place, .frequency: .choice(field.kind.choices)
        case .rule:
            .text(0...10_000, "Whom it is for, in the rule language: docs/directory.md.")
        case .text, .email, .time, .country: .text(0...10_000)
        }
    }

    /// A page of a list, as the standard has it.
    static func page(_ of: Schema) -> Schema {
        .object(
            .must("total_items", .count),
            .must("total_pages", .count),
            .must("page_number", .count),
            .must("size", .count),
            .must("first_page", .truth),
            .must("last_page", .truth),
            .must("empty", .truth),
            .must("contents", .list(of, max: GuidePage.sizeMax))
        )
    }

    static let imported = Schema.named(
        "GuideImported",
        .object(
            .must("added", .count),
            .must("changed", .count),
            .must("unchanged", .count),
            .must("organizations", .count),
            .must("taxonomies", .count),
            .must("taxonomy_terms", .count),
            .must("services", .list(.text(36...36))),
            .must("left_out", .list(.text).saying("What the standard does not have."))
        )
    )

    static func object(_ done: GuideImported) -> JSONObject {
        var object = JSONObject()
        object.put("added", done.added)
        object.put("changed", done.changed)
        object.put("unchanged", done.unchanged)
        object.put("organizations", done.organisations)
        object.put("taxonomies", done.taxonomies)
        object.put("taxonomy_terms", done.terms)
        object.put("services", done.services)
        object.put("left_out", done.leftOut)
        return object
    }

    static let match = Schema.named(
        "GuideMatch",
        .object(
            .must("service", .text(36...36)),
            .must("name", .text),
            .may("organization", .text),
            .may("url", .address),
            .may("email", .text),
            .may(
                "programme",
                .word.saying("The programme whose strand, or onward service, it is.")
            ),
            .may("strand", .word.saying("To be referred to by POST /api/v1/referrals.")),
            .must("verdict", .choice(Verdict.self)),
            .must("met", .list(.text).saying("The rules that are met.")),
            .must(
                "open",
                .list(
                    .object(
                        .must("rule", .text),
                        .must("verdict", .choice(Verdict.self)),
                        .must("says", .text)
                    )
                )
            ),
            .must("missing", .list(ReferralRoutes.missing))
        )
    )

    static func object(_ match: GuideMatch, in guide: Guide, _ address: String) -> JSONObject {
        let shown = guide.json(match.service, .brief, address: address)
        var object = JSONObject()
        object.put("service", match.service.id)
        object.put("name", match.service.name)
        object["organization"] = shown["organization"]?["name"]
        object["url"] = shown["url"]
        object["email"] = shown["email"]
        switch match.service.origin {
        case .stored: break
        case .strand(let programme, let strand):
            object.put("programme", programme)
            object.put("strand", strand)
        case .onward(let programme, _): object.put("programme", programme)
        }
        object.put("verdict", match.verdict.rawValue)
        object.put("met", match.met)
        object.put(
            "open",
            match.open.map { rule in
                var object = JSONObject()
                object.put("rule", rule.rule)
                object.put("verdict", rule.verdict.rawValue)
                object.put("says", rule.says)
                return object
            }
        )
        object.put(
            "missing",
            match.missing.map { missing in
                var object = JSONObject()
                object.put("id", missing.id)
                object.put("words", missing.words)
                return object
            }
        )
        return object
    }
}
