import Kernel
import Programmes

/// Finds the references in a text of the file.
///
/// YAML folds lines, so a text does not say where in the file its braces stand. They stand there in
/// the same order, and are counted.
struct PackTextReader {
    private let lines: [[Unicode.Scalar]]
    let figures: [PackFigure]
    /// Names of figures that have a fault of their own; one fault is enough.
    private let faulty: [String]

    init(file text: String, figures: [PackFigure], faulty: [String]) {
        self.faulty = faulty
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { Array($0.unicodeScalars) }
        self.figures = figures
    }

    /// Whether a figure of this name is written, with a fault or without.
    func knows(_ id: String) -> Bool {
        faulty.contains(id) || figures.contains { $0.id == id }
    }

    /// The text that is written at a place, with its references checked.
    func text(_ place: Place) -> PackText? {
        place.text().map { pieces(of: $0, place) }
    }

    private func pieces(of text: String, _ place: Place) -> PackText {
        var pieces: [PackText.Piece] = []
        var words = ""
        var rest = Substring(text)
        // Block scalars end with a line break that nobody means.
        while rest.last?.isNewline == true { rest.removeLast() }
        var braces = 0
        while let character = rest.first {
            rest.removeFirst()
            guard character == "{" else {
                words.append(character)
                continue
            }
            braces += 1
            if rest.first == "{" {
                rest.removeFirst()
                braces += 1
                words.append(character)
                continue
            }
            guard let end = rest.firstIndex(of: "}") else {
                fault(place, braces, "a reference has no end", "`}` after it, or `{{` for a brace")
                break
            }
            let inner = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
            guard let reference = reference(inner, place, braces) else { continue }
            if !words.isEmpty { pieces.append(.words(words)) }
            words = ""
            pieces.append(.figure(reference))
        }
        if !words.isEmpty { pieces.append(.words(words)) }
        return PackText(pieces)
    }

    private func reference(
        _ inner: String,
        _ place: Place,
        _ brace: Int
    ) -> PackText.Reference? {
        var parts = inner.split(maxSplits: 1) { $0.isWhitespace }.map(String.init)
        guard var name = parts.first, !inner.contains("{") else {
            fault(place, brace, "`{\(inner)}` names no figure", "a figure, such as {starts}")
            return nil
        }
        let isWordOnly = name.hasSuffix(":")
        if isWordOnly { name.removeLast() }
        let named = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        guard let form = form(&parts, isWordOnly, inner, place, brace) else { return nil }
        let id = named[0]
        guard let figure = figures.first(where: { $0.id == id }) else {
            if PackText.Given(rawValue: id) != nil, named.count == 1, form == .plain {
                return PackText.Reference(figure: id, part: nil, form: .plain)
            }
            if faulty.contains(id) { return nil }
            let known = figures.map(\.id) + PackText.Given.allCases.map(\.rawValue)
            fault(
                place,
                brace,
                "`\(id)` is not a figure of this file",
                oneOf(known, nearest: id)
            )
            return nil
        }
        var part: FigurePart?
        if named.count > 1 {
            let known = figure.parts.map(\.rawValue)
            guard let found = figure.parts.first(where: { $0.rawValue == named[1] }) else {
                let problem = "`\(named[1])` is not a part of `\(id)`"
                let none = "`{\(id)}`, which has no parts"
                fault(place, brace, problem, known.isEmpty ? none : oneOf(known, nearest: named[1]))
                return nil
            }
            part = found
        }
        if form != .plain, !figure.isCount(part) {
            fault(place, brace, "`\(name)` counts nothing", "a word after a count only")
            return nil
        }
        return PackText.Reference(figure: id, part: part, form: form)
    }

    private func form(
        _ parts: inout [String],
        _ isWordOnly: Bool,
        _ inner: String,
        _ place: Place,
        _ brace: Int
    ) -> PackText.Form? {
        guard parts.count > 1 else {
            if !isWordOnly { return .plain }
            fault(place, brace, "`{\(inner)}` has no words", "both, such as {starts: was|were}")
            return nil
        }
        let words = parts[1].split(separator: "|", omittingEmptySubsequences: false).map {
            $0.split { $0.isWhitespace }.joined(separator: " ")
        }
        guard words.count == 2, !words.contains("") else {
            fault(
                place,
                brace,
                "`\(parts[1])` is not one word and many",
                "both with | between, such as person|people"
            )
            return nil
        }
        return isWordOnly
            ? .word(one: words[0], many: words[1]) : .counted(one: words[0], many: words[1])
    }

    /// Notes a fault at the brace of that number within a text.
    private func fault(_ place: Place, _ brace: Int, _ problem: String, _ expected: String) {
        var (line, column) = (place.line, place.column)
        var left = brace
        var from = column - 1
        search: for number in max(0, line - 1)..<max(line, lines.count) {
            guard lines.indices.contains(number) else { break }
            for at in from..<max(from, lines[number].count) where lines[number][at] == "{" {
                left -= 1
                if left == 0 {
                    (line, column) = (number + 1, at + 1)
                    break search
                }
            }
            from = 0
        }
        place.log.add(
            line: line,
            column: column,
            field: place.path,
            problem: problem,
            expected: expected
        )
    }
}

extension PackFigure {
    /// The parts by which a reference may ask for it.
    var parts: [FigurePart] {
        switch source {
        case .row, .dashboard: FigurePart.allCases
        case .trajectory, .claim, .target, .funding, .constant: []
        }
    }

    /// Whether the figure, or a part of it, counts something.
    func isCount(_ part: FigurePart?) -> Bool {
        switch source {
        case .row, .dashboard: part == nil || part == .count || part == .of
        case .trajectory(let figure, _): ![.forecast, .course].contains(figure)
        case .claim(let figure, _): figure == .people
        case .funding(let figure, _): figure == .people
        case .target: true
        case .constant: false
        }
    }
}
