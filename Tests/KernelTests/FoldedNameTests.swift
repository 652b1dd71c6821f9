import Kernel
import Testing

@Suite("Names as they are looked for")
struct FoldedNameTests {
    /// What is looked for, and the ways to type it.
    private static let spellings: [(folded: String, names: [String])] = [
        ("sian", ["Sian", "SIAN", "Siân", "SIÂN", "Sia\u{302}n", " S i-an. "]),
        ("obrien", ["O'Brien", "O’Brien", "O‘Brien", "O\u{2BC}Brien", "OBrien", "o´brien"]),
        ("lukasz", ["Łukasz", "łukasz", "ŁUKASZ", "Lukasz"]),
        ("zoe", ["Zoë", "ZOË", "Zoe\u{308}", "Zoe"]),
        ("soren", ["Søren", "SØREN", "Soren"]),
        ("strasse", ["Straße", "STRAẞE", "Strasse"]),
        ("dordevic", ["Đorđević", "Dordevic"]),
        ("aegir", ["Ægir", "ÆGIR"]),
        ("thora", ["Þóra"]),
        ("gudrun", ["Guðrún"]),
        ("coeur", ["Cœur", "Cœur\u{200D}"]),
        ("isik", ["Işık", "IŞIK", "İşik"]),
        ("nguyen", ["Nguyễn", "NGUYỄN"]),
        ("adeola", ["Adéọlá"]),
        ("mary2", ["Mary 2", "ma\u{202E}ry2"]),
        ("", ["", "-", "’", "\u{200B}", "\u{301}"]),
        // Letters that are not Latin stay, and stay apart.
        ("иван", ["Иван"]),
        ("محمد", ["محمد"]),
        ("李小龙", ["李 小龙"]),
    ]

    @Test("However a name is typed, it is the same")
    func folding() {
        for (folded, names) in Self.spellings {
            for name in names { #expect(name.foldedName == folded, "\(name)") }
        }
    }
}
