import Application
import Casework
import Kernel
import Store

/// A case of a list as JSON.
enum CaseRowJSON {
    static let schema = Schema.named("CaseRow", .object(members))

    static let members: [Schema.Member] = [
        .must("id", .id),
        .must("reference", .word),
        .must("programme", .word),
        .must("version", .count),
        .must("state", .choice(CaseState.self)),
        .may("strand", .word),
        .may("provider", .text),
        .may("coach", .text),
        .may("referrer", .text),
        .may("referred_on", .date),
        .may("last_contact_on", .date),
        .may("closed_on", .date),
        .may("closure_reason", .word),
        .must("is_at_risk", .truth),
        .may("next", WorkJSON.schema),
        .may("name", .text.saying("Only for those who may see who the person is.")),
        .may("nhs_number", .text),
    ]

    static func object(_ listed: ListedRow) -> JSONObject {
        var object = object(listed.row)
        object.put("name", listed.name)
        object.put("nhs_number", listed.nhsNumber)
        return object
    }

    static func object(_ row: CaseRow) -> JSONObject {
        var object = JSONObject()
        object.put("id", row.header.id.text)
        object.put("reference", row.header.reference)
        object.put("programme", row.header.programme)
        object.put("version", row.version)
        object.put("state", row.state.rawValue)
        object.put("strand", row.strand)
        object.put("provider", row.provider)
        object.put("coach", row.coach)
        object.put("referrer", row.referrer)
        object.put("referred_on", row.referredOn)
        object.put("last_contact_on", row.lastContactOn)
        object.put("closed_on", row.closedOn)
        object.put("closure_reason", row.closureReason)
        object.put("is_at_risk", row.isAtRisk)
        object.put("next", row.next.map(WorkJSON.object))
        return object
    }
}

/// Something to be done, as JSON.
enum WorkJSON {
    static let schema = Schema.named(
        "WorkItem",
        .object(
            .must("kind", .choice(WorkItem.Kind.self)),
            .may("subject", .text),
            .must("due_on", .date),
            .must("owner", .text),
            .must("says", .text)
        )
    )

    static let lineSchema = Schema.named(
        "WorkLine",
        .object(.must("item", schema), .must("case", CaseRowJSON.schema))
    )

    static func object(_ item: WorkItem) -> JSONObject {
        var object = JSONObject()
        object.put("kind", item.kind.rawValue)
        if !item.subject.isEmpty { object.put("subject", item.subject) }
        object.put("due_on", item.dueOn)
        object.put("owner", item.owner)
        object.put("says", item.says)
        return object
    }

    static func object(_ line: WorkLine) -> JSONObject {
        var object = JSONObject()
        object.put("item", Self.object(line.item))
        object.put("case", CaseRowJSON.object(line.listed))
        return object
    }

    /// By what a page of work is told from the next.
    static func id(_ item: WorkItem, _ row: CaseRow) -> String {
        "\(row.header.id.text) \(item.kind.rawValue) \(item.subject)"
    }
}
