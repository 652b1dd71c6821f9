import Casework
import Kernel

extension Importer {
    /// Faults of the names, addresses and numbers that a row says anew, by the same rules as on any
    /// page.
    ///
    /// What the list said before is no fault: an earlier version may have taken it.
    func detailFaults(of plan: Plan) -> [Fault] {
        let (listed, told) = (plan.listed, plan.toldIdentity)
        var problems: [(field: IdentityField, problem: String)] = []
        for field in IdentityField.allCases {
            guard let text = listed.identity[field], text != told?[field],
                let problem = Identity.problem(with: text, in: field)
            else { continue }
            problems.append((field, problem))
        }
        guard !problems.isEmpty, var file = files[.referrals] else { return [] }
        file.seek(to: listed.offset, line: listed.line)
        _ = try? file.next()
        return problems.map { field, problem in
            file.fault(
                field: file.columns.firstIndex(of: field.rawValue) ?? 0,
                problem: problem,
                expected: Self.expected(field)
            )
        }
    }

    private static func expected(_ field: IdentityField) -> String? {
        switch field {
        case .givenName, .familyName: "a name"
        case .address: "an address"
        case .phone: "such as 0161 496 0000"
        case .email: "such as name@example.org"
        case .birthDate, .nhsNumber, .postcode: nil
        }
    }
}
