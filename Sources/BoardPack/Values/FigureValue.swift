import Kernel
import Measures
import Programmes

/// A figure with all that is said about it.
package struct FigureValue: Sendable, Hashable {
    /// What it is called.
    package var label: String
    /// What is counted, and what was left out.
    package var definition: String
    /// Where it comes from.
    package var source: String
    /// What a plain reference prints.
    package var whole: Said
    package var parts: [FigurePart: Said]

    init(
        label: String,
        definition: String,
        source: String,
        whole: Said,
        parts: [FigurePart: Said] = [:]
    ) {
        self.label = label
        self.definition = definition
        self.source = source
        self.whole = whole
        self.parts = parts
    }
}

/// One number as it stands in a sentence.
package struct Said: Sendable, Hashable {
    enum Kind: Sendable { case number, share, amount, figure }

    var kind: Kind
    /// Nil when it is kept back, or when there is nothing to say yet.
    var text: String?
    /// What stands in a sentence, where that is not `text`.
    var inSentence: String?
    /// The count itself, for the word that follows it.
    var number: Int?
    var isHidden: Bool

    init(_ kind: Kind, _ text: String?, number: Int? = nil, isHidden: Bool = false) {
        self.kind = kind
        self.text = isHidden ? nil : text
        self.number = isHidden ? nil : number
        self.isHidden = isHidden
    }

    static func count(_ number: Int?, isHidden: Bool = false) -> Said {
        Said(.number, number.map { Show.thousands($0) }, number: number, isHidden: isHidden)
    }

    /// In a table or on a tile, where no sentence is broken.
    package var short: String { text ?? (isHidden ? "held back" : Show.nothing) }

    /// In a sentence: "523", "an undisclosed number", "an amount not yet known".
    var words: String {
        if let text { return inSentence ?? text }
        switch kind {
        case .number: return isHidden ? "an undisclosed number" : "a number not yet known"
        case .share: return isHidden ? "an undisclosed share" : "a share not yet known"
        case .amount: return isHidden ? "an undisclosed amount" : "an amount not yet known"
        case .figure: return isHidden ? "an undisclosed figure" : "a figure not yet known"
        }
    }

    /// With what it counts: "1 person", "523 people", "no people", "an undisclosed number of people".
    func words(_ form: PackText.Form) -> String {
        switch form {
        case .plain: return words
        case .counted(let one, let many):
            guard let text else { return "\(words) of \(many)" }
            if number == 0 { return "no \(many)" }
            return "\(text) \(number == 1 ? one : many)"
        case .word(let one, let many): return number == 1 ? one : many
        }
    }
}
