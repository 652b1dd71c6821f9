import Kernel
import Programmes

/// What a search of the guide asks; everything that is said must hold.
package struct GuideQuery: Sendable {
    /// Words that all stand in the service, its organisation or its terms.
    package var words: [String] = []
    package var term: String?
    package var taxonomy: String?
    package var organisation: String?
    package var modifiedAfter: Instant?
    package var minimumAge: Double?
    package var maximumAge: Double?
    package var start: DayTime?
    package var end: DayTime?
    /// `MO`, `TU` and so on.
    package var day: String?
    /// A postcode that no rule about places may rule out.
    package var outward: String?
    /// So many metres around a point.
    package var near: (point: GuidePoint, metres: Double)?
    /// Where a postcode lies, for places that do not say where they are.
    package var points: [String: GuidePoint] = [:]

    package init() {}

    /// The day of a week by any of its usual names: `MO`, `Mon`, `Monday`.
    package static func day(_ text: String) -> String? {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        let said = text.lowercased()
        guard said.count >= 2 else { return nil }
        return names.first { $0.hasPrefix(said) }.map { $0.prefix(2).uppercased() }
    }
}

extension Guide {
    /// The services that a query finds, by name.
    package func services(_ query: GuideQuery) -> [GuideService] {
        services.filter { finds($0, query) && query.isOpen($0.schedules) && isNear($0, query) }
    }

    /// The places of services that a query finds.
    package func places(_ query: GuideQuery) -> [(service: GuideService, place: GuidePlace)] {
        services.filter { finds($0, query) }.flatMap { service in
            let own = GuideHours.of(service.document)
            return service.places.filter {
                query.isOpen(own + $0.schedules) && query.isNear($0)
            }
            .map { (service, $0) }
        }
    }

    private func isNear(_ service: GuideService, _ query: GuideQuery) -> Bool {
        query.near == nil || service.places.contains { query.isNear($0) }
    }

    private func finds(_ service: GuideService, _ query: GuideQuery) -> Bool {
        if let id = query.organisation, service.organisation != id { return false }
        if let id = query.term, !service.terms.contains(id) { return false }
        if let id = query.taxonomy, !taxonomies(of: service).contains(id) { return false }
        // Nobody who asks for what changed is to miss what has no date.
        if let after = query.modifiedAfter, let modified = service.modified, modified < after {
            return false
        }
        if let least = query.minimumAge,
            (service.document["minimum_age"]?.double ?? 0) < least
        {
            return false
        }
        if let most = query.maximumAge,
            (service.document["maximum_age"]?.double ?? .infinity) > most
        {
            return false
        }
        if let outward = query.outward, service.rulesOut(outward: outward) { return false }
        if query.words.isEmpty { return true }
        let around = ([organisations[service.organisation]] + service.terms.map { terms[$0] })
            .compactMap { $0?["name"]?.string?.lowercased() }
        return query.words.allSatisfy { word in
            service.words.contains(word) || around.contains { $0.contains(word) }
        }
    }
}

extension GuideQuery {
    fileprivate func isOpen(_ schedules: [GuideHours]) -> Bool {
        if day == nil, start == nil, end == nil { return true }
        return schedules.contains { hours in
            if let day, !hours.days.contains(day) { return false }
            if let start {
                guard let opens = hours.opens, opens >= start else { return false }
            }
            if let end {
                guard let closes = hours.closes, closes <= end else { return false }
            }
            return true
        }
    }

    fileprivate func isNear(_ place: GuidePlace) -> Bool {
        guard let near else { return true }
        let known = place.point ?? place.postcodes.lazy.compactMap { points[$0.text] }.first
        return known.map { $0.metres(to: near.point) <= near.metres } ?? false
    }
}

/// A page of a list, as the standard shows it.
package enum GuidePage {
    package static let sizeUsual = 50
    package static let sizeMax = 1_000

    /// - Parameter number: from 1.
    package static func json<Item>(
        _ all: [Item],
        number: Int,
        size: Int,
        _ show: (Item) -> JSONObject
    ) -> JSONObject {
        let pages = max(1, (all.count + size - 1) / size)
        let start = min(all.count, (number - 1) * size)
        let items = all[start...].prefix(size)
        return [
            "total_items": .int(all.count), "total_pages": .int(pages),
            "page_number": .int(number), "size": .int(items.count),
            "first_page": .bool(number == 1), "last_page": .bool(number >= pages),
            "empty": .bool(items.isEmpty),
            "contents": .array(items.map { .object(show($0)) }),
        ]
    }
}
