import Kernel
import Programmes

extension Pack {
    /// Reads a pack's file and checks it against its programme's.
    ///
    /// - Parameters:
    ///   - text: the file's YAML, in the format of `docs/board-packs.md`.
    ///   - file: the file's name, for the faults.
    ///   - programmes: the ids of the programmes that there are.
    ///   - programme: reads the file of one of them.
    /// - Throws: every fault of the file, each with its line, column and field.
    package init(
        yaml text: String,
        file: String,
        programmes: [String],
        programme: (String) -> Programme?
    ) throws(Faults) {
        let (pack, log) = Self.read(text, file: file, programmes, programme)
        guard let pack, log.faults.isEmpty else { throw Faults(faults: log.sortedFaults) }
        self = pack
    }

    /// Every fault of a pack's file, from the top down; none if it is sound.
    package static func check(
        yaml text: String,
        file: String,
        programmes: [String],
        programme: (String) -> Programme?
    ) -> [Fault] {
        read(text, file: file, programmes, programme).log.sortedFaults
    }

    /// The programme that a file is about, without reading the rest of it; nil if it says none.
    package static func programme(in text: String) -> String? {
        var yaml = YAMLText(text, log: ReadingLog(file: ""))
        return yaml.root()?.scalar(at: "programme")
    }

    /// Whether a file is a pack, and no programme.
    package static func isPack(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("pack:") }
    }

    private static func read(
        _ text: String,
        file: String,
        _ programmes: [String],
        _ programme: (String) -> Programme?
    ) -> (pack: Pack?, log: ReadingLog) {
        let log = ReadingLog(file: file)
        var yaml = YAMLText(text, log: log)
        guard let root = yaml.root(of: "a board pack") else { return (nil, log) }
        let pack = root.read("pack") { reader in
            let found = reader.required("programme").flatMap { place -> Programme? in
                guard let id = place.text(), let found = programme(id) else {
                    if let id = place.scalarText, !id.isEmpty {
                        place.fault(
                            "there is no programme `\(id)`",
                            expected: oneOf(programmes, nearest: id)
                        )
                    }
                    return nil
                }
                return found
            }
            let figures = FigureReader(programme: found).figures(reader.optional("figures"))
            let texts = PackTextReader(file: text, figures: figures.read, faulty: figures.faulty)
            return PackReader(texts: texts, programme: found).pack(reader)
        }
        return (log.faults.isEmpty ? pack : nil, log)
    }
}

/// Reads what stands in a pack's file besides its figures.
struct PackReader {
    let texts: PackTextReader
    /// Nil when it could not be found: then nothing is held against it.
    let programme: Programme?

    func pack(_ reader: MappingReader) -> Pack? {
        let id = reader.required("pack")?.id()
        let board = reader.required("board")?.text()
        let kind = reader.optional("kind")?.text()
        let subject = reader.required("subject")?.text()
        let date = reader.optional("date")?.date()
        let asAt = reader.optional("as_at")?.date()
        let front = reader.optional("front").map(front) ?? []
        let summary = reader.list("summary").compactMap(block)
        let decisions = reader.list("decisions").compactMap(decision)
        let sections = reader.required("sections")?.list().compactMap(section)
        guard let id, let programme, let board, let subject, let sections else { return nil }
        return Pack(
            id: id,
            programme: programme.id,
            board: board,
            kind: kind,
            subject: subject,
            date: date,
            asAt: asAt,
            front: front,
            summary: summary,
            decisions: decisions,
            figures: texts.figures,
            sections: sections
        )
    }

    private func front(_ place: Place) -> [FrontEntry] {
        place.entries().map { key, value in
            FrontEntry(
                heading: key.scalarText ?? "",
                texts: value.listOrOne().compactMap(texts.text)
            )
        }
    }

    private func decision(_ place: Place) -> Decision? {
        place.read("decision") { reader in
            guard let (key, value) = reader.exactlyOne(Decision.Ask.allCases.map(\.rawValue)),
                let ask = Decision.Ask(rawValue: key), let text = texts.text(value)
            else { return nil }
            return Decision(ask: ask, text: text)
        }
    }

    private func section(_ place: Place) -> PackSection? {
        place.read("section") { reader in
            let heading = reader.required("heading")?.text()
            let blocks = reader.required("content")?.list().compactMap(block)
            guard let heading, let blocks else { return nil }
            return PackSection(heading: heading, blocks: blocks)
        }
    }
}

extension Place {
    /// The single value of a key, if one is written.
    fileprivate func scalar(at key: String) -> String? {
        guard isMapping else { return nil }
        return entries().first { $0.key.scalarText == key }?.value.scalarText
    }
}
