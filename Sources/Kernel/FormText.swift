extension String {
    /// A name or a value as forms and queries encode it: with its `%` escapes undone, and `+` as a
    /// space (WHATWG URL, 5.1).
    package init(formEncoded bytes: ArraySlice<UInt8>) {
        if !bytes.contains(where: { $0 == 0x25 || $0 == 0x2B }) {
            self.init(decoding: bytes, as: UTF8.self)
            return
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            place += 1
            if byte == 0x25, place + 1 < bytes.endIndex, let high = hexDigit(bytes[place]),
                let low = hexDigit(bytes[place + 1])
            {
                decoded.append(high << 4 | low)
                place += 2
            } else {
                decoded.append(byte == 0x2B ? 0x20 : byte)
            }
        }
        self.init(decoding: decoded, as: UTF8.self)
    }
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
}
