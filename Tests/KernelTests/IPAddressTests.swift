import Kernel
import Testing

/// Addresses are read as networks have them, and what is private is known as that.
@Suite struct IPAddressTests {
    @Test(
        "An address is read, or is none",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("::1", "0:0:0:0:0:0:0:1"), ("::", "0:0:0:0:0:0:0:0"),
            ("2001:db8::8:0:1", "2001:db8:0:0:0:8:0:1"), ("::ffff:10.0.0.1", "10.0.0.1"),
            ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("010.0.0.1", nil), ("256.0.0.1", nil), ("1.2.3", nil), ("0x7f.0.0.1", nil),
            ("127.1", nil), ("", nil), (":::", nil), ("1::2::3", nil), ("12345::", nil),
            ("1:2:3:4:5:6:7:8:9", nil), ("::1.2.3", nil), ("+1::", nil), ("host", nil),
        ] as [(String, String?)]
    )
    func read(_ text: String, _ written: String?) {
        #expect(IPAddress(text)?.text == written)
    }

    @Test(
        "What is private, or stands for a private address, is not public",
        arguments: [
            ("8.8.8.8", true), ("2606:4700::1111", true), ("172.15.0.1", true),
            ("172.32.0.1", true), ("10.0.0.1", false), ("172.16.0.1", false),
            ("172.31.255.255", false), ("192.168.1.1", false), ("127.0.0.1", false),
            ("169.254.169.254", false), ("100.64.0.1", false), ("0.0.0.0", false),
            ("255.255.255.255", false), ("224.0.0.1", false), ("::1", false), ("::", false),
            ("fe80::1", false), ("fd12::1", false), ("ff02::1", false), ("2002:a00:1::", false),
            ("64:ff9b::a00:1", false), ("::ffff:192.168.0.1", false), ("::10.0.0.1", false),
        ]
    )
    func isPublic(_ text: String, _ isPublic: Bool) throws {
        #expect(try #require(IPAddress(text)).isPublic == isPublic)
    }

    @Test(
        "A range has the addresses that begin as it does",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
            ("10.20.0.0/15", "10.21.0.1", true), ("10.20.0.0/15", "10.22.0.1", false),
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
            ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
            ("fc00::/7", "fdff::1", true), ("fc00::/7", "fe00::1", false),
        ]
    )
    func ranges(_ range: String, _ address: String, _ isIn: Bool) throws {
        let found = try #require(IPAddress(address))
        #expect(try #require(IPRange(range)).contains(found) == isIn)
    }

    @Test(
        "What is no range is refused",
        arguments: ["10.0.0.0/33", "10.0.0.0/", "/8", "x", "::/129"]
    )
    func noRange(_ text: String) { #expect(IPRange(text) == nil) }
}
