/// The bits of an identifier of any kind, and their two texts.
package struct IDBits {
    /// The upper 64 bits.
    package let high: UInt64

    /// The lower 64 bits.
    package let low: UInt64

    /// Bits from two halves.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Bits from the bytes of 26 characters of lower-case base32hex; nil if they are not that.
    package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 26, bytes[0] &- Ascii.zero < 8 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for byte in bytes {
            let digit: UInt8
            if Ascii.isDigit(byte) {
                digit = byte - Ascii.zero
            } else {
                guard byte &- 0x61 < 22 else { return nil }
                digit = byte - 0x61 + 10
            }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(digit)
        }
        self.init(high: high, low: low)
    }

    /// Bits from 26 characters of lower-case base32hex; nil if the text is not that.
    package init?(_ text: String) {
        var text = text
        guard let bits = text.withUTF8({ IDBits($0) }) else { return nil }
        self = bits
    }

    /// 26 characters of lower-case base32hex (RFC 4648), two zero bits first.
    package var text: String {
        String(unsafeUninitializedCapacity: 26) { bytes in
            var high = high
            var low = low
            var index = 25
            while index >= 0 {
                let digit = UInt8(truncatingIfNeeded: low & 31)
                bytes[index] = digit < 10 ? Ascii.zero + digit : 0x61 + digit - 10
                low = low >> 5 | high << 59
                high >>= 5
                index -= 1
            }
            return 26
        }
    }

    /// 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12 with hyphens between (RFC 9562).
    package var uuid: String {
        String(unsafeUninitializedCapacity: 36) { bytes in
            var high = high
            var low = low
            var index = 35
            while index >= 0 {
                if index == 8 || index == 13 || index == 18 || index == 23 {
                    bytes[index] = Ascii.minus
                } else {
                    let digit = UInt8(truncatingIfNeeded: low & 15)
                    bytes[index] = digit < 10 ? Ascii.zero + digit : 0x61 + digit - 10
                    low = low >> 4 | high << 60
                    high >>= 4
                }
                index -= 1
            }
            return 36
        }
    }
}
