import Application
import Casework
import HTML
import Kernel
import Store
import Web

/// Finding people, and joining two records of one person.
enum PeoplePages {
    static let routes: [PageRoute] = [
        .get("/governance/people", .action(.mergePeople)) { try await show($0, $0.typed, []) },
        .post("/governance/people", .action(.mergePeople)) { try await find($0) },
        .get("/governance/people/compare", .action(.mergePeople)) { visit in
            if visit.typed.isEmpty { return .redirect(to: "/governance/people") }
            return try await compare(visit, visit.typed)
        },
        .post("/governance/people/compare", .action(.mergePeople)) { visit in
            if visit.request.form["keep"] != nil { return try await merge(visit) }
            return try await compare(visit, visit.request.form)
        },
    ]

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem],
        found: [FoundPerson]? = nil
    ) async throws -> Response {
        let fields = Fields(typed, problems)
        let pairs = try await visit.goodwork.likePairs(by: visit.actor)
        return visit.page(
            "People",
            width: .full,
            problems: problems,
            back: GovernancePages.back
        ) {
            h1 { "People" }
            h2 { "Find a person" }
            visit.sentForm(to: "/governance/people") {
                fields.text(
                    "nhs_number",
                    "NHS number",
                    hint: "Or give the birth date, with both names or the postcode",
                    width: 10,
                    inputmode: "numeric",
                    isOptional: true
                )
                fields.text("given_name", "Given name", isOptional: true)
                fields.text("family_name", "Family name", isOptional: true)
                fields.text("postcode", "Postcode", width: 10, isOptional: true)
                fields.birthDate("birth_date", "Birth date (optional)")
                fields.reason("Why do you look for this person?")
                submit("Find")
            }
            if let found { results(visit, found, typed, fields) }
            h2 { "Records that may be of one person" }
            candidates(visit, pairs, fields)
            p { a(.href("/governance/people/apart")) { "See who was found to be two people" } }
        }
    }

    private static func find(
        _ visit: Visit,
        _ problems: [Problem] = []
    ) async throws -> Response {
        let form = visit.request.form
        var reader = FormReader(form, today: visit.today)
        var identity = Identity()
        if let typed = reader.optionalText("nhs_number", max: 40) {
            identity.nhsNumber = NHSNumber(typed)?.digits
            if identity.nhsNumber == nil {
                reader.fault("nhs_number", "This is not an NHS number: check its ten digits")
            }
        }
        identity.givenName = reader.optionalText("given_name", max: 200)
        identity.familyName = reader.optionalText("family_name", max: 200)
        identity.birthDate = reader.birthDate("birth_date")?.iso
        let reason = reader.text("reason", "Say why you look for this person", max: 500)
        if let typed = reader.optionalText("postcode", max: 20) {
            identity.postcode = Postcode(typed)?.text
            if identity.postcode == nil {
                reader.fault("postcode", "Give a whole postcode, such as M20 2LS")
            }
        }
        if !identity.canBeLookedUp, reader.problems.isEmpty {
            let says = "Give the NHS number, or the birth date with both names or the postcode"
            reader.fault("nhs_number", says)
        }
        guard let reason, reader.problems.isEmpty else {
            return try await show(visit, form, reader.problems)
        }
        let found = try await visit.goodwork.find(identity, reason: reason, by: visit.actor)
        return try await show(visit, form, problems, found: found)
    }

    /// What was searched for; a form of what was found carries it along.
    private static let searched = [
        "nhs_number", "given_name", "family_name", "postcode", "birth_date", "reason",
    ]

    private static func results(
        _ visit: Visit,
        _ found: [FoundPerson],
        _ typed: Form,
        _ fields: Fields
    ) -> HTML {
        guard !found.isEmpty else {
            return h2 { "Nobody was found" } + p { "Check the spelling, or try the NHS number." }
        }
        let choices = found.map { person in
            Choice(person.id.text, person.title, hint: person.hint)
        }
        return h2 { found.count == 1 ? "1 person" : "\(found.count) people" }
            + (found.count == 1
                ? p {
                    strong { found[0].title }
                    " " + (found[0].hint ?? "")
                }
                : visit.sentForm(to: "/governance/people/compare") {
                    for field in typed.fields where searched.contains(field.name) {
                        Fields.hidden(field.name, field.value)
                    }
                    fields.checkboxes(
                        "person",
                        "Choose two to compare",
                        choices,
                        hint: "They can be joined when they are one person"
                    )
                    submit("Compare", isSecondary: true)
                })
    }

    private static func candidates(
        _ visit: Visit,
        _ pairs: [LikePair],
        _ fields: Fields
    ) -> HTML {
        guard !pairs.isEmpty else { return p { "No two records look like one person." } }
        let choices = pairs.map { pair in
            let words =
                switch pair.why {
                case .sameNumber: "Same NHS number"
                case .sameName: "Same name and birth date, not both with an NHS number"
                case .samePlace: "Same postcode and birth date, not both with an NHS number"
                }
            let sides = [pair.oneCases, pair.otherCases].map(ToldPair.words)
            let parted = pair.partedOn.map { ". Joined once, and parted on \($0.uk)" } ?? ""
            return Choice(
                "\(pair.one.text) \(pair.other.text)",
                sides.joined(separator: " and "),
                hint: words + parted
            )
        }
        return visit.sentForm(to: "/governance/people/compare") {
            fields.radios("pair", "Which two?", choices)
            fields.text(
                "why",
                "Why do you compare them?",
                hint: "This is kept, sealed, in the access log. Do not name the person in it."
            )
            submit("Compare")
        }
    }

    /// The two whom a form names, by a pair or by two ticks.
    static func two(_ form: Form) -> [PersonID] {
        let texts =
            form["pair"].map { $0.split(separator: " ").map(String.init) } ?? form.all("person")
        return texts.compactMap { PersonID($0) }
    }

    /// Two people side by side, and what can be said of them.
    static func compare(
        _ visit: Visit,
        _ form: Form,
        problems: [Problem] = []
    ) async throws -> Response {
        let ids = two(form)
        // The ticks are on what was found, which is found again to be shown again.
        if ids.count != 2, form["pair"] == nil, form["reason"] != nil {
            return try await find(visit, [Problem("person", "Choose two people")])
        }
        guard ids.count == 2, let reason = form["reason"] ?? form["why"] else {
            var problems: [Problem] = []
            if ids.count != 2 { problems.append(Problem("pair", "Choose two records")) }
            if form["why"] == nil { problems.append(Problem("why", "Say why you compare them")) }
            return try await show(visit, form, problems)
        }
        let (one, other, parted, apart) = try await visit.goodwork.compare(
            ids[0],
            ids[1],
            reason: reason,
            by: visit.actor
        )
        let fields = Fields(form, problems)
        let compared =
            Fields.hidden("person", one.id.text) + Fields.hidden("person", other.id.text)
            + Fields.hidden("reason", reason)
        return visit.page(
            "Compare two people",
            width: .full,
            problems: problems,
            back: ("Back to people", "/governance/people")
        ) {
            h1 { "Compare two people" }
            sideBySide(one, other)
            if one.id == other.id {
                p { "These records are joined already." }
            } else {
                for merge in parted {
                    if let undone = merge.undone {
                        inset {
                            p {
                                "They were joined on \(merge.saidAt.civilDateUK.uk), and parted on "
                                "\(undone.at.civilDateUK.uk) as two people: "
                                (undone.reason ?? "the reason is erased") + "."
                            }
                        }
                    }
                }
                if let apart {
                    ApartPages.standing(visit, apart)
                } else {
                    joining(visit, fields, one, other, compared: compared)
                    ApartPages.form(visit, fields, compared: compared)
                }
            }
        }
    }

    private static func joining(
        _ visit: Visit,
        _ fields: Fields,
        _ one: FoundPerson,
        _ other: FoundPerson,
        compared: HTML
    ) -> HTML {
        h2 { "Are they one person?" }
            + p {
                "Joining moves nothing. Every case stays as it is, reports do not change, "
                "and the two can be parted again."
            }
            + opening(one, other)
            + visit.sentForm(to: "/governance/people/compare") {
                compared
                fields.radios(
                    "keep",
                    "Which record stands for both?",
                    [Choice(one.id.text, "The first"), Choice(other.id.text, "The second")],
                    or: one.id.text,
                    isInline: true
                )
                fields.text(
                    "because",
                    "How do you know that they are one person?",
                    hint: "This is sealed with the merge."
                )
                submit("Join them")
            }
    }

    /// Whom joining lets see the other record, and in what the two differ.
    private static func opening(_ one: FoundPerson, _ other: FoundPerson) -> HTML {
        let sides = [("The first", one), ("The second", other)].filter { $0.1.hasAccount }
        if sides.isEmpty { return HTML() }
        let differing = details.filter { _, value in words(one, value) != words(other, value) }
            .map { $0.0 == "NHS number" ? $0.0 : $0.0.lowercased() }
        return warning("Joining opens a record to somebody who signs in") {
            for (title, _) in sides {
                p {
                    "\(title) signs in here, and will see all of the other record, and can change "
                    "its consents, as soon as they are joined."
                }
            }
            if !differing.isEmpty {
                p { "Be sure: the two differ in \(differing.joined(separator: ", "))." }
            }
        }
    }

    private static func merge(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        var reader = FormReader(form, today: visit.today)
        let ids = two(form)
        let keep = reader.choice("keep", "Choose one of the two", among: ids.map(\.text))
            .flatMap { PersonID($0) }
        let because = reader.text("because", "Say how you know", max: 1_000)
        var problems = reader.problems
        if let keep, let because, problems.isEmpty, let other = ids.first(where: { $0 != keep }) {
            problems = try await visit.refusals {
                _ = try await visit.goodwork.merge(
                    other,
                    into: keep,
                    reason: because,
                    by: visit.actor,
                    seed: .random(in: .min ... .max)
                )
            }
            if problems.isEmpty { return .redirect(to: "/governance/people/merges") }
        }
        return try await compare(visit, form, problems: problems)
    }

    /// What is told of a person, and how it is written.
    private static var details: [(String, (Identity) -> String?)] {
        [
            ("Name", { $0.name }),
            ("Birth date", { $0.birthDate.map { CivilDate(iso: $0)?.uk ?? $0 } }),
            ("NHS number", { $0.nhsNumber.map { NHSNumber($0)?.spaced ?? $0 } }),
            ("Postcode", { $0.postcode }), ("Address", { $0.address }), ("Phone", { $0.phone }),
            ("Email", { $0.email }),
        ]
    }

    private static func words(_ person: FoundPerson, _ value: (Identity) -> String?) -> String {
        person.records.map { $0.identity.flatMap(value) ?? "–" }.joined(separator: "; ")
    }

    private static func sideBySide(_ one: FoundPerson, _ other: FoundPerson) -> HTML {
        var table = ListTable("Two people", ["", "The first", "The second"], hidesCaption: true)
        table.headings[0] = "What"
        for (title, value) in details {
            table.add(HTML(title), HTML(words(one, value)), HTML(words(other, value)))
        }
        let cases = [one, other].map { person in
            person.cases.map {
                "\($0.header.reference) (\($0.header.programme), \($0.state.rawValue))"
            }.joined(separator: "; ")
        }
        table.add(HTML("Cases"), HTML(cases[0]), HTML(cases[1]))
        return table.html
    }
}

extension FoundPerson {
    fileprivate var title: String {
        records.lazy.compactMap { $0.identity?.name }.first ?? "No name is known"
    }

    fileprivate var hint: String? {
        let identity = records.lazy.compactMap(\.identity).first
        let born = identity?.birthDate.map { "born " + (CivilDate(iso: $0)?.uk ?? $0) }
        let number = identity?.nhsNumber.map { "NHS number " + (NHSNumber($0)?.spaced ?? $0) }
        let cases = self.cases.map(\.header.reference).joined(separator: ", ")
        let parts = [
            born, number, identity?.postcode, cases.isEmpty ? nil : "cases \(cases)",
            records.allSatisfy(\.isErased) ? "erased" : nil,
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
