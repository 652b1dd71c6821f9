import Application
import Casework
import HTML
import Kernel
import Programmes
import Store
import Web

/// Who the person is, put right or completed; what else the referral said has a form of its own.
enum DetailsForm {
    static let path = "details"
    private static let pattern = "/cases/:case/\(path)"

    static let routes: [PageRoute] = [
        .get(pattern, .onCase(.changeIdentity)) { try await answer($0) },
        .post(pattern, .onCase(.changeIdentity)) { try await answer($0) },
    ]

    /// Holds the NHS number that is saved though somebody else has it.
    private static let confirmed = "_same_number"
    private static let nothingNew = "Change at least one of the details"

    private static func answer(_ visit: Visit) async throws -> Response {
        let file = try visit.file()
        // Of whoever was erased nothing is left to put right.
        guard file.identity != nil else {
            throw ServiceError(.notFound, "There is no such page.")
        }
        return try await form(others: try await others(visit, file)).answer(visit)
    }

    private static func form(others: [CaseRow]) -> CaseForm {
        CaseForm(
            path: path,
            title: "Change details",
            action: .changeIdentity,
            button: "Save the details",
            nothingNew: nothingNew,
            fields: { _, file, fields in questions(file, fields, others) },
            read: { _, file, reader in command(file, others, &reader) }
        )
    }

    /// The cases of whoever else has the number that was typed, of those that the visitor may know.
    private static func others(_ visit: Visit, _ file: CaseFile) async throws -> [CaseRow] {
        let form = visit.request.form
        guard let typed = form[IdentityField.nhsNumber.rawValue], typed != form[confirmed],
            let number = NHSNumber(typed), number.digits != file.identity?.nhsNumber
        else { return [] }
        return try await visit.goodwork.cases(
            withNumber: number,
            besides: file.header.person,
            by: visit.actor
        )
    }
}

// MARK: - What is asked

extension DetailsForm {
    @HTMLBuilder
    private static func questions(
        _ file: CaseFile,
        _ fields: Fields,
        _ others: [CaseRow]
    ) -> HTML {
        p { "Change what is wrong or new. The age at referral follows the date of birth." }
        if file.may.contains(.changeCase), file.case.isOpen {
            p {
                "Gender, ethnic group, GP practice and what else the referral said: "
                a(.href("\(file.path)/\(CorrectionForm.path)")) { CorrectionForm.title }
            }
        }
        if !others.isEmpty {
            Fields.hidden(confirmed, fields.typed[IdentityField.nhsNumber.rawValue] ?? "")
        }
        for field in IdentityField.allCases {
            // What was shown: only what differs from it was changed in this form.
            Fields.hidden(
                before(field),
                fields.typed.raw(before(field)) ?? shown(field, file) ?? ""
            )
            question(field, shown(field, file), fields)
        }
        asked(file, fields)
    }

    private static func question(
        _ field: IdentityField,
        _ known: String?,
        _ fields: Fields
    ) -> HTML {
        let name = field.rawValue
        switch field {
        case .givenName: return fields.text(name, "First name", or: known)
        case .familyName: return fields.text(name, "Last name", or: known)
        case .birthDate:
            let hint = "For example, 31 1 1980"
            return fields.text(name, "Date of birth", hint: hint, or: known, width: 20)
        case .nhsNumber:
            return fields.text(
                name,
                "NHS number",
                hint: "Where two records have the same, information governance can join them.",
                or: known,
                width: 20,
                inputmode: "numeric",
                isOptional: true
            )
        case .postcode:
            return fields.text(name, "Postcode", or: known, width: 10, isOptional: true)
        case .address:
            return fields.area(name, "Address", or: known, rows: 3, isOptional: true)
        case .phone:
            return fields.text(
                name,
                "Telephone",
                hint: "Leave it blank if it is no longer theirs.",
                or: known,
                width: 20,
                type: "tel",
                isOptional: true
            )
        case .email:
            return fields.text(name, "Email", or: known, type: "email", isOptional: true)
        }
    }

    /// What the person asked for: it is done with this, unless it is unticked.
    private static func asked(_ file: CaseFile, _ fields: Fields) -> HTML {
        let wishes = wishes(file)
        if wishes.isEmpty { return HTML() }
        return fields.checkboxes(
            "wishes",
            "What the person asked for: tick what is done with this",
            wishes.map { Choice($0.id, $0.words("Wish")) },
            or: wishes.map(\.id),
            isOptional: true
        )
    }

    private static func wishes(_ file: CaseFile) -> [PlanItem] {
        guard file.case.isOpen else { return [] }
        return file.case.actions.filter {
            $0.state == .open && $0.id.hasPrefix(Goodwork.detailsWish)
        }
    }

    /// The name under which what was shown of a field is sent along.
    private static func before(_ field: IdentityField) -> String { "had-\(field.rawValue)" }

    /// A detail as the form shows it.
    private static func shown(_ field: IdentityField, _ file: CaseFile) -> String? {
        guard let value = file.identity?[field] else { return nil }
        switch field {
        case .birthDate: return CivilDate(iso: value)?.uk ?? value
        case .nhsNumber: return NHSNumber(value)?.spaced ?? value
        default: return value
        }
    }
}

// MARK: - What was sent

extension DetailsForm {
    private static func command(
        _ file: CaseFile,
        _ others: [CaseRow],
        _ reader: inout FormReader
    ) -> Command? {
        let details = details(file, &reader)
        let done = reader.choices("wishes", among: wishes(file).map(\.id))
        if let other = others.first {
            let says =
                "Case \(other.header.reference) has this NHS number too. If it is right, save again: "
                + "information governance sees the two records, and can join them"
            reader.fault(IdentityField.nhsNumber.rawValue, says)
        }
        if details.fields.isEmpty, done.isEmpty, reader.problems.isEmpty {
            reader.fault(IdentityField.givenName.rawValue, nothingNew)
        }
        guard reader.problems.isEmpty else { return nil }
        var command = Command()
        if !details.fields.isEmpty {
            command.entries.append(Command.Entry(body: .detailsChanged(details), on: file.today))
        }
        for wish in done {
            var action = ActionRef()
            action.action = wish
            command.entries.append(Command.Entry(body: .actionDone(action), on: file.today))
        }
        return command
    }

    /// What differs from what was shown.
    private static func details(_ file: CaseFile, _ reader: inout FormReader) -> DetailsChanged {
        var details = DetailsChanged()
        for field in IdentityField.allCases {
            // A field that was not sent says nothing.
            guard reader.form.raw(field.rawValue) != nil else { continue }
            let typed = reader.form[field.rawValue].map(withPlainBreaks)
            if typed == reader.form[before(field)].map(withPlainBreaks) { continue }
            let value = read(field, typed, &reader)
            if value == file.identity?[field] { continue }
            details.fields.append(field.rawValue)
            details.identity[field] = value
        }
        return details
    }

    /// Browsers send a line break as two characters.
    private static func withPlainBreaks(_ text: String) -> String {
        text.replacing("\r\n", with: "\n")
    }

    /// A detail as it is kept; nil where it was cleared, or a problem was noted.
    private static func read(
        _ field: IdentityField,
        _ typed: String?,
        _ reader: inout FormReader
    ) -> String? {
        let name = field.rawValue
        guard let typed else {
            let isName = field == .givenName || field == .familyName
            if isName { reader.fault(name, "Enter the \(field.words)") }
            return nil
        }
        switch field {
        case .birthDate: return reader.spokenBirthDate(name)?.iso
        case .nhsNumber:
            if let problem = NHSNumber.problem(with: typed) {
                reader.fault(name, "The NHS number \(problem)")
            }
            return NHSNumber(typed)?.digits
        case .postcode:
            let postcode = Postcode(typed)
            if postcode == nil { reader.fault(name, "Enter a whole postcode, such as M20 2LS") }
            return postcode?.text
        case .givenName, .familyName, .phone, .email:
            if let problem = Identity.problem(with: typed, in: field) {
                reader.fault(name, "The \(field.words) \(problem)")
            }
            return reader.optionalText(name, max: field == .email ? 200 : 100)
        case .address: return reader.optionalText(name, max: 400).map(withPlainBreaks)
        }
    }
}
