import Casework
import Kernel
import Store

/// Who refers, provides, pays, evaluates or runs the installation.
package struct Organisation: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case referrer
        case provider
        case commissioner
        case evaluator
        /// Runs the installation.
        case host
    }

    /// The short code that programme files and referrals use: `mft`, `big-life`, `P84001`.
    package var id: String
    package var name: String
    package var kinds: Set<Kind>

    package init(id: String, name: String, kinds: Set<Kind>) {
        self.id = id
        self.name = name
        self.kinds = kinds
    }

    init(_ stored: StoredOrganisation) {
        id = stored.id
        name = stored.name
        kinds = Set(stored.kinds.split(separator: " ").compactMap { Kind(rawValue: String($0)) })
    }

    var kindsText: String { kinds.text }

    /// What is wrong with it, each fault naming its field.
    var faults: [Fault] {
        var faults: [Fault] = []
        let isCode =
            (1...40).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        if !isCode {
            faults.append(
                Fault(
                    field: "id",
                    problem: id.isEmpty ? "is missing" : "“\(id)” is not a short code",
                    expected: "up to 40 letters, digits and hyphens, such as big-life or P84001"
                )
            )
        }
        faults += NameRules.faults(name)
        if kinds.isEmpty {
            let all = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            faults.append(
                Fault(field: "kind", problem: "is missing", expected: "one or more of \(all)")
            )
        }
        return faults
    }
}

extension Set<Organisation.Kind> {
    /// Tokens in order, one space between.
    var text: String { map(\.rawValue).sorted().joined(separator: " ") }
}

/// What a name of an organisation or an account may be.
enum NameRules {
    static func faults(_ name: String) -> [Fault] {
        if !name.contains(where: { !$0.isWhitespace }) {
            return [Fault(field: "name", problem: "is missing")]
        }
        let scalars = name.unicodeScalars
        let isOneLine = name.count <= 200 && !scalars.contains { $0.value < 32 }
        if isOneLine, scalars.contains(where: \.isUnseen) {
            return [Fault(field: "name", problem: "has a character that cannot be seen")]
        }
        if isOneLine { return [] }
        return [
            Fault(
                field: "name",
                problem: "cannot be used",
                expected: "one line of up to 200 characters"
            )
        ]
    }
}
