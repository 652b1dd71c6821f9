import Kernel
import Programmes

extension CaseHeader {
    /// The header of a case that is opened here, with a reference of our own.
    package init(opening id: CaseID, in programme: Programme, of person: PersonID) {
        self.init(
            id: id,
            programme: programme.id,
            programmeVersion: programme.version,
            reference: Self.reference(of: id),
            person: person
        )
    }

    /// A reference that can be read out on the telephone: `4K7P-2D9Q`.
    ///
    /// It is of Crockford's base 32, which has no letter that is taken for a digit. The first two
    /// characters go round with the clock, once in 33 seconds, and the others are random: what is
    /// opened in one moment stands together in the index of references, and is written at once.
    private static func reference(of id: CaseID) -> String {
        let bits = (id.high >> 21 & 0x3FF) << 30 | id.low & 0x3FFF_FFFF
        var text: [UInt8] = []
        for place in stride(from: 35, through: 0, by: -5) {
            if place == 15 { text.append(UInt8(ascii: "-")) }
            text.append(alphabet[Int(bits >> UInt64(place) & 31)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What somebody may mean who types a reference: as it stands; in capitals; and as one of ours,
    /// with its hyphen, and with digits for the letters that are taken for them.
    package static func references(meant typed: String) -> [String] {
        let capitals = typed.uppercased()
        let bare = capitals.filter { !$0.isWhitespace && $0 != "-" }
        guard bare.count == 8 else { return [typed, capitals] }
        let halves = [bare, String(bare.map { taken[$0] ?? $0 })].map {
            "\($0.prefix(4))-\($0.suffix(4))"
        }
        return [typed, capitals] + halves
    }

    private static let taken: [Character: Character] = ["I": "1", "L": "1", "O": "0"]

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}
