import Application
import Crypto
import HTML
import Kernel
import Web

/// The words of the pages that residents and the public see, language by language.
enum TranslationPages {
    static let routes: [PageRoute] = [
        .get("/admin/translations", .action(.translate)) { try await list($0) },
        .get("/admin/translations/:locale", .action(.translate)) {
            try await show($0, $0.typed, [])
        },
        .post("/admin/translations/:locale", .action(.translate)) { try await send($0) },
        .get("/admin/translations/:locale/export", .action(.translate)) { try await export($0) },
        .get("/admin/translations/:locale/import", .action(.translate)) {
            try importForm($0, $0.typed, [])
        },
        .post("/admin/translations/:locale/import", .action(.translate)) { try await bring($0) },
    ]

    private static let locales = Locale.all.filter { $0 != .english }

    private static func locale(_ visit: Visit) throws -> Locale {
        guard let found = locales.first(where: { $0.tag == visit.part("locale") }) else {
            throw ServiceError(.notFound, "There is no such language.")
        }
        return found
    }

    /// The name of a phrase's field: the phrase itself would be too long for one.
    static func field(_ phrase: String) -> String {
        let digits = Array("0123456789abcdef")
        let bytes = SHA256.hash(data: Array(phrase.utf8)).prefix(6)
        return "t-" + String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func list(_ visit: Visit) async throws -> Response {
        var table = ListTable("Languages", ["Language", "Done", "Missing"], hidesCaption: true)
        for locale in locales {
            let texts = try await visit.goodwork.translations(of: locale.tag)
            let done = Phrases.catalogue.count { texts[$0] != nil }
            table.add(
                a(.href("/admin/translations/\(locale.tag)")) {
                    span(.lang(locale.tag)) { locale.name }
                    " (\(locale.tag))"
                },
                HTML(grouped(done)),
                HTML(grouped(Phrases.catalogue.count - done))
            )
        }
        return visit.page("Translations", back: AdministratorPages.back) {
            h1 { "Translations" }
            p { "Where a phrase is missing in a language, the English words are shown." }
            table.html
        }
    }

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let locale = try locale(visit)
        let texts = try await visit.goodwork.translations(of: locale.tag)
        let fields = Fields(typed, problems)
        let path = "/admin/translations/\(locale.tag)"
        return visit.page(
            "Translations: \(locale.name)",
            problems: problems,
            back: ("Back to translations", "/admin/translations")
        ) {
            h1 {
                "Translations: "
                span(.lang(locale.tag)) { locale.name }
            }
            p {
                a(.href(path + "/export")) { "Download as CSV" }
                " or "
                a(.href(path + "/import")) { "bring in a CSV file" }
                "."
            }
            p { "Keep what stands in curly brackets, such as {day}: it is filled in later." }
            visit.sentForm(to: path) {
                for phrase in Phrases.catalogue {
                    fields.text(field(phrase), phrase, or: texts[phrase])
                }
                submit("Save")
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let locale = try locale(visit)
        let form = visit.request.form
        var texts: [String: String] = [:]
        var problems: [Problem] = []
        for phrase in Phrases.catalogue {
            guard let raw = form.raw(field(phrase)) else { continue }
            texts[phrase] = raw.trimmed
            if let says = fault(raw.trimmed, of: phrase) {
                problems.append(Problem(field(phrase), says))
            }
        }
        guard problems.isEmpty else { return try await show(visit, form, problems) }
        try await visit.goodwork.translate(texts, into: locale.tag, by: visit.actor)
        return .redirect(to: "/admin/translations")
    }

    /// What is wrong with a translation; nil when nothing is.
    static func fault(_ text: String, of phrase: String) -> String? {
        guard !text.isEmpty else { return nil }
        if Goodwork.turnsDirection(text) {
            return "“\(phrase)” has a character that turns the text's direction"
        }
        let (wanted, found) = (places(phrase), places(text))
        if wanted == found { return text.count > 2_000 ? "Use 2000 characters or fewer" : nil }
        if let missing = wanted.subtracting(found).sorted().first {
            return "“\(phrase)” must keep {\(missing)}"
        }
        let extra = found.subtracting(wanted).sorted().first ?? ""
        return "“\(phrase)” has no {\(extra)}"
    }

    /// The names in curly brackets.
    private static func places(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
                .compactMap { part in
                    part.contains("}") ? String(part.prefix { $0 != "}" }) : nil
                }
        )
    }

    // MARK: - CSV

    private static func export(_ visit: Visit) async throws -> Response {
        let locale = try locale(visit)
        let texts = try await visit.goodwork.translations(of: locale.tag)
        var csv = CSVWriter.line(["english", locale.tag])
        for phrase in Phrases.catalogue {
            csv += CSVWriter.line([phrase, texts[phrase] ?? ""], spreadsheetSafe: true)
        }
        return .file(
            Array(csv.utf8),
            name: "translations-\(locale.tag).csv",
            type: "text/csv; charset=utf-8"
        )
    }

    private static func importForm(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) throws -> Response {
        let locale = try locale(visit)
        let fields = Fields(typed, problems)
        let path = "/admin/translations/\(locale.tag)"
        return visit.page(
            "Bring in translations: \(locale.name)",
            problems: problems,
            back: ("Back", path)
        ) {
            h1 {
                "Bring in translations: "
                span(.lang(locale.tag)) { locale.name }
            }
            p {
                "The file has two columns, english and \(locale.tag). Blank cells change nothing."
            }
            visit.sentForm(to: path + "/import", isFile: true) {
                fileField(fields, "A CSV file")
                submit("Bring it in")
            }
        }
    }

    private static func bring(_ visit: Visit) async throws -> Response {
        let locale = try locale(visit)
        guard let text = visit.request.form.sentText else {
            return try importForm(
                visit,
                Form(),
                [Problem("file", "Choose a CSV file, or paste its text")]
            )
        }
        var typed = Form()
        typed.set("text", text)
        let (texts, problems) = read(text, locale)
        guard problems.isEmpty else { return try importForm(visit, typed, problems) }
        try await visit.goodwork.translate(texts, into: locale.tag, by: visit.actor)
        return .redirect(to: "/admin/translations/\(locale.tag)")
    }

    private static func read(
        _ text: String,
        _ locale: Locale
    ) -> (texts: [String: String], problems: [Problem]) {
        var texts: [String: String] = [:]
        var lines: [String: Int] = [:]
        var problems: [Problem] = []
        do {
            var file = try CSVFile(bytes: Array(text.utf8))
            guard let english = file.columns.firstIndex(of: "english"),
                let other = file.columns.firstIndex(of: locale.tag)
            else {
                let says = "The first line must name the columns english and \(locale.tag)"
                return ([:], [Problem("text", says)])
            }
            while try file.next() {
                let phrase = file.exactField(english)
                let translation = file.field(other).withoutGuard
                if translation.isEmpty { continue }
                let known = Phrases.catalogue.first { $0 == phrase || "'" + $0 == phrase }
                guard let known else {
                    problems.append(
                        Problem("text", "Line \(file.line): no page has the phrase “\(phrase)”")
                    )
                    continue
                }
                if let says = fault(translation, of: known) {
                    problems.append(Problem("text", "Line \(file.line): \(says)"))
                }
                if let line = lines[known] {
                    let says = "“\(known)” stands in line \(line) already"
                    problems.append(Problem("text", "Line \(file.line): \(says)"))
                }
                lines[known] = file.line
                texts[known] = translation
            }
        } catch {
            problems += error.faults.map { Problem("text", $0.description) }
        }
        return (texts, problems)
    }
}

extension String {
    /// Without the apostrophe that keeps a spreadsheet from taking a text for a formula.
    fileprivate var withoutGuard: String {
        guard hasPrefix("'"), let second = dropFirst().first, "=+-@".contains(second) else {
            return self
        }
        return String(dropFirst())
    }
}
