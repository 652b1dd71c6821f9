import Foundation
import Kernel

/// A file within an answer: its text, or its bytes where it is none.
enum FileJSON {
    static let schema = Schema.named(
        "File",
        .object(
            .must("name", .word),
            .must("type", .word),
            .may("text", .text(0...50_000_000)),
            .may("base64", Schema.text(0...100_000_000, "RFC 4648, 4."))
        )
    )

    static func object(_ name: String, type: String, _ bytes: [UInt8]) -> JSONObject {
        var object = JSONObject()
        object.put("name", name)
        object.put("type", type)
        if type.hasPrefix("text/") || type == "application/json" {
            object.put("text", String(decoding: bytes, as: UTF8.self))
        } else {
            object.put("base64", Data(bytes).base64EncodedString())
        }
        return object
    }
}
