import Kernel
import Store

/// Reads a table of postcodes with their areas and how deprived those are.
///
/// Either `postcode,lsoa,imd_decile`, or `pcds,lsoa21,imd` (or `lsoa11`) of the National Statistics
/// Postcode Lookup, whose `imd` is a rank. Other columns are passed over, and so are postcodes outside
/// England, whose ranks are those of other indices. `lat` and `long` say where a postcode lies.
struct AreaFile {
    private var file: CSVFile
    private let ranks: Int
    private let isRank: Bool
    private let columns: [Int]
    private let degrees: (latitude: Int, longitude: Int)?
    private(set) var faults: [Fault] = []
    private(set) var areas: [PostcodeArea] = []
    private(set) var elsewhere = 0
    private var lines: [Postcode: Int] = [:]

    /// Faults beyond this many are not looked for.
    private static let faultsMax = 1000

    /// The latitude that says nothing in the tables of the Office for National Statistics.
    private static let nothing = 99.999999

    /// Where England lies, in degrees and with some room; the two have no number in common.
    private static let norths = 49.0...61.0
    private static let easts = -9.0...2.0

    /// - Parameter ranks: how many areas the index ranks.
    /// - Throws: every fault, each with its line and column.
    init(_ file: CSVFile, ranks: Int) throws(Faults) {
        self.file = file
        self.ranks = ranks
        func place(_ names: [String]) -> Int? {
            names.lazy.compactMap { file.columns.firstIndex(of: $0) }.first
        }
        let rank = place(["imd"])
        isRank = place(["imd_decile"]) == nil
        let wanted: [(name: String, place: Int?)] = [
            ("postcode", place(["postcode", "pcds"])),
            ("lsoa", place(["lsoa", "lsoa21", "lsoa11"])),
            ("imd_decile", place(["imd_decile"]) ?? rank),
        ]
        columns = wanted.compactMap(\.place)
        let (latitude, longitude) = (place(["lat", "latitude"]), place(["long", "longitude"]))
        degrees = latitude.flatMap { latitude in longitude.map { (latitude, $0) } }
        for (name, place) in wanted where place == nil {
            let near = nearestSpelling(to: name, in: file.columns)
            let problem = "there is no column \(name)" + (near.map { ", only \($0)" } ?? "")
            let fault = Fault(
                file: file.file,
                line: 1,
                column: 1,
                problem: problem,
                expected: "postcode, lsoa and imd_decile, or pcds, lsoa21 and imd"
            )
            faults.append(fault)
        }
        if let lone = latitude ?? longitude, degrees == nil {
            let problem = "there is no column \(latitude == nil ? "lat" : "long") beside it"
            fault(lone, problem, "lat and long, or neither")
        }
        guard faults.isEmpty else { throw Faults(faults: faults) }
        while faults.count < Self.faultsMax {
            do throws(Faults) {
                guard try self.file.next() else { break }
            } catch {
                faults += error.faults
                continue
            }
            readRow()
        }
        if areas.isEmpty, elsewhere == 0, faults.isEmpty {
            let problem = "there are no postcodes"
            faults.append(Fault(file: file.file, line: 2, column: 1, problem: problem))
        }
        guard faults.isEmpty else { throw Faults(faults: faults) }
    }

    private mutating func readRow() {
        let (written, lsoa, figure) = (
            file.field(columns[0]), file.field(columns[1]), file.field(columns[2])
        )
        // England's areas begin with E; a postcode without one lies in none.
        guard lsoa.first == "E" || !isRank else {
            elsewhere += 1
            return
        }
        let postcode = Postcode(written)
        if postcode == nil {
            let problem = written.isEmpty ? "it is blank" : "“\(written)” is not a postcode"
            fault(columns[0], problem, "a whole postcode such as M14 5RQ")
        }
        if !Self.isCode(lsoa) {
            let problem = lsoa.isEmpty ? "it is blank" : "“\(lsoa)” is not the code of an area"
            fault(columns[1], problem, "a code such as E01005062")
        }
        let decile = decile(figure)
        if decile == nil {
            let problem = figure.isEmpty ? "it is blank" : "“\(figure)” is out of range"
            let expected =
                isRank
                ? "a rank of 1 to \(ranks); --ranks says how many areas the index has"
                : "1, the most deprived tenth, to 10"
            fault(columns[2], problem, expected)
        }
        let place = place()
        guard let postcode, let decile else { return }
        if let line = lines[postcode] {
            fault(columns[0], "\(postcode.text) stands on line \(line) already", nil)
            return
        }
        lines[postcode] = file.line
        var area = PostcodeArea(postcode: postcode, lsoa: lsoa, decile: decile)
        (area.latitude, area.longitude) = (place?.latitude, place?.longitude)
        areas.append(area)
    }

    /// Where the current row's postcode lies, in millionths of degrees; nil where nothing is said.
    private mutating func place() -> (latitude: Int, longitude: Int)? {
        guard let degrees else { return nil }
        let (latitude, longitude) = (file.field(degrees.latitude), file.field(degrees.longitude))
        if latitude.isEmpty != longitude.isEmpty {
            let blank = latitude.isEmpty ? degrees.latitude : degrees.longitude
            fault(blank, "it is blank, and the other is not", "lat and long, or neither")
        }
        if let first = Double(latitude), let second = Double(longitude),
            Self.easts.contains(first), Self.norths.contains(second)
        {
            let problem = "“\(latitude)” and “\(longitude)” are the wrong way round"
            fault(degrees.latitude, problem, "the latitude as lat, the longitude as long")
            return nil
        }
        let north = millionths(latitude, degrees.latitude, upTo: 90, within: Self.norths)
        let east = millionths(longitude, degrees.longitude, upTo: 180, within: Self.easts)
        return north.flatMap { north in east.map { (north, $0) } }
    }

    /// Degrees in millionths; nil where nothing is said, or a place that is far from England.
    private mutating func millionths(
        _ text: String,
        _ column: Int,
        upTo greatest: Int,
        within range: ClosedRange<Double>
    ) -> Int? {
        if text.isEmpty { return nil }
        guard let degrees = Double(text), degrees.isFinite,
            abs(degrees) <= Double(greatest) || degrees == Self.nothing
        else {
            let expected = "degrees from -\(greatest) to \(greatest), such as 53.4808"
            fault(column, "“\(text)” is no number of degrees", expected)
            return nil
        }
        return range.contains(degrees) ? Int((degrees * 1_000_000).rounded()) : nil
    }

    private mutating func fault(_ column: Int, _ problem: String, _ expected: String?) {
        faults.append(file.fault(field: column, problem: problem, expected: expected))
    }

    private func decile(_ figure: String) -> Int? {
        guard let number = Int(figure), number > 0 else { return nil }
        if isRank { return number <= ranks ? (number * 10 + ranks - 1) / ranks : nil }
        return number <= 10 ? number : nil
    }

    /// A letter and eight digits, as the Office for National Statistics writes codes.
    private static func isCode(_ text: String) -> Bool {
        text.utf8.count == 9 && text.first?.isUppercase == true
            && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }
}
