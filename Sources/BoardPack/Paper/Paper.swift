import Funding
import HTML
import Kernel
import Measures
import Programmes

/// A pack with its figures, as a document to be read, printed and made into other formats.
package struct Paper {
    let pack: Pack
    let data: PackData
    private let values: [String: FigureValue]
    /// Where each figure is named, such as "3.2".
    private var places: [String: [String]] = [:]
    /// The paragraph that is being written.
    private var place = ""
    private var tables = 0
    private var charts = 0

    package init(_ pack: Pack, _ data: PackData) {
        self.pack = pack
        self.data = data
        values = Dictionary(
            pack.figures.map { ($0.id, data.value(of: $0)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The whole document: complete, with its own style sheet, and without anything from elsewhere.
    package var document: [UInt8] {
        var paper = self
        let content = paper.content()
        return html(.lang("en-GB")) {
            head {
                meta(Attribute("charset", "utf-8"))
                title { pack.subject }
                meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                meta(.name("description"), .content("\(pack.board). \(asAtWords)"))
                meta(.name("generator"), .content("Goodwork"))
                HTML(element: "style", [], .trusted(Paper.style))
            }
            body { content }
        }
        .document
    }

    /// The paper's text and pictures, from its title to its last annex.
    private mutating func content() -> HTML {
        let top = front()
        let summary = summary()
        var sections = HTML()
        for (number, section) in pack.sections.enumerated() {
            sections.append(self.section(section, number: number + 1))
        }
        let annex = annex()
        return a(.class("skip"), .href("#main")) { "Skip to the report" }
            + main(.id("main")) {
                draftNotice
                top
                summary
                contents
                sections
                annex
            }
    }

    private var draftNotice: HTML {
        guard data.isDraft else { return HTML() }
        return p(.class("draft")) {
            strong { "Draft. " }
            "These figures were not released. Make the pack before it goes to the board."
        }
    }

    private var contents: HTML {
        nav(.class("contents"), .aria("label", "Contents")) {
            h2 { "Contents" }
            ol {
                for (number, section) in pack.sections.enumerated() {
                    li {
                        a(.href("#section-\(number + 1)")) {
                            span(.class("number")) { "\(number + 1)." }
                            " " + section.heading
                        }
                    }
                }
                li {
                    a(.href("#annex")) {
                        span(.class("number")) { "A." }
                        " Figures in this report"
                    }
                }
            }
        }
    }

    private mutating func section(_ section: PackSection, number: Int) -> HTML {
        var content = h2 {
            span(.class("number")) { "\(number).0" }
            " " + section.heading
        }
        var paragraph = 0
        for block in section.blocks {
            if case .paragraph(let text) = block {
                paragraph += 1
                place = "\(number).\(paragraph)"
                content.append(
                    p(.class("numbered")) {
                        span(.class("number")) { place }
                        " "
                        words(text)
                    }
                )
            } else {
                if place.isEmpty || paragraph == 0 { place = "\(number).0" }
                content.append(self.block(block))
            }
        }
        return HTML.section(id: "section-\(number)", content)
    }

    private mutating func summary() -> HTML {
        guard !pack.summary.isEmpty else { return HTML() }
        place = "summary"
        var content = h2 { "Summary" }
        for block in pack.summary {
            if case .paragraph(let text) = block {
                content.append(p { words(text) })
            } else {
                content.append(self.block(block))
            }
        }
        return HTML.section(id: "summary", content)
    }

    // MARK: - Words

    /// A text with its figures, each leading to what is said of it in the annex.
    mutating func words(_ text: PackText, at place: String? = nil) -> HTML {
        if let place { self.place = place }
        var content = HTML()
        var before = ""
        for piece in text.pieces {
            switch piece {
            case .words(let words):
                content.append(HTML(words))
                before = words
            case .figure(let reference):
                let startsSentence = before.isEmpty || before.endsSentence
                let said = said(reference)
                let text = startsSentence ? said.capitalisedFirst : said
                if values[reference.figure] == nil {
                    content.append(HTML(text))
                } else if case .word = reference.form {
                    content.append(HTML(text))
                } else {
                    note(reference.figure)
                    let link = Attribute.href("#figure-\(reference.figure)")
                    content.append(a(.class("figure"), link) { text })
                }
                before = text
            }
        }
        return content
    }

    private func said(_ reference: PackText.Reference) -> String {
        if let value = values[reference.figure] {
            let said = reference.part.flatMap { value.parts[$0] } ?? value.whole
            return said.words(reference.form)
        }
        switch PackText.Given(rawValue: reference.figure) {
        case .asAt: return data.asAt.uk
        case .date: return pack.date?.uk ?? "a date to be set"
        case .board: return pack.board
        case .programme: return data.programme.name
        case nil: return ""
        }
    }

    /// Notes that a figure is named in the paragraph that is being written.
    mutating func note(_ figure: String) {
        if places[figure]?.last != place { places[figure, default: []].append(place) }
    }

    func value(_ figure: String) -> FigureValue? { values[figure] }
    func places(of figure: String) -> [String] { places[figure] ?? [] }

    mutating func nextTable() -> Int {
        tables += 1
        return tables
    }

    mutating func nextChart() -> Int {
        charts += 1
        return charts
    }

    var asAtWords: String { "Figures as at \(data.asAt.uk)" }
}

extension HTML {
    fileprivate static func section(id: String, _ content: HTML) -> HTML {
        HTML(element: "section", [.id(id)], content)
    }
}

extension String {
    /// Whether the next word begins a sentence.
    fileprivate var endsSentence: Bool {
        let last = last { !$0.isWhitespace }
        return self.last?.isWhitespace == true && last.map { ".!?".contains($0) } == true
    }
}
