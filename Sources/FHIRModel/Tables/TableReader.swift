/// Reads the tables of types.
///
/// A line without indent names a type, and after a colon the one whose elements come before its
/// own. An indented line is an element: its name, its type, and how often it comes:
///
///     contact BackboneElement *      any number; its own elements follow, deeper
///     gender code=administrative-gender      at most one, of a set of codes
///     subject Reference(Patient|Group) !     exactly one, to these types
///     type Coding +                          at least one
///     deceased[x] boolean|dateTime           at most one, of one of these types
///     value[x] *                             of any of the open types
///     part #Parameters.parameter *           with the elements of another place
struct TableReader {
    /// One element as it was read; types are still names.
    struct Element {
        var name: String
        /// The name in FHIRPath, without the type of a choice.
        var stem: String
        var type: String
        var isMany = false
        var isRequired = false
        /// A set of codes that it is bound to.
        var codes: String?
        /// The types that a reference may lead to; nil is any.
        var targets: [String]?
        /// Which choice of its type it belongs to.
        var choice: Int?
    }

    /// One type as it was read.
    struct TypeListing {
        var name: String
        var parent: String?
        var elements: [Element] = []
        /// The number of choices, and whether each must be made.
        var choices: [Bool] = []
    }

    private(set) var types: [TypeListing] = []
    /// The types that are open, by their depth.
    private var open: [Int] = []
    private let openTypes: [String]
    private let targets: [String: [String]]

    init() {
        openTypes = Self.words(Tables.openTypes[...])
        var targets: [String: [String]] = [:]
        for line in Tables.targets.split(separator: "\n") {
            let parts = Self.words(line)
            targets[parts[0]] = parts[1].split(separator: "|").map(String.init)
        }
        self.targets = targets
        for listing in Tables.types {
            for line in listing.split(separator: "\n") { read(line) }
        }
    }

    private static func words(_ text: Substring) -> [String] {
        text.split(separator: " ").map { String($0) }
    }

    private mutating func read(_ line: Substring) {
        let depth = line.prefix { $0 == " " }.count / 2
        var words = Self.words(line)
        if depth == 0 {
            open = [types.count]
            types.append(TypeListing(name: words[0], parent: words.count > 2 ? words[2] : nil))
            return
        }
        open.removeSubrange(depth...)
        let owner = open[depth - 1]
        let counts = ["*", "+", "!"]
        var count: [String] = []
        let isOpenChoice = words.count > 1 && words[1] == "*" && words[0].hasSuffix("[x]")
        if isOpenChoice { words[1] = openTypes.joined(separator: "|") }
        while let last = words.last, counts.contains(last) {
            count.append(last)
            words.removeLast()
        }
        let isRequired = count.contains("!") || count.contains("+")
        var element = Element(name: words[0], stem: words[0], type: words[1])
        element.isMany = count.contains("*") || count.contains("+")
        element.isRequired = isRequired
        if element.name.hasSuffix("[x]") {
            addChoice(element, to: owner)
            return
        }
        if ["BackboneElement", "Element"].contains(element.type) {
            let nested = "\(types[owner].name).\(element.name)"
            open.append(types.count)
            types.append(TypeListing(name: nested, parent: element.type))
            element.type = nested
        }
        types[owner].elements.append(typed(element))
    }

    /// Parts a type from its codes, its targets or the place that it repeats.
    private func typed(_ element: Element) -> Element {
        var element = element
        if element.type.hasPrefix("#") { element.type.removeFirst() }
        if let equals = element.type.firstIndex(of: "=") {
            element.codes = String(element.type[element.type.index(after: equals)...])
            element.type = String(element.type[..<equals])
        }
        if element.type.hasPrefix("Reference(") {
            let list = element.type.dropFirst("Reference(".count).dropLast()
            element.type = "Reference"
            element.targets = list.split(separator: "|").flatMap { name in
                name.hasPrefix("@") ? targets[String(name.dropFirst())] ?? [] : [String(name)]
            }
        }
        return element
    }

    private mutating func addChoice(_ choice: Element, to owner: Int) {
        let stem = String(choice.name.dropLast(3))
        let place = types[owner].choices.count
        types[owner].choices.append(choice.isRequired)
        for type in Self.alternatives(choice.type) {
            var element = typed(Element(name: stem, stem: stem, type: type))
            element.name += element.type.prefix(1).uppercased() + element.type.dropFirst()
            element.choice = place
            types[owner].elements.append(element)
        }
    }

    /// The types of a choice: parted by bars that do not stand in brackets.
    private static func alternatives(_ text: String) -> [String] {
        var result: [String] = [""]
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == "|", depth == 0 {
                result.append("")
            } else {
                result[result.count - 1].append(character)
            }
        }
        return result
    }
}
