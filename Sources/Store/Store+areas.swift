import Kernel
import SQL

/// A postcode with its area and how deprived that is.
package struct PostcodeArea: Sendable, Hashable {
    package var postcode: Postcode
    /// The code of its lower layer super output area.
    package var lsoa: String
    /// 1, the most deprived tenth of England, to 10.
    package var decile: Int
    /// Where it lies, in millionths of a degree; nil where the table does not say.
    package var latitude: Int?
    package var longitude: Int?

    package init(postcode: Postcode, lsoa: String, decile: Int) {
        self.postcode = postcode
        self.lsoa = lsoa
        self.decile = decile
    }
}

extension Store {
    private static let insertArea: Statement = """
        INSERT INTO postcode_areas (postcode, lsoa, decile, latitude, longitude)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (postcode) DO UPDATE SET lsoa = excluded.lsoa, decile = excluded.decile,
            latitude = excluded.latitude, longitude = excluded.longitude
        """
    private static let areaOf: Statement = "SELECT decile FROM postcode_areas WHERE postcode = $1"
    private static let areaCount: Statement = "SELECT COUNT(*) FROM postcode_areas"
    private static let pointOf: Statement = """
        SELECT latitude, longitude FROM postcode_areas
        WHERE postcode = $1 AND latitude IS NOT NULL AND longitude IS NOT NULL
        """

    /// Keeps areas; what was kept of the same postcode is replaced.
    package func keep(_ areas: [PostcodeArea], in transaction: any Transaction) throws {
        let rows = areas.map { area -> [SQLValue] in
            [
                .text(area.postcode.text), .text(area.lsoa), .int(Int64(area.decile)),
                area.latitude.map { .int(Int64($0)) } ?? .null,
                area.longitude.map { .int(Int64($0)) } ?? .null,
            ]
        }
        try transaction.executeMany(Self.insertArea, rows)
    }

    /// How deprived a postcode is, 1 to 10; nil if the table does not have it.
    package func decile(of postcode: Postcode, in transaction: any Transaction) throws -> Int? {
        try transaction.first(Self.areaOf, [.text(postcode.text)]) { Int(try $0.int(0)) }
    }

    /// How many postcodes the table has.
    package func areaCount(in transaction: any Transaction) throws -> Int {
        try transaction.first(Self.areaCount, []) { Int(try $0.int(0)) } ?? 0
    }

    /// Where a postcode lies, in millionths of a degree; nil if the table does not say.
    package func point(
        of postcode: Postcode,
        in transaction: any Transaction
    ) throws -> (latitude: Int, longitude: Int)? {
        try transaction.first(Self.pointOf, [.text(postcode.text)]) { row in
            (Int(try row.int(0)), Int(try row.int(1)))
        }
    }
}
