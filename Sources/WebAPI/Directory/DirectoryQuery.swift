import Application
import Directory
import Kernel
import Web

/// The filters of the directory's lists, by the names that the standard gives them.
enum DirectoryQuery {
    static let page: [APIRoute.Parameter] = [
        APIRoute.Parameter("page", .whole(1...1_000_000, "From 1.")),
        APIRoute.Parameter(
            "per_page",
            .whole(1...GuidePage.sizeMax, "\(GuidePage.sizeUsual) where it is not said.")
        ),
    ]

    static let views: [APIRoute.Parameter] = [
        APIRoute.Parameter("minimal", Schema.truth.saying("Only ids and when each changed.")),
        APIRoute.Parameter("full", Schema.truth.saying("Everything, with all parts.")),
    ]

    static let filters: [APIRoute.Parameter] = [
        APIRoute.Parameter("search", .text(0...200, "Words that all stand in the service.")),
        APIRoute.Parameter("taxonomy_term_id", .text(0...100)),
        APIRoute.Parameter("taxonomy_id", .text(0...100)),
        APIRoute.Parameter("organization_id", .text(0...100)),
        APIRoute.Parameter("modified_after", .text(1...40, "A moment or a day.")),
        APIRoute.Parameter("minimum_age", .number),
        APIRoute.Parameter("maximum_age", .number),
        APIRoute.Parameter("start_time", .text(1...20, "09:30: opens then, or later.")),
        APIRoute.Parameter("end_time", .text(1...20, "17:00: closes then, or earlier.")),
        APIRoute.Parameter("day", .text(1...20, "MO, Mon or Monday.")),
    ]

    static let filtersOfTerms: [APIRoute.Parameter] = [
        APIRoute.Parameter("taxonomy_id", .text(0...100)),
        APIRoute.Parameter("parent_id", .text(0...100)),
    ]

    static let around: [APIRoute.Parameter] = [
        APIRoute.Parameter("postcode", .text(1...10)),
        APIRoute.Parameter("proximity", .number.saying("Metres around the postcode.")),
    ]

    static func view(_ call: Call) -> GuideView {
        if call.query("minimal") == "true" { return .minimal }
        return call.query("full") == "true" ? .full : .brief
    }

    /// Reads the filters.
    ///
    /// - Throws: every one that cannot be used.
    static func read(_ call: Call, _ guide: Guide) async throws -> GuideQuery {
        var query = GuideQuery()
        var parts: [Problem.Part] = []
        func text(_ name: String) -> String? {
            call.query(name).flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
        }
        func fault(_ name: String, _ expected: String) {
            parts.append(
                Problem.Part(parameter: name, problem: "cannot be used", expected: expected)
            )
        }
        query.words = (text("search") ?? "").lowercased().split(whereSeparator: \.isWhitespace)
            .map(String.init)
        query.term = text("taxonomy_term_id")?.lowercased()
        query.taxonomy = text("taxonomy_id")?.lowercased()
        query.organisation = text("organization_id")?.lowercased()
        if let said = text("modified_after") {
            // A plus sign of an offset comes as a space where nobody escaped it.
            query.modifiedAfter = Instant(iso: said.replacing(" ", with: "+"))
            if query.modifiedAfter == nil { fault("modified_after", "2025-03-31T17:00:00Z") }
        }
        query.minimumAge = text("minimum_age").flatMap { Double($0) }
        query.maximumAge = text("maximum_age").flatMap { Double($0) }
        for name in ["start_time", "end_time"] {
            guard let said = text(name) else { continue }
            let time = DayTime(said.replacing(" ", with: "+"))
            if name == "start_time" { query.start = time } else { query.end = time }
            if time == nil { fault(name, "a time such as 09:30") }
        }
        if let said = text("day") {
            query.day = GuideQuery.day(said)
            if query.day == nil { fault("day", "a day of the week: MO, Mon or Monday") }
        }
        guard parts.isEmpty else { throw problem(parts) }
        try await readPlace(&query, call, guide)
        return query
    }

    private static func problem(_ parts: [Problem.Part]) -> Problem {
        Problem(
            status: 400,
            code: "bad-query",
            detail: "The query cannot be used.",
            parts: parts
        )
    }

    /// Around a postcode by the table of postcodes, and without its rules about places ruled out.
    private static func readPlace(
        _ query: inout GuideQuery,
        _ call: Call,
        _ guide: Guide
    ) async throws {
        let (said, proximity) = (call.query("postcode"), call.query("proximity"))
        guard let said else {
            if proximity == nil { return }
            throw problem([
                Problem.Part(
                    parameter: "proximity",
                    problem: "needs a postcode beside it",
                    expected: "postcode=M14 5RQ"
                )
            ])
        }
        guard let postcode = Postcode(said) else {
            throw problem([
                Problem.Part(
                    parameter: "postcode",
                    problem: "is no whole postcode",
                    expected: "such as M14 5RQ"
                )
            ])
        }
        query.outward = postcode.outward
        guard let proximity else { return }
        guard let metres = Double(proximity), metres >= 0, metres.isFinite else {
            throw problem([
                Problem.Part(
                    parameter: "proximity",
                    problem: "is no distance",
                    expected: "metres, such as 2000"
                )
            ])
        }
        let without = guide.services.flatMap(\.places).filter { $0.point == nil }
        let asked = without.flatMap(\.postcodes) + [postcode]
        query.points = try await call.goodwork.points(of: asked)
        guard let point = query.points[postcode.text] else {
            throw Problem(
                status: 422,
                code: "postcode-not-known",
                detail: "Where \(postcode.text) lies is not known here: the table of postcodes has "
                    + "no such place. Ask without proximity."
            )
        }
        query.near = (point, metres)
    }
}
