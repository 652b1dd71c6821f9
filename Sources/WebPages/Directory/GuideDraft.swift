import Application
import Directory
import Kernel
import Web

/// A record on its way through the form: what the form asks for, in its place in the record.
struct GuideDraft {
    private(set) var document: JSONObject

    init(_ document: JSONObject) { self.document = document }

    // MARK: - What is known

    subscript(_ name: String) -> String? { document[name]?.string }

    func number(_ name: String) -> String? {
        document[name]?.double.map { number in
            Int(exactly: number).map { String($0) } ?? String(number)
        }
    }

    private func first(_ list: String) -> JSONObject? { document[list]?.array?.first?.object }

    private var place: JSONObject? { first("service_at_locations")?["location"]?.object }

    var phone: String? { first("phones")?["number"]?.string }
    func schedule(_ name: String) -> String? { first("schedules")?[name]?.string }
    func location(_ name: String) -> String? { place?[name]?.string }
    func address(_ name: String) -> String? {
        place?["addresses"]?.array?.first?[name]?.string
    }

    var days: [String] {
        (schedule("byday") ?? "").split(separator: ",").map(String.init)
    }

    var terms: [String] {
        (document["attributes"]?.array ?? []).compactMap { $0["taxonomy_term_id"]?.string }
    }

    // MARK: - What was typed

    /// - Parameter own: the writer's organisation, where the guide does not have it yet.
    mutating func take(_ form: Form, own: (id: String, name: String)? = nil) {
        for name in ["name", "description", "email", "url", "alert"] {
            document[name] = form[name].map { .string($0) }
        }
        document["eligibility_rule"] = form["rule"].map {
            .string($0.replacing("\r\n", with: "\n"))
        }
        for name in ["minimum_age", "maximum_age"] {
            document[name] = form[name].map { JSONValue(typedNumber: $0) }
        }
        if document["status"] == nil {
            document["status"] = .string(GuideStatus.active.rawValue)
        }
        takeOrganisation(form, own)
        put(form["phone"].map { ["number": .string($0)] }, first: "phones")
        takeHours(form)
        takePlace(form)
        takeTerms(form)
    }

    private mutating func takeOrganisation(_ form: Form, _ own: (id: String, name: String)?) {
        let chosen = form["organization"]
        if let (id, name) = form["newOrganization"].map({
            (StableUUID.of("written organisation \($0)"), $0)
        }) ?? own.flatMap({ chosen == $0.id ? ($0.id, $0.name) : nil }) {
            document["organization_id"] = nil
            document["organization"] = .object([
                "id": .string(id), "name": .string(name),
                "description": .string("\(name), as the service guide names it."),
            ])
        } else if let id = chosen {
            document["organization_id"] = .string(id)
        }
    }

    /// Puts the first part of a list: what is not asked for stays, and so do the others.
    private mutating func put(_ values: JSONObject?, first list: String) {
        var items = document[list]?.array ?? []
        if let values {
            var item = items.first?.object ?? ["id": .string(StableUUID.random())]
            for (name, value) in values.members { item[name] = value.isNull ? nil : value }
            if items.isEmpty { items = [.object(item)] } else { items[0] = .object(item) }
        } else if !items.isEmpty {
            items.removeFirst()
        }
        document[list] = items.isEmpty ? nil : .array(items)
    }

    private mutating func takeHours(_ form: Form) {
        let days = form.all("day").joined(separator: ",")
        let (opens, closes) = (form["opens_at"], form["closes_at"])
        guard !days.isEmpty || opens != nil || closes != nil else {
            put(nil, first: "schedules")
            return
        }
        put(
            [
                "freq": .string("WEEKLY"), "byday": days.isEmpty ? .null : .string(days),
                "opens_at": opens.map { .string($0) } ?? .null,
                "closes_at": closes.map { .string($0) } ?? .null,
            ],
            first: "schedules"
        )
    }

    private mutating func takePlace(_ form: Form) {
        let names = ["address_1", "city", "state_province", "postal_code"]
        guard form["place"] != nil || names.contains(where: { form[$0] != nil }) else {
            put(nil, first: "service_at_locations")
            return
        }
        var location =
            place ?? [
                "id": .string(StableUUID.random()), "location_type": .string("physical"),
            ]
        location["name"] = form["place"].map { .string($0) }
        var addresses = location["addresses"]?.array ?? []
        var address =
            addresses.first?.object ?? [
                "id": .string(StableUUID.random()), "country": .string("GB"),
                "address_type": .string("physical"),
            ]
        let before = address["postal_code"]?.string
        for name in names { address[name] = form[name].map { .string($0) } }
        if addresses.isEmpty {
            addresses = [.object(address)]
        } else {
            addresses[0] = .object(address)
        }
        location["addresses"] = .array(addresses)
        // A point of another postcode is the wrong one.
        if before != form["postal_code"] {
            location["latitude"] = nil
            location["longitude"] = nil
        }
        put(["location": .object(location)], first: "service_at_locations")
    }

    /// Keeps the attributes that are there, so that their own ids stay.
    private mutating func takeTerms(_ form: Form) {
        let wanted = form.all("term")
        let kept = (document["attributes"]?.array ?? []).filter { attribute in
            attribute["taxonomy_term_id"]?.string.map { wanted.contains($0) } ?? true
        }
        let there = kept.compactMap { $0["taxonomy_term_id"]?.string }
        let new = wanted.filter { !there.contains($0) }.map { term -> JSONValue in
            .object([
                "id": .string(StableUUID.random()), "taxonomy_term_id": .string(term),
            ])
        }
        let all = kept + new
        document["attributes"] = all.isEmpty ? nil : .array(all)
    }

    /// The form's field that a pointer into the record is about.
    static func field(of pointer: String) -> String? {
        let last = pointer.split(separator: "/").last.map(String.init) ?? ""
        switch last {
        case "number": return "phone"
        case "byday": return "day"
        case "eligibility_rule": return "rule"
        case "organization_id", "organization": return "organization"
        case "taxonomy_term_id": return "term"
        case "name" where pointer.contains("location"): return "place"
        default: break
        }
        let own = [
            "name", "description", "email", "url", "alert", "minimum_age", "maximum_age",
            "opens_at",
            "closes_at", "address_1", "city", "state_province", "postal_code",
        ]
        return own.contains(last) ? last : nil
    }
}
