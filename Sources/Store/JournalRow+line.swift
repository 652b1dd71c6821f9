import Foundation
import Kernel

extension JournalRow {
    /// The event as one line of JSON, ending with a line feed.
    ///
    /// What is sealed stays sealed.
    func line(position: Int64, hash: [UInt8]) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("position")
        writer.int(Int(position))
        let texts: [(String, String?)] = [
            ("case", caseID), ("event", eventID), ("occurred_on", occurredOn),
            ("recorded_at", Instant(milliseconds: recordedAt).iso), ("recorded_by", recordedBy),
            ("organisation", organisation), ("type", type), ("key", entryKey), ("cause", cause),
        ]
        for (name, text) in texts {
            guard let text else { continue }
            writer.key(name)
            writer.string(text)
        }
        writer.key("sequence")
        writer.int(sequence)
        if let header {
            writer.key("header")
            writer.raw(Array(header.utf8))
        }
        writer.key("payload")
        writer.raw(payload)
        if let sealed {
            writer.key("sealed")
            writer.string(Data(sealed).base64EncodedString())
        }
        writer.key("hash")
        writer.string(Data(hash).base64EncodedString())
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }
}
