import Application
import Casework
import HTML
import Kernel
import Programmes
import Store

/// Who the case is about, who holds it and how far it has come.
enum CaseHead {
    static func html(_ visit: Visit, _ file: CaseFile) -> HTML {
        h1 {
            span(.class("nhsuk-caption-l")) { "Case \(file.header.reference)" }
            file.title
        }
            + steps(file) + facts(visit, file)
    }

    private static func facts(_ visit: Visit, _ file: CaseFile) -> HTML {
        var rows = Summary()
        let identity = file.identity
        if let birth = identity?.birthDate.flatMap({ CivilDate(iso: $0) }) {
            rows.add("Born", "\(birth.uk) (age \(birth.age(on: visit.today)))")
        }
        rows.add(
            "NHS number",
            identity?.nhsNumber.map { NHSNumber($0)?.spaced ?? $0 }
        )
        if let phone = identity?.phone {
            rows.add("Telephone") {
                a(.href("tel:" + phone.filter { !$0.isWhitespace })) { phone }
            }
        }
        rows.add("Email", identity?.email)
        let home = [identity?.address, identity?.postcode].compactMap(\.self)
        rows.add("Address", home.isEmpty ? nil : home.joined(separator: ", "))
        rows.add("Programme", file.programme.name)
        rows.add("Strand", CaseWords.strand(file.case.strand, in: file.programme) ?? "None yet")
        rows.add("Coach", file.case.coach.map { visit.names[$0] } ?? "None yet")
        rows.add("Provider", file.relations.provider.map(visit.names.organisation) ?? "None yet")
        return div(.class("gw-case-facts")) { rows.html } + change(file)
    }

    private static func change(_ file: CaseFile) -> HTML {
        guard file.identity != nil, file.may.contains(.changeIdentity) else { return HTML() }
        return partLink("Change details", to: "\(file.path)/\(DetailsForm.path)")
    }

    /// The states as a bar: those reached, the one it is in, those to come.
    private static func steps(_ file: CaseFile) -> HTML {
        let states = file.case.way(in: file.programme)
        return workflowBar(
            states.map { Words.capital($0.rawValue) },
            current: Words.capital(file.state.rawValue),
            days: states.map { $0 == .tracking ? nil : file.case[$0.milestone] }
        )
    }

    /// Links to the person's other cases.
    static func others(_ rows: [CaseRow], _ names: ProgrammeNames) -> HTML {
        if rows.isEmpty { return HTML() }
        return inset {
            p { "This person has other cases:" }
            ul {
                for row in rows {
                    li {
                        a(.href("/cases/\(row.header.id.text)")) {
                            "\(names[row.header]), \(row.header.reference)"
                        }
                        " "
                        CaseWords.state(row.state)
                    }
                }
            }
        }
    }
}
