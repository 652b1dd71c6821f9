/// Words with references to figures in them.
package struct PackText: Sendable, Hashable {
    package enum Piece: Sendable, Hashable {
        case words(String)
        case figure(Reference)
    }

    /// A place in running text where a figure stands.
    package struct Reference: Sendable, Hashable {
        /// The id of a figure of the file, or one of `Given`.
        package var figure: String
        package var part: FigurePart?
        package var form: Form
    }

    /// How a figure stands in its sentence.
    package enum Form: Sendable, Hashable {
        /// `{starts}`: the figure.
        case plain
        /// `{starts person|people}`: the figure with what it counts.
        case counted(one: String, many: String)
        /// `{starts: was|were}`: a word that goes with the figure, and not the figure.
        case word(one: String, many: String)
    }

    /// What every text may name without its being defined.
    package enum Given: String, Sendable, CaseIterable {
        case asAt = "as-at"
        case date
        case board
        case programme
    }

    package var pieces: [Piece]

    package init(_ pieces: [Piece]) { self.pieces = pieces }
    package init(_ words: String) { pieces = [.words(words)] }
}
