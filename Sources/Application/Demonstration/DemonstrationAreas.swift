import Kernel
import Store

/// How deprived the demonstration's postcodes are: made up, and the same each time.
///
/// Each sector, such as M14 5, is one area. Those of the north and the east of Manchester are taken to be
/// more deprived than those of the south.
enum DemonstrationAreas {
    static func area(of postcode: Postcode) -> PostcodeArea {
        let outward = postcode.outward
        let sector = Int(String(postcode.text.dropFirst(outward.count + 1).prefix(1))) ?? 0
        let middle =
            switch outward {
            case "M8", "M9", "M11", "M12", "M18", "M40": 1
            case "M13", "M14", "M15", "M16", "M19", "M22", "M23": 3
            case "M4", "M32", "M41", "SK13": 5
            default: 8
            }
        let decile = min(10, max(1, middle + (sector * 7) % 5 - 1))
        let number = outward.utf8.reduce(0) { ($0 * 31 + Int($1)) % 9_999 } * 10 + sector
        let digits = String(number)
        return PostcodeArea(
            postcode: postcode,
            lsoa: "E019" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits,
            decile: decile
        )
    }
}
