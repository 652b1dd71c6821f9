import Application
import Kernel
import Measures
import Programmes

/// A report's table as JSON, as every way out writes it.
enum ReportSchema {
    static let table = Schema.named(
        "ReportTable",
        .object(
            .must("title", .text),
            .must(
                "programme",
                .object(.must("id", .word), .must("version", .count), .must("name", .word))
            ),
            .must("as_at", .date),
            .must("known_at", .nullable(.text)),
            .must("grouping", .nullable(.word)),
            .must("groups", .list(.object(.must("key", .text), .must("label", .text)))),
            .must("rows", .list(row)),
            .may(
                "kept_back",
                .object(
                    .must("audience", .choice(Audience.self)),
                    .must("method", .word),
                    .must("hidden", .count),
                    .must("figures", .count),
                    .must("says", .text)
                )
            )
        )
    )

    private static let row = Schema.named(
        "ReportRow",
        .object(
            .must("row", .text),
            .must("definition", .text),
            .must("note", .nullable(.text)),
            .must("printed", .nullable(.text)),
            .must("verdict", .nullable(.text)),
            .must("whole", cell),
            .must("cells", .list(cell))
        )
    )

    private static let cell = Schema.named(
        "ReportCell",
        .object(
            .may("group", .text),
            .must("numerator", .nullable(.number)),
            .must("denominator", .nullable(.number)),
            .must("shown", .text),
            .may("kept_back", .truth),
            .must(
                "interval",
                .nullable(.object(.must("lower", .number), .must("upper", .number)))
            ),
            .must(
                "left_out",
                .list(.object(.must("reason", .text), .must("count", .nullable(.number))))
            )
        )
    )

    static let release = Schema.named(
        "Release",
        .object(
            .must("programme", .word),
            .may("by", .choice(Grouping.self)),
            .must("as_at", .date),
            .must("audience", .choice(Audience.self)),
            .must("kind", .choice(ReleaseKind.self)),
            .may("purpose", .text),
            .must("at", .moment),
            .must("released_by", .text),
            .must("hidden", .count),
            .must("figures", .count)
        )
    )

    static func object(_ bytes: [UInt8]) throws -> JSONObject {
        try JSONValue(parsing: bytes).object ?? JSONObject()
    }

    static func object(_ release: Release) -> JSONObject {
        var object = JSONObject()
        object.put("programme", release.programme)
        object.put("by", release.grouping?.rawValue)
        object.put("as_at", release.asAt)
        object.put("audience", release.audience.rawValue)
        object.put("kind", release.kind.rawValue)
        object.put("purpose", release.purpose)
        object.put("at", release.at)
        object.put("released_by", release.by)
        object.put("hidden", release.hidden)
        object.put("figures", release.figures)
        return object
    }
}
