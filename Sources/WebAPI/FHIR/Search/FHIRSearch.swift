import Application
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// A search on its way through what there is, until its page is full.
struct FHIRSearch {
    static let pageUsual = 50
    static let pageMax = 200
    /// The most cases that one request has opened.
    static let openedMax = 1_000

    /// A resource that was found, and its place.
    struct Hit {
        var version: FHIRVersion
        var group: SearchGroup
        var place: Int
    }

    let query: SearchQuery
    let source: SearchSource
    /// Whether all that match are to be counted.
    let counts: Bool
    private(set) var hits: [Hit] = []
    /// How many match; nil where not all were looked at.
    private(set) var total: Int?
    /// Where the next page begins; nil on the last.
    private(set) var next: Cursor?
    /// What is not as the tables have it, and so was not found.
    private(set) var unread: [(version: FHIRVersion, issues: FHIRIssues)] = []

    private var limit: Int {
        query.summary == .count ? 0 : min(query.count ?? Self.pageUsual, Self.pageMax)
    }

    init(_ query: SearchQuery, counts: Bool, _ source: @escaping SearchSource) {
        self.query = query
        self.counts = counts || query.summary == .count || query.count == 0
        self.source = source
    }

    mutating func run(from cursor: Cursor?) async throws {
        if query.sorts.isEmpty {
            try await walk(from: cursor)
        } else {
            try await sort(from: cursor)
        }
    }

    /// In the order of the keys; the page ends as soon as it is full.
    private mutating func walk(from cursor: Cursor?) async throws {
        var (from, opened, matched) = (cursor?.last, 0, 0)
        while true {
            let portion = try await source(from)
            for group in portion.groups {
                let start = group.key == cursor?.last ? cursor?.place ?? 0 : 0
                for hit in found(group, from: start) {
                    matched += 1
                    if hits.count < limit {
                        hits.append(hit)
                    } else {
                        if next == nil { next = Cursor(place: hit.place, last: group.key) }
                        if !counts { return }
                    }
                }
            }
            opened += portion.groups.count + 1
            guard let more = portion.next else { break }
            if opened >= Self.openedMax {
                if counts { throw Self.tooCostly }
                next = next ?? Cursor(place: 0, last: more)
                return
            }
            from = more
        }
        if cursor == nil { total = matched }
        if limit == 0 { next = nil }
    }

    /// In the order that is asked for, which needs all that match.
    private mutating func sort(from cursor: Cursor?) async throws {
        var (from, opened): (String?, Int) = (nil, 0)
        var all: [Hit] = []
        repeat {
            let portion = try await source(from)
            for group in portion.groups { all += found(group, from: 0) }
            opened += portion.groups.count + 1
            from = portion.next
            if from != nil, opened >= Self.openedMax { throw Self.tooCostly }
        } while from != nil
        let sorted = SearchOrder(query).sorted(all)
        let start = min(cursor?.place ?? 0, sorted.count)
        hits = Array(sorted[start...].prefix(limit))
        total = all.count
        let end = start + hits.count
        if end < sorted.count, limit > 0 { next = Cursor(place: end, last: "") }
    }

    private mutating func found(_ group: SearchGroup, from start: Int) -> [Hit] {
        var found: [Hit] = []
        for (place, version) in group.versions.enumerated() where place >= start {
            do {
                guard try query.check(version) else { continue }
                found.append(Hit(version: version, group: group, place: place))
            } catch {
                unread.append((version, error))
            }
        }
        return found
    }

    /// Tells the operator what could not be read.
    ///
    /// - Returns: a warning for whoever searched, which tells nothing of what it was.
    func warnings(_ call: FHIRCall) -> [FHIRIssue] {
        for (version, issues) in unread { call.report(version, issues) }
        return unread.isEmpty ? [] : [.unsearchable(query.type)]
    }

    private static let tooCostly = FHIRFault(
        422,
        .tooCostly,
        """
        More than \(grouped(openedMax)) records would have to be opened to count or to sort \
        them: ask for no total and no order, or narrow it by _id, identifier, patient or \
        _lastUpdated, a Task by status=requested, an AuditEvent by date.
        """
    )
}

extension FHIRCall {
    /// Tells the operator of a resource that is not as the tables have it.
    func report(_ version: FHIRVersion, _ issues: FHIRIssues) {
        call.api.report(version.unsearchable(issues))
    }
}

extension FHIRIssue {
    /// What whoever searched hears of a resource that is not as the tables have it, which tells
    /// nothing of what it was.
    static func unsearchable(_ type: String) -> FHIRIssue {
        let says =
            "Something that is held of a \(type) cannot be searched, and is left out: tell the "
            + "operator."
        return FHIRIssue(.processing, says, severity: .warning)
    }
}

extension FHIRVersion {
    /// What the operator hears of it, where it is not as the tables have it: no value of it.
    func unsearchable(_ issues: FHIRIssues) -> String {
        let faults = issues.issues.map { "\($0.code.rawValue) \($0.expression ?? "-")" }
        let name = asKnown.view?.reference ?? "Something"
        return "\(name) cannot be searched: \(faults.joined(separator: ", "))"
    }
}

/// The order of what was found by the keys of `_sort`.
struct SearchOrder {
    private let keys: [(SearchParameters.Parameter, isDescending: Bool)]

    init(_ query: SearchQuery) {
        keys = query.sorts.compactMap { sort in
            SearchParameters.parameter(sort.parameter, of: query.type)
                .map { ($0, sort.isDescending) }
        }
    }

    func sorted(_ hits: [FHIRSearch.Hit]) -> [FHIRSearch.Hit] {
        typealias Keyed = (values: [String?], place: Int, hit: FHIRSearch.Hit)
        let keyed = hits.enumerated().map { place, hit -> Keyed in
            let resource = hit.version.resource.flatMap { try? FHIRResource($0) }
            let values = keys.map { key -> String? in
                resource.flatMap { key.0.elements(of: $0).first?.sortText }
            }
            return (values, place, hit)
        }
        return keyed.sorted { (one: Keyed, other: Keyed) in
            for ((_, isDescending), (a, b)) in zip(keys, zip(one.values, other.values))
            where a != b {
                // What has no value comes last, whichever way.
                guard let a else { return false }
                guard let b else { return true }
                return isDescending ? a > b : a < b
            }
            return one.place < other.place
        }.map(\.hit)
    }
}

extension FHIRElement {
    /// A value as a text that sorts.
    fileprivate var sortText: String? {
        self["start"]?.text ?? self["reference"]?.text ?? self["coding"]?["code"]?.text
            ?? self["value"]?.text ?? self["code"]?.text ?? bool.map { $0 ? "true" : "false" }
            ?? text
    }
}
