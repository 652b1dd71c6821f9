import Kernel
import Testing

@Suite("JSON")
struct JSONTests {
    @Test("The writer puts in the commas")
    func writer() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("a")
        writer.int(-12)
        writer.key("b")
        writer.beginArray()
        writer.bool(true)
        writer.null()
        writer.beginObject()
        writer.endObject()
        writer.string("x")
        writer.endArray()
        writer.key("c")
        writer.raw(Array("[1]".utf8))
        writer.key("d")
        writer.number(1.5)
        writer.endObject()
        #expect(writer.text == #"{"a":-12,"b":[true,null,{},"x"],"c":[1],"d":1.5}"#)
        writer = JSONWriter()
        writer.int(.min)
        #expect(writer.text == "-9223372036854775808")
    }

    @Test("A byte order mark before the text is passed over, and nowhere else")
    func byteOrderMark() throws {
        #expect(try JSONValue(parsing: "\u{FEFF} [1]") == .array([.int(1)]))
        #expect(throws: JSONFault.self) { try JSONValue(parsing: "\u{FEFF}\u{FEFF}[1]") }
        #expect(throws: JSONFault.self) { try JSONValue(parsing: "[\u{FEFF}1]") }
        #expect(throws: JSONFault.self) { try JSONValue(parsing: "\u{FEFF}") }
    }

    @Test(
        "Numbers are written so that they read back the same",
        arguments: [
            (0.1, "0.1"), (3, "3"), (-2.5, "-2.5"), (1e21, "1e+21"), (1e-7, "1e-07"),
            (.infinity, "null"), (.nan, "null"), (1_000_000, "1000000"),
        ]
    )
    func doubles(value: Double, text: String) throws {
        var writer = JSONWriter()
        writer.number(value)
        #expect(writer.text == text)
        let read = try JSONValue(parsing: text)
        #expect(read.double == (value.isFinite ? value : nil))
    }

    @Test(
        "Strings are escaped no more than they must be, wherever the character stands",
        arguments: [
            ("", #""""#), ("plain text of more than eight bytes", nil), ("é£😀", nil),
            ("a\"b", #""a\"b""#), ("\\", #""\\""#), ("\n\r\t\u{8}\u{C}", #""\n\r\t\b\f""#),
            ("\u{1}\u{1F}", #""\u0001\u001f""#), ("/", #""/""#), ("\u{7F}\u{2028}", nil),
            ("1234567\"", #""1234567\"""#), ("12345678\"", #""12345678\"""#),
            ("éééééééé\n", #""éééééééé\n""#),
        ] as [(String, String?)]
    )
    func strings(value: String, text: String?) throws {
        let json = JSONValue.string(value).text
        #expect(json == text ?? "\"\(value)\"")
        #expect(try JSONValue(parsing: json) == .string(value))
    }

    @Test(
        "Right texts are read, and compact ones are written the same",
        arguments: [
            "null", "true", "false", "0", "-0", "12.50", "1E5", "1e-5", "-1.5e+10", #""""#, "[]",
            "{}", #"{"b":1,"a":[2,{"c":null}]}"#, #"["é","😀"]"#, "[[[[]]]]",
            #"{"":0,"a":"b"}"#, "123456789012345678901234567890",
        ]
    )
    func roundTrip(text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(value.text == text)
        #expect(try JSONValue(parsing: " \n\t\r\(text)\n") == value)
    }

    @Test("Escapes are read, with surrogate pairs joined")
    func escapes() throws {
        let text = #""\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00 end""#
        #expect(try JSONValue(parsing: text) == .string("\"\\/\u{8}\u{C}\n\r\té😀 end"))
    }

    @Test(
        "Wrong texts are refused at the place where they go wrong",
        arguments: [
            ("", 0), (" ", 1), ("nul", 0), ("nulll", 4), ("True", 0), ("[1,]", 3), ("[1 2]", 3),
            ("[", 1), ("{", 1), (#"{"a"}"#, 4), (#"{"a":}"#, 5), (#"{"a":1,}"#, 7), ("{a:1}", 1),
            (#"{"a":1,"a":2}"#, 7), ("01", 1), ("-", 1), ("1.", 2), (".5", 0), ("1e", 2), ("+1", 0),
            ("NaN", 0), ("'a'", 0), (#""a"#, 2), ("\"a\nb\"", 2), (#""\x""#, 1), (#""\u12G4""#, 1),
            (#""\u12"#, 1), (#""\ud800""#, 1), (#""\udc00""#, 1), (#""\ud800\u0041""#, 1),
            (#""\ud83d\ud83d""#, 1), ("1 1", 2), ("{}x", 2), ("/* */1", 0), (" \u{FEFF}1", 1),
            ("[1}", 2), ("\"\\", 1),
        ]
    )
    func refused(text: String, offset: Int) {
        let fault = #expect(throws: JSONFault.self) { try JSONValue(parsing: text) }
        #expect(fault?.offset == offset)
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22],
            [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0xE9, 0x22], [0xC3, 0xA9],
        ] as [[UInt8]]
    )
    func badUTF8(bytes: [UInt8]) {
        #expect(throws: JSONFault.self) { try JSONValue(parsing: bytes) }
    }

    @Test("Nesting is read 64 deep and no deeper")
    func depth() throws {
        let deep = { (n: Int) in
            String(repeating: "[", count: n) + String(repeating: "]", count: n)
        }
        #expect(try JSONValue(parsing: deep(64)).text == deep(64))
        #expect(throws: JSONFault.self) { try JSONValue(parsing: deep(65)) }
        #expect(throws: JSONFault.self) { try JSONValue(parsing: deep(100_000)) }
    }

    @Test("A fault says its line and its column in characters")
    func place() {
        let fault = #expect(throws: JSONFault.self) {
            try JSONValue(parsing: "{\n  \"é\": x\n}")
        }
        #expect(fault?.line == 2)
        #expect(fault?.column == 8)
        #expect(fault?.fault(file: "a.json").description.hasPrefix("a.json:2:8: ") == true)
    }

    @Test("Keys that come twice are found among many")
    func manyKeys() throws {
        let members = (0..<200).map { "\"key \($0)\":\($0)" }.joined(separator: ",")
        let value = try JSONValue(parsing: "{\(members)}")
        #expect(value.object?.count == 200)
        #expect(value["key 150"]?.int == 150)
        #expect(throws: JSONFault.self) { try JSONValue(parsing: "{\(members),\"key 3\":1}") }
    }

    @Test("Objects keep their order and are looked into by key")
    func object() throws {
        var object: JSONObject = ["b": .int(1), "a": .string("x")]
        #expect(object.keys == ["b", "a"])
        object["b"] = .bool(true)
        object["c"] = .array([.null])
        object["a"] = nil
        #expect(JSONValue.object(object).text == #"{"b":true,"c":[null]}"#)
        let value = JSONValue.object(object)
        #expect(value["b"]?.bool == true)
        #expect(value["c"]?.array?.first?.isNull == true)
        #expect(value["none"] == nil)
        #expect(value.string == nil && value.int == nil)
        #expect(Set([value, value]).count == 1)
        #expect(try JSONValue(parsing: value.text) == value)
    }
}
