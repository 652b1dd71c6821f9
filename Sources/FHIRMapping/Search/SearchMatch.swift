import FHIRModel
import Kernel

extension SearchQuery {
    /// Whether a resource satisfies every term.
    package func matches(_ resource: FHIRResource) -> Bool {
        terms.allSatisfy { $0.matches(resource) }
    }

    /// Whether a version is there and satisfies every term.
    ///
    /// - Throws: what is wrong with one that is not as the tables have it.
    package func check(_ version: FHIRVersion) throws(FHIRIssues) -> Bool {
        if terms.isEmpty { return version.view != nil }
        guard let json = version.resource else { return false }
        return matches(try FHIRResource(json))
    }
}

extension SearchParameters.Parameter {
    /// The elements of a resource that the parameter looks at.
    package func elements(of resource: FHIRResource) -> [FHIRElement] {
        paths.flatMap { path in
            path.reduce([resource.root]) { found, name in found.flatMap { $0.all(name) } }
        }
    }
}

extension SearchParameters.Parameter {
    /// A text as it is compared: its capitals, accents, spaces and what stands between letters count
    /// for nothing, but the space of a postcode tells `M1 1` from `M11`.
    fileprivate func folded(_ text: String) -> String {
        if name != "address-postalcode" { return text.foldedName }
        if let whole = Postcode(text) { return whole.text }
        return text.uppercased().split(separator: " ").joined(separator: " ")
    }
}

extension SearchQuery.Term {
    func matches(_ resource: FHIRResource) -> Bool {
        let elements = parameter.elements(of: resource)
        switch modifier {
        case .missing(let isMissing): return elements.isEmpty == isMissing
        case .not: return !elements.contains(where: matches)
        default: return elements.contains(where: matches)
        }
    }

    private func matches(_ element: FHIRElement) -> Bool {
        modifier == .identifier ? matchesIdentifier(element) : matchesValue(element)
    }

    /// The identifier that stands in a reference, or else the one of whom it leads to.
    private func matchesIdentifier(_ element: FHIRElement) -> Bool {
        if let identifier = element["identifier"] { return matchesValue(identifier) }
        guard let reference = element["reference"]?.text.flatMap({ FHIRReference($0) }) else {
            return false
        }
        let own: String
        switch reference.type {
        case "Organization": own = Systems.ofOrganisation(reference.id)
        case "HealthcareService": own = Systems.ofService(reference.id)
        case "Practitioner": own = Systems.ofWorkers
        default: return false
        }
        return values.contains { value in
            guard case .token(let system, let code) = value else { return false }
            return (system == nil || system == own) && (code == nil || code == reference.id)
        }
    }

    private func matchesValue(_ element: FHIRElement) -> Bool {
        values.contains { value in
            switch value {
            case .token(let system, let code):
                element.tokens(parameter.name).contains { token in
                    (system == nil || system == token.system ?? "")
                        && (code == nil || code == token.code)
                }
            case .reference(let type, let id):
                matches(element, type, id)
            case .date(let prefix, let time):
                element.span.map { prefix.holds($0, time) } ?? false
            case .text(let text): matches(element, text)
            }
        }
    }

    private func matches(_ element: FHIRElement, _ type: String?, _ id: String) -> Bool {
        var type = type
        if case .type(let named) = modifier { type = type ?? named }
        if let reference = element["reference"]?.text.flatMap({ FHIRReference($0) }) {
            return reference.id == id && (type == nil || type == reference.type)
        }
        // What has no FHIR id is referred to by its identifier.
        return element["identifier"]?["value"]?.text == id
            && (type == nil || element["type"]?.text == type)
    }

    private func matches(_ element: FHIRElement, _ text: String) -> Bool {
        guard let own = element.text else { return false }
        if parameter.kind == .uri || modifier == .exact { return own == text }
        let (folded, sought) = (parameter.folded(own), parameter.folded(text))
        if sought.isEmpty { return false }
        return modifier == .contains ? folded.contains(sought) : folded.hasPrefix(sought)
    }
}

extension SearchValue.Prefix {
    /// Whether a span of a resource satisfies the prefix against a span that is sought.
    func holds(_ own: (start: Instant?, end: Instant?), _ sought: FHIRTime) -> Bool {
        let start = own.start ?? Instant(milliseconds: .min)
        let end = own.end ?? Instant(milliseconds: .max)
        switch self {
        case .eq: return start >= sought.start && end <= sought.end
        case .ne: return !(start >= sought.start && end <= sought.end)
        case .gt: return end > sought.end
        case .lt: return start < sought.start
        case .ge: return end > sought.end || (start >= sought.start && end <= sought.end)
        case .le: return start < sought.start || (start >= sought.start && end <= sought.end)
        case .sa: return start >= sought.end
        case .eb: return end <= sought.start
        }
    }
}

extension FHIRElement {
    /// What a token parameter sees of a value.
    func tokens(_ name: String) -> [(system: String?, code: String)] {
        switch type {
        case "CodeableConcept", "Coding": return codings
        case "Identifier":
            return self["value"]?.text.map { [(self["system"]?.text, $0)] } ?? []
        case "ContactPoint":
            let kind = self["system"]?.text
            if name != "telecom", kind != name { return [] }
            return self["value"]?.text.map { [(kind, $0)] } ?? []
        default:
            if let bool { return [(nil, bool ? "true" : "false")] }
            guard let text else { return [] }
            var found: [(system: String?, code: String)] = [(nil, text)]
            // A code that stands alone says no system; its binding does.
            if let impliedSystem { found.append((impliedSystem, text)) }
            return found
        }
    }

    /// The span of a date, a time or a period.
    var span: (start: Instant?, end: Instant?)? {
        if type == "Period" { return (self["start"]?.time?.start, self["end"]?.time?.end) }
        return time.map { ($0.start, $0.end) }
    }
}
