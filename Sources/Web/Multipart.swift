/// `multipart/form-data`, as forms with a file are sent (RFC 7578).
package enum Multipart {
    /// Reads the parts between the boundary lines; nil when the body is not of that form.
    package static func decode(_ body: [UInt8], contentType: String) -> Form? {
        guard let boundary = boundary(contentType) else { return nil }
        let delimiter = Array("--\(boundary)".utf8)
        var fields: [Form.Field] = []
        guard var start = find(delimiter, in: body, from: 0) else { return nil }
        while fields.count < URLEncoding.fieldsMax {
            start += delimiter.count
            // `--` after the boundary ends the body.
            if body[start...].starts(with: [0x2D, 0x2D]) { return Form(fields) }
            guard body[start...].starts(with: [0x0D, 0x0A]),
                let end = find([0x0D, 0x0A] + delimiter, in: body, from: start),
                let blank = find([0x0D, 0x0A, 0x0D, 0x0A], in: body, from: start), blank <= end
            else { return nil }
            let head = String(decoding: body[(start + 2)..<max(blank, start + 2)], as: UTF8.self)
            guard let field = field(head, body[min(blank + 4, end)..<end]) else { return nil }
            fields.append(field)
            start = end + 2
        }
        return nil
    }

    private static func boundary(_ contentType: String) -> String? {
        parameter("boundary", of: contentType).flatMap { $0.isEmpty || $0.count > 70 ? nil : $0 }
    }

    private static func field(_ head: String, _ content: ArraySlice<UInt8>) -> Form.Field? {
        for line in head.split(whereSeparator: \.isNewline) {
            guard line.lowercased().hasPrefix("content-disposition:") else { continue }
            guard let name = parameter("name", of: String(line)) else { return nil }
            return Form.Field(
                name: name,
                value: String(decoding: content, as: UTF8.self),
                file: parameter("filename", of: String(line))
            )
        }
        return nil
    }

    /// The value of `; name="value"` or `; name=value`.
    private static func parameter(_ name: String, of header: String) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let trimmed = String(part).trimmed
            guard trimmed.lowercased().hasPrefix(name + "=") else { continue }
            let value = trimmed.dropFirst(name.count + 1)
            return value.hasPrefix("\"")
                ? String(value.dropFirst().prefix { $0 != "\"" })
                : String(value)
        }
        return nil
    }

    private static func find(_ needle: [UInt8], in body: [UInt8], from: Int) -> Int? {
        guard let first = needle.first, body.count >= needle.count else { return nil }
        var at = from
        while at + needle.count <= body.count {
            guard let next = body[at...].firstIndex(of: first),
                next + needle.count <= body.count
            else { return nil }
            if body[next...].starts(with: needle) { return next }
            at = next + 1
        }
        return nil
    }
}
