import FHIRModel
import Kernel

/// Resources that came together, and the references between them.
struct Incoming {
    let root: FHIRElement
    private(set) var issues: [FHIRIssue] = []
    /// The resources: those of a bundle's entries, or the one that came alone.
    let resources: [FHIRElement]
    /// Those and what they contain, contained ones last.
    private let everything: [FHIRElement]
    /// By `urn:uuid:…` or the full address, by `Type/id`, and of contained ones by `#id`.
    private var named: [String: FHIRElement] = [:]

    init(_ resource: FHIRResource) {
        root = resource.root
        guard resource.type == "Bundle" else {
            resources = [root]
            everything = [root] + root.all("contained")
            nameContained(in: root)
            return
        }
        var resources: [FHIRElement] = []
        for entry in root.all("entry") {
            guard let inner = entry["resource"] else { continue }
            resources.append(inner)
            if let url = entry["fullUrl"]?.text {
                named[url] = inner
                if let relative = FHIRReference(fullURL: url) { named[relative.text] = inner }
            }
            if let id = inner["id"]?.text { named["\(inner.type)/\(id)"] = inner }
        }
        self.resources = resources
        everything = resources + resources.flatMap { $0.all("contained") }
        for inner in resources { nameContained(in: inner) }
    }

    private mutating func nameContained(in owner: FHIRElement) {
        for inner in owner.all("contained") {
            if let id = inner["id"]?.text { named["#\(id)"] = inner }
        }
    }

    /// Adds a Patient of this system, whom what came names without bringing it along.
    mutating func add(beside patient: FHIRResource) {
        guard let name = patient.root["id"]?.text.map({ "Patient/\($0)" }), named[name] == nil
        else { return }
        named[name] = patient.root
    }

    /// The first resource of a type.
    func first(_ type: String) -> FHIRElement? { resources.first { $0.type == type } }

    /// Every resource of a type, contained ones last.
    func all(_ type: String) -> [FHIRElement] {
        everything.filter { $0.type == type }
    }

    /// What a reference leads to, among what came along.
    func resolve(_ reference: FHIRElement?) -> FHIRElement? {
        guard let text = reference?["reference"]?.text else { return nil }
        if let found = named[text] { return found }
        guard let parts = FHIRReference(text) else { return nil }
        return named[parts.text]
    }

    mutating func add(_ more: [FHIRIssue]) { issues += more }

    /// Notes what is wrong with an element, or with one that is not there.
    mutating func fault(
        _ code: FHIRIssue.Code,
        _ at: FHIRElement?,
        _ child: String? = nil,
        _ says: String
    ) {
        let path = (at ?? root).path
        issues.append(FHIRIssue(code, at: child.map { "\(path).\($0)" } ?? path, says))
    }
}

extension FHIRElement {
    /// That a request is for sooner than others: nobody here would see it sooner, so whoever sends
    /// it has to hear that.
    var urgency: FHIRIssue? {
        guard let priority = self["priority"], let text = priority.text, text != "routine" else {
            return nil
        }
        let says =
            "Nothing is dealt with as \(text) here: where it cannot wait, speak to the service or "
            + "use another one; else send it as routine."
        return FHIRIssue(.businessRule, at: priority.path, says)
    }

    /// The code of a system among the codings of a concept.
    func code(of system: String) -> String? {
        all("coding").first { $0["system"]?.text == system }?["code"]?.text
    }

    /// Every system and code of a concept, or of a coding.
    var codings: [(system: String?, code: String)] {
        let codings = type == "Coding" ? [self] : all("coding")
        return codings.compactMap { coding in
            coding["code"]?.text.map { (coding["system"]?.text, $0) }
        }
    }

    /// The id that a reference gives: of a resource, or its identifier.
    var referredID: String? {
        if let text = self["reference"]?.text { return FHIRReference(text)?.id }
        return self["identifier"]?["value"]?.text
    }

    /// The values of an element that are in use on a day: none of `use` old or maiden, and none
    /// whose period has ended or not begun.
    ///
    /// - Parameter preferred: the uses that come first; after them it goes by `rank`, and then by
    ///   the order in which they were sent.
    func current(_ name: String, on day: CivilDate, first preferred: String...) -> [FHIRElement] {
        let inUse = all(name).filter { value in
            let period = value["period"]
            let begins = period?["start"]?.time?.firstDay
            let ends = period?["end"]?.time?.lastDay
            return !["old", "maiden"].contains(value["use"]?.text)
                && begins.map { $0 <= day } != false && ends.map { $0 >= day } != false
        }
        let places = inUse.indices.map { index -> (Int, Int, Int) in
            let use = inUse[index]["use"]?.text.flatMap { preferred.firstIndex(of: $0) }
            return (use ?? preferred.count, inUse[index]["rank"]?.int ?? .max, index)
        }
        return places.sorted { $0 < $1 }.map { inUse[$0.2] }
    }

    /// The value of the identifier of a system.
    func identifier(of system: String) -> FHIRElement? {
        all("identifier").first { $0["system"]?.text == system }
    }
}
