import Foundation
import Testing

/// Holds the manifest and every import to the table of rooms in ARCHITECTURE.md.
@Suite struct RoomsTests {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The table: a room and what it may import.
    static func table() throws -> [String: Set<String>] {
        let text = try String(
            contentsOf: root.appendingPathComponent("ARCHITECTURE.md"),
            encoding: .utf8
        )
        var rooms: [String: Set<String>] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            let allowed = cells[2] == "–" ? [] : cells[2].components(separatedBy: ", ")
            rooms[cells[0].trimmingCharacters(in: ["`"])] = Set(allowed)
        }
        return rooms
    }

    static func imports(of room: String) throws -> [(file: String, module: String)] {
        let folder = root.appendingPathComponent("Sources/\(room)")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var found: [(file: String, module: String)] = []
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for line in text.split(separator: "\n") {
                var words = line.split(separator: " ").map(String.init)
                words.removeAll { $0.hasPrefix("@") || $0 == "package" || $0 == "public" }
                guard words.first == "import", words.count > 1 else { continue }
                // `import struct Foundation.Data` names its module before the dot.
                let name = words.count > 2 ? words[2] : words[1]
                found.append((file.lastPathComponent, String(name.prefix { $0 != "." })))
            }
        }
        return found
    }

    @Test func `every room of the sources stands in the table`() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Self.root.appendingPathComponent("Sources").path
        )
        let rooms = try Self.table()
        let libraries = [
            "CPostgres", "CSodium", "CCurl", "CXLSXWriter", "CZlib", "CSQLite", "CMalloc",
        ]
        #expect(Set(folders).subtracting(libraries) == Set(rooms.keys))
    }

    @Test func `no room imports more of ours than the table allows`() throws {
        let rooms = try Self.table()
        let ours = Set(rooms.keys).union([
            "CPostgres", "CSodium", "CCurl", "CXLSXWriter", "CZlib", "CSQLite", "CMalloc",
        ])
        for (room, allowed) in rooms {
            let imports = try Self.imports(of: room)
            #expect(!imports.isEmpty || allowed.isEmpty, "\(room) has no imports to read")
            for (file, module) in imports where ours.contains(module) {
                #expect(allowed.contains(module), "\(room)/\(file) imports \(module)")
            }
        }
    }

    @Test func `the manifest gives each room what the table allows and no more`() throws {
        let manifest = try String(
            contentsOf: Self.root.appendingPathComponent("Package.swift"),
            encoding: .utf8
        )
        for (room, allowed) in try Self.table() {
            let declared = try #require(Self.dependencies(of: room, in: manifest), "\(room)")
            #expect(declared == allowed, "\(room)")
        }
    }

    @Test(
        arguments: [
            "Kernel", "Programmes", "Casework", "Measures", "CostBenefit", "FHIRModel",
            "FHIRMapping", "HTML", "Charts", "Web",
        ]
    )
    func `a pure room reads no clock, no file and no randomness`(room: String) throws {
        let forbidden = [
            "Date()", "UUID()", "SystemRandomNumberGenerator", ".random(in:", "FileManager",
            "ContinuousClock", " async ", "import Foundation",
        ]
        let folder = Self.root.appendingPathComponent("Sources/\(room)")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var read = 0
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            read += 1
            let code = try String(contentsOf: file, encoding: .utf8)
                .split(separator: "\n")
                .filter { !$0.trimmingCharacters(in: .whitespaces).hasPrefix("//") }
                .joined(separator: "\n")
            for word in forbidden {
                #expect(!code.contains(word), "\(room)/\(file.lastPathComponent) has \(word)")
            }
        }
        #expect(read > 0)
    }

    /// Our own rooms among a target's dependencies, read from the manifest's text.
    static func dependencies(of room: String, in manifest: String) -> Set<String>? {
        let starts = ["room(\"\(room)\"", "name: \"\(room)\",\n            dependencies"]
        let flat = manifest.replacing("room(\n            \"", with: "room(\"")
        guard let start = starts.compactMap({ flat.range(of: $0) }).first else { return nil }
        let rest = flat[start.upperBound...]
        guard let end = rest.range(of: ")") else { return nil }
        let list = rest[..<end.lowerBound]
        let names = list.split(separator: "\"").enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        return Set(names)
    }
}
