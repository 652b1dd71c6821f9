import Casework
import Kernel
import SQL
import Synchronization

/// One case as lists show it: the kept row of `cases`.
package struct CaseRow: Sendable, Hashable {
    package var header: CaseHeader
    package var version: Int
    package var state: CaseState
    package var strand: String?
    package var provider: String?
    package var coach: String?
    package var referrer: String?
    /// The account that referred.
    package var referredBy: String?
    package var referredOn: CivilDate?
    package var asked: String?
    package var onward: [String]
    package var consents: [ConsentScope: Bool]
    /// What is to be done next; nil once nothing is.
    package var next: WorkItem?
    package var closedOn: CivilDate?
    package var closureReason: String?
    package var isAtRisk: Bool
    /// The last two-way contact.
    package var lastContactOn: CivilDate?
    /// Who may choose the strand, while the case is in none.
    package var unassigned: [String]
}

/// Whose cases a list is of.
package enum CaseScope: Sendable, Hashable {
    /// The cases that a coach holds.
    case coach(String)
    /// The cases in which an organisation has a part.
    case organisation(String, CasePart)
    /// The cases that an account referred.
    case referredBy(String)
    case person(PersonID)
    case programme(String)
}

extension Store {
    static let caseColumns = CaseProjection.caseColumns
        .map { "c.\($0)" }.joined(separator: ", ")
    private static let ofCoach = select("cases c WHERE c.coach = $1")
    private static let ofOrganisation = select(
        "case_parties p JOIN cases c ON c.id = p.case_id WHERE p.organisation = $1 AND p.part = $2"
    )
    private static let ofReferring = select("cases c WHERE c.referred_by = $1")
    private static let ofPerson = select("cases c WHERE c.person_id = $1")
    private static let ofProgramme = select("cases c WHERE c.programme = $1")
    private static let ofID = select("cases c WHERE c.id = $1")

    private static func select(_ from: String) -> Statement {
        Statement("SELECT \(caseColumns) FROM \(from)")
    }

    /// The cases of a scope, those with the soonest next step first.
    package func caseRows(
        _ scope: CaseScope,
        in transaction: any Transaction
    ) throws -> [CaseRow] {
        let (statement, values): (Statement, [SQLValue]) =
            switch scope {
            case .coach(let coach): (Self.ofCoach, [.text(coach)])
            case .organisation(let organisation, let part):
                (Self.ofOrganisation, [.text(organisation), .text(part.rawValue)])
            case .referredBy(let account): (Self.ofReferring, [.text(account)])
            case .person(let person): (Self.ofPerson, [.text(person.text)])
            case .programme(let programme): (Self.ofProgramme, [.text(programme)])
            }
        return Self.soonestFirst(try transaction.rows(statement, values, CaseRow.init))
    }

    /// In the order of the next step's day, then of the ids; without a next step last.
    ///
    /// The database would copy every column of every row to put them in order.
    private static func soonestFirst(_ rows: [CaseRow]) -> [CaseRow] {
        let keys = rows.map { ($0.next?.dueOn.day ?? .max, $0.header.id) }
        return rows.indices.sorted { keys[$0] < keys[$1] }.map { rows[$0] }
    }

    package func caseRow(_ id: CaseID, in transaction: any Transaction) throws -> CaseRow? {
        try transaction.first(Self.ofID, [.text(id.text)], CaseRow.init)
    }
}

extension CaseRow {
    /// Reads the columns of a case, which stand first in the row.
    init(_ row: any Row) throws {
        guard let id = CaseID(try row.text(0)), let person = PersonID(try row.text(4)),
            let state = CaseState(rawValue: try row.text(6))
        else { throw StoreError.damaged("a row of cases cannot be read") }
        header = CaseHeader(
            id: id,
            programme: try row.text(1),
            programmeVersion: Int(try row.int(2)),
            reference: try row.text(3),
            person: person
        )
        version = Int(try row.int(5))
        self.state = state
        strand = try row.optionalText(7)
        provider = try row.optionalText(8)
        coach = try row.optionalText(9)
        referrer = try row.optionalText(11)
        referredBy = try row.optionalText(12)
        referredOn = try row.optionalText(13).flatMap { CivilDate(iso: $0) }
        asked = try row.optionalText(14)
        onward = Self.organisations(try row.optionalText(15))
        consents = Self.consents(try row.optionalText(16) ?? "")
        if let kind = (try row.optionalText(17)).flatMap(WorkItem.Kind.init(rawValue:)),
            let due = (try row.optionalText(10)).flatMap({ CivilDate(iso: $0) })
        {
            next = WorkItem(
                kind: kind,
                subject: "",
                dueOn: due,
                owner: try row.optionalText(18) ?? "",
                says: try row.optionalText(19) ?? ""
            )
        }
        closedOn = try row.optionalText(20).flatMap { CivilDate(iso: $0) }
        closureReason = try row.optionalText(21)
        isAtRisk = try row.optionalInt(22) == 1
        lastContactOn = try row.optionalText(23).flatMap { CivilDate(iso: $0) }
        unassigned = Self.organisations(try row.optionalText(24))
    }

    private static func organisations(_ tokens: String?) -> [String] {
        guard let tokens, !tokens.isEmpty else { return [] }
        return tokens.split(separator: " ").map(String.init)
    }

    /// What was said of consent, by the words in which it is kept: few are said again and again,
    /// and a list reads hundreds of them.
    private static let consentsRead = Mutex<[String: [ConsentScope: Bool]]>([:])
    private static let consentsReadMax = 1_000

    /// Reads `referral:given evaluation:refused`.
    private static func consents(_ tokens: String) -> [ConsentScope: Bool] {
        if let known = consentsRead.withLock({ $0[tokens] }) { return known }
        var consents: [ConsentScope: Bool] = [:]
        for token in tokens.split(separator: " ") {
            let halves = token.split(separator: ":")
            guard halves.count == 2, let scope = ConsentScope(rawValue: String(halves[0])) else {
                continue
            }
            consents[scope] = halves[1] == "given"
        }
        consentsRead.withLock { read in
            if read.count >= consentsReadMax { read = [:] }
            read[tokens] = consents
        }
        return consents
    }
}
