import Kernel

/// What is wrong with a resource or a request: an issue of an OperationOutcome.
package struct FHIRIssue: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Severity: String, Sendable, CaseIterable {
        case fatal, error, warning, information
    }

    /// The codes of the standard that are given here (issue-type).
    package enum Code: String, Sendable, CaseIterable {
        case invalid, structure, required, value, invariant
        case security, login, forbidden, expired
        case notSupported = "not-supported"
        case duplicate
        case multipleMatches = "multiple-matches"
        case notFound = "not-found"
        case deleted
        case tooLong = "too-long"
        case codeInvalid = "code-invalid"
        case `extension`
        case tooCostly = "too-costly"
        case businessRule = "business-rule"
        case conflict, throttled, exception, processing, informational
    }

    package var severity: Severity
    package var code: Code
    /// Where, in FHIRPath from the resource that was sent: `Patient.name[0].given[1]`.
    package var expression: String?
    package var diagnostics: String
    /// A stable code of ours, such as that of a refusal.
    package var detail: String?

    package init(
        _ code: Code,
        at expression: String? = nil,
        _ diagnostics: String,
        severity: Severity = .error,
        detail: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.expression = expression
        self.diagnostics = diagnostics
        self.detail = detail
    }

    /// "Patient.gender: code-invalid: what is wrong".
    package var description: String {
        (expression.map { "\($0): " } ?? "") + "\(code.rawValue): \(diagnostics)"
    }
}

/// One or more issues found together.
package struct FHIRIssues: Error, Sendable, Hashable, CustomStringConvertible {
    package var issues: [FHIRIssue]

    package init(_ issues: [FHIRIssue]) { self.issues = issues }

    package init(_ issue: FHIRIssue) { issues = [issue] }

    package var description: String { issues.map(\.description).joined(separator: "\n") }

    /// The OperationOutcome that says them.
    package var outcome: JSONObject {
        [
            "resourceType": .string("OperationOutcome"),
            "issue": .array(issues.map { .object($0.json) }),
        ]
    }
}

extension FHIRIssue {
    /// Codes of refusals and other reasons of this system.
    package static let detailSystem = "https://goodwork.example/fhir/CodeSystem/refusal"

    fileprivate var json: JSONObject {
        var json: JSONObject = [
            "severity": .string(severity.rawValue), "code": .string(code.rawValue),
        ]
        if let detail {
            let coding: JSONObject = [
                "system": .string(Self.detailSystem), "code": .string(detail),
            ]
            json["details"] = .object(["coding": .array([.object(coding)])])
        }
        json["diagnostics"] = .string(diagnostics)
        if let expression { json["expression"] = .array([.string(expression)]) }
        return json
    }
}
