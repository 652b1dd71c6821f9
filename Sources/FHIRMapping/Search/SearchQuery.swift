import FHIRModel
import Kernel

/// What is searched for: terms that must all hold, and how the answer is to be made.
package struct SearchQuery: Sendable, Hashable {
    /// One parameter with its values, of which one must match.
    package struct Term: Sendable, Hashable {
        package var parameter: SearchParameters.Parameter
        package var modifier: Modifier?
        package var values: [SearchValue]
    }

    /// What stands after a colon.
    package enum Modifier: Sendable, Hashable {
        case missing(Bool)
        case not, exact, contains
        /// A reference by the identifier that stands in it, or that of whom it leads to:
        /// `agent:identifier`.
        case identifier
        /// The type of a reference: `subject:Patient`.
        case type(String)
    }

    /// `_include=Task:focus`.
    package struct Include: Sendable, Hashable {
        package var source: String
        package var parameter: String
        package var target: String?
        package var isReverse: Bool
        /// Whether it is asked of what came along too: `_include:iterate`.
        package var isIterated = false
    }

    /// One key of `_sort`.
    package struct Sort: Sendable, Hashable {
        package var parameter: String
        package var isDescending: Bool
    }

    package enum Summary: String, Sendable { case all = "true", text, data, count, none = "false" }

    package var type: String
    package var terms: [Term] = []
    package var includes: [Include] = []
    package var sorts: [Sort] = []
    /// The most entries of a page; 0 asks for the total alone.
    package var count: Int?
    package var summary = Summary.none
    package var wantsTotal = true
    /// Only these elements, and those that are needed.
    package var elements: [String] = []
    /// What was left out, for the answer.
    package var warnings: [FHIRIssue] = []

    /// Reads the parameters of a search, names and values decoded.
    ///
    /// - Parameters:
    ///   - isLenient: whether what is not known is left out with a warning (`Prefer:
    ///     handling=lenient`), as the standard has it where nothing is said.
    ///   - others: names that the server reads itself, such as a cursor.
    /// - Throws: every fault at once.
    package init(
        _ type: String,
        _ parameters: [(name: String, value: String)],
        isLenient: Bool = false,
        others: Set<String> = []
    ) throws(FHIRIssues) {
        self.type = type
        var issues: [FHIRIssue] = []
        for (name, value) in parameters where !others.contains(name) {
            do {
                try read(name, value)
            } catch {
                if isLenient, error.code == .notSupported {
                    var warning = error
                    warning.severity = .warning
                    warnings.append(warning)
                } else {
                    issues.append(error)
                }
            }
        }
        if !issues.isEmpty { throw FHIRIssues(issues) }
    }

    private mutating func read(_ name: String, _ value: String) throws(FHIRIssue) {
        switch name {
        case "_count":
            guard let count = Int(value), count >= 0 else {
                throw FHIRIssue(.value, at: nil, "_count is a whole number, not \(value).")
            }
            self.count = count
        case "_sort":
            for key in value.split(separator: ",") {
                let isDescending = key.hasPrefix("-")
                let plain = String(isDescending ? key.dropFirst() : key)
                guard SearchParameters.parameter(plain, of: type) != nil else {
                    throw unknown(plain)
                }
                sorts.append(Sort(parameter: plain, isDescending: isDescending))
            }
        case "_summary":
            guard let summary = Summary(rawValue: value) else {
                throw FHIRIssue(.value, "_summary is true, text, data, count or false.")
            }
            self.summary = summary
        case "_total" where !["none", "estimate", "accurate"].contains(value):
            throw FHIRIssue(.value, "_total is none, estimate or accurate.")
        case "_total", "_totalMethod":
            wantsTotal = value != "none"
            if name == "_totalMethod", value == "count" { wantsTotal = true }
        case "_elements": elements = value.split(separator: ",").map(String.init)
        case "_format", "_pretty": break
        case "_include", "_include:iterate", "_revinclude", "_revinclude:iterate":
            let include = try include(
                value,
                isReverse: name.hasPrefix("_rev"),
                isIterated: name.hasSuffix(":iterate")
            )
            includes.append(include)
        default: terms.append(try term(name, value))
        }
    }

    private func unknown(_ name: String) -> FHIRIssue {
        let names = (SearchParameters.all[type] ?? []).map(\.name)
        let near = nearestSpelling(to: name, in: names).map { " Did you mean \($0)?" } ?? ""
        return FHIRIssue(.notSupported, "\(type) cannot be searched by \(name).\(near)")
    }

    private func include(
        _ value: String,
        isReverse: Bool,
        isIterated: Bool
    ) throws(FHIRIssue) -> Include {
        let parts = value.split(separator: ":").map(String.init)
        guard parts.count == 2 || parts.count == 3,
            let parameter = SearchParameters.parameter(parts[1], of: parts[0]),
            parameter.kind == .reference,
            isReverse
                ? Capability.canComeAlong(parts[0], parameter, with: type)
                : parts[0] == type || isIterated
        else { throw FHIRIssue(.notSupported, "\(value) cannot be included with \(type).") }
        return Include(
            source: parts[0],
            parameter: parts[1],
            target: parts.count == 3 ? parts[2] : nil,
            isReverse: isReverse,
            isIterated: isIterated
        )
    }

    private func term(_ name: String, _ value: String) throws(FHIRIssue) -> Term {
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        guard let first = parts.first,
            let parameter = SearchParameters.parameter(first, of: type)
        else { throw unknown(name) }
        var modifier: Modifier?
        if parts.count > 1 { modifier = try self.modifier(parts[1], value, parameter) }
        if case .missing = modifier {
            return Term(parameter: parameter, modifier: modifier, values: [])
        }
        if value.isEmpty { throw FHIRIssue(.value, "\(name) has no value.") }
        var values: [SearchValue] = []
        let kind: SearchParameters.Kind = modifier == .identifier ? .token : parameter.kind
        for part in SearchValue.parts(value) {
            guard let read = SearchValue(part, kind) else {
                var says = "\(part) is not a \(kind.rawValue) that \(name) can be matched with."
                if parameter.hasIdentifiers { says += " Try \(first):identifier." }
                throw FHIRIssue(.value, says)
            }
            values.append(read)
        }
        if values.isEmpty { throw FHIRIssue(.value, "\(name) has no value.") }
        return Term(parameter: parameter, modifier: modifier, values: values)
    }

    private func modifier(
        _ text: String,
        _ value: String,
        _ parameter: SearchParameters.Parameter
    ) throws(FHIRIssue) -> Modifier {
        switch (text, parameter.kind) {
        case ("missing", _):
            guard value == "true" || value == "false" else {
                throw FHIRIssue(.value, "\(parameter.name):missing is true or false.")
            }
            return .missing(value == "true")
        case ("not", .token): return .not
        case ("exact", .string): return .exact
        case ("contains", .string): return .contains
        case ("identifier", .reference) where parameter.hasIdentifiers: return .identifier
        case (_, .reference) where parameter.targets.contains(text): return .type(text)
        default:
            throw FHIRIssue(.notSupported, "\(parameter.name) has no modifier \(text) here.")
        }
    }
}
