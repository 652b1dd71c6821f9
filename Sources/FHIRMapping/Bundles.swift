import FHIRModel
import Kernel

/// Bundles that answer searches, histories and transactions.
package enum Bundles {
    /// One entry of a searchset.
    package struct Found: Sendable {
        package var version: FHIRVersion
        /// Whether it matched, or came along by `_include`.
        package var isMatch: Bool

        package init(_ version: FHIRVersion, isMatch: Bool = true) {
            self.version = version
            self.isMatch = isMatch
        }
    }

    /// What became of one entry of a transaction or batch.
    package struct Outcome: Sendable {
        /// `201 Created`.
        package var status: String
        package var version: FHIRVersion?
        package var issues: FHIRIssues?
        /// What was answered where it has no version of its own.
        package var resource: JSONObject?
        package var location: String?
        package var etag: String?

        package init(status: String, version: FHIRVersion? = nil, issues: FHIRIssues? = nil) {
            self.status = status
            self.version = version
            self.issues = issues
        }
    }

    /// The answer to a search.
    ///
    /// - Parameters:
    ///   - address: the base that clients use, without a slash at its end.
    ///   - links: the relation and the address of each: `self`, `next`.
    ///   - warnings: what was left out of the search.
    package static func searchset(
        _ found: [Found],
        total: Int?,
        address: String,
        links: [(relation: String, url: String)],
        query: SearchQuery? = nil,
        warnings: [FHIRIssue] = []
    ) -> JSONObject {
        var entries = found.compactMap { found -> JSONValue? in
            guard var resource = found.version.resource else { return nil }
            if let query { resource = query.narrowed(resource) }
            return .built(
                ("fullUrl", .text(found.version.view.map { "\(address)/\($0.reference)" })),
                ("resource", .object(resource)),
                ("search", .built(("mode", .value(found.isMatch ? "match" : "include"))))
            )
        }
        if !warnings.isEmpty {
            entries.append(
                .built(
                    ("resource", .object(FHIRIssues(warnings).outcome)),
                    ("search", .built(("mode", .value("outcome"))))
                )
            )
        }
        return bundle("searchset", total: total, links: links, entries: entries)
    }

    /// The versions of a resource, the latest first.
    ///
    /// - Parameter total: how many there are, where these are a page of them.
    package static func history(
        _ versions: [FHIRVersion],
        of reference: String,
        address: String,
        total: Int? = nil,
        links: [(relation: String, url: String)]
    ) -> JSONObject {
        let entries = versions.sorted { $0.number > $1.number }.map { version in
            let method = version.view == nil ? "DELETE" : version.number == 1 ? "POST" : "PUT"
            let type = String(reference.prefix { $0 != "/" })
            let status = version.view == nil ? "204" : version.number == 1 ? "201" : "200"
            return JSONValue.built(
                ("fullUrl", .text("\(address)/\(reference)")),
                ("resource", version.resource.map { .object($0) }),
                (
                    "request",
                    .built(
                        ("method", .value(method)),
                        ("url", .value(method == "POST" ? type : reference))
                    )
                ),
                (
                    "response",
                    .built(
                        ("status", .value(status)),
                        ("etag", .value(version.etag)),
                        ("lastModified", .moment(version.lastUpdated))
                    )
                )
            )
        }
        return bundle("history", total: total ?? versions.count, links: links, entries: entries)
    }

    /// The answer to a transaction or a batch, an outcome for each entry in its order.
    ///
    /// - Parameter isMinimal: whether what was written is left out (`Prefer: return=minimal`).
    package static func response(
        _ outcomes: [Outcome],
        isTransaction: Bool,
        isMinimal: Bool = false
    ) -> JSONObject {
        let entries = outcomes.map { outcome -> JSONValue in
            let place = outcome.version?.place
            let written = isMinimal ? nil : outcome.version?.resource
            return .built(
                ("resource", (written ?? outcome.resource).map { .object($0) }),
                (
                    "response",
                    .built(
                        ("status", .value(outcome.status)),
                        ("location", .text(place ?? outcome.location)),
                        ("etag", .text(outcome.version?.etag ?? outcome.etag)),
                        ("lastModified", outcome.version.map { .moment($0.lastUpdated) }),
                        ("outcome", outcome.issues.map { .object($0.outcome) })
                    )
                )
            )
        }
        let type = isTransaction ? "transaction-response" : "batch-response"
        return bundle(type, total: nil, links: [], entries: entries)
    }

    /// A transaction that deletes one resource: how an export says that it is no more.
    package static func deletion(of reference: String) -> JSONObject {
        let request = JSONValue.built(("method", .value("DELETE")), ("url", .value(reference)))
        let entries = [JSONValue.built(("request", request))]
        return bundle("transaction", total: nil, links: [], entries: entries)
    }

    private static func bundle(
        _ type: String,
        total: Int?,
        links: [(relation: String, url: String)],
        entries: [JSONValue]
    ) -> JSONObject {
        built(
            ("resourceType", .value("Bundle")),
            ("type", .value(type)),
            ("total", total.map { .int($0) }),
            (
                "link",
                .list(
                    links.map { .built(("relation", .value($0.relation)), ("url", .value($0.url))) }
                )
            ),
            ("entry", .list(entries))
        )
    }
}

extension SearchQuery {
    /// A resource with no more than `_elements` or `_summary` ask for, and marked so.
    ///
    /// What the standard needs of the type stays. `_summary=true` leaves out the narrative alone,
    /// as the standard lets a server choose.
    package func narrowed(_ resource: JSONObject) -> JSONObject {
        guard let type = resource["resourceType"]?.string else { return resource }
        var kept = Set(["resourceType", "id", "meta"] + FHIRStructure.required(of: type))
        switch summary {
        case .text: kept.insert("text")
        case .all, .data: kept = Set(resource.keys.filter { $0 != "text" })
        case .none, .count:
            if elements.isEmpty { return resource }
        }
        for element in elements {
            let names = FHIRStructure.names(of: element, in: type)
            // What extends a primitive goes with it: `_birthDate`.
            kept.formUnion(names.union(names.map { "_" + $0 }))
        }
        var narrow = JSONObject(resource.members.filter { kept.contains($0.key) })
        guard narrow.count < resource.count, var meta = narrow["meta"]?.object else {
            return narrow
        }
        meta["tag"] = .list([
            .code("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED")
        ])
        narrow["meta"] = .object(meta)
        return narrow
    }
}

/// A partial resource laid over one (RFC 7396, JSON Merge Patch).
package enum MergePatch {
    /// What stands in the patch replaces what stood; null takes it away; lists are replaced whole.
    package static func apply(_ patch: JSONObject, to resource: JSONObject) -> JSONObject {
        var result = resource
        for (key, value) in patch.members {
            switch value {
            case .null: result[key] = nil
            case .object(let inner):
                result[key] = .object(apply(inner, to: result[key]?.object ?? JSONObject()))
            default: result[key] = value
            }
        }
        return result
    }
}
