import Foundation
import TestSupport
import Testing
import Web
import WebPages

/// No link leads nowhere: every path that stands in the sources is a way in.
@Suite struct PlacesTests {
    private static let table: RouteTable<PageRoute> = {
        var table = RouteTable<PageRoute>()
        for route in Site.everyRoute { table.add(route.method, route.pattern, route) }
        return table
    }()

    private static func isThere(_ path: String) -> Bool {
        if case .nothing = table.find(.get, path) { return false }
        return true
    }

    @Test("Every entry of the menu and every place is a page")
    func places() {
        let places = [
            Places.referOneself, Places.signIn, Places.password, Places.secondFactor,
        ]
        for path in Navigation.entries.map(\.path) + places {
            #expect(Self.isThere(path), "\(path)")
        }
    }

    @Test("Every link that stands in the sources leads to a page")
    func links() throws {
        let folder = Fixtures.root + "/Sources/WebPages"
        let files = try #require(FileManager.default.enumerator(atPath: folder))
        var found = 0
        for case let file as String in files where file.hasSuffix(".swift") {
            let source = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            for path in Self.paths(in: source)
            // The service guide is no page, but what programs read.
            where !path.hasPrefix("/assets/") && !path.hasPrefix("/directory") {
                found += 1
                #expect(Self.isThere(path), "\(file): \(path)")
            }
        }
        #expect(found > 30)
    }

    /// The paths of links, buttons, forms and redirects, `x` for whatever is put into them.
    static func paths(in source: String) -> [String] {
        var paths: [String] = []
        for opening in [".href(\"/", "to: \"/", ".action(\"/", "path: \"/"] {
            for rest in source.components(separatedBy: opening).dropFirst() {
                paths.append("/" + path(String(rest)))
            }
        }
        return paths
    }

    private static func path(_ text: String) -> String {
        var path = ""
        var depth = 0
        var isEscaped = false
        for character in text {
            if depth > 0 {
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                continue
            }
            if isEscaped, character == "(" {
                depth = 1
                path += "x"
            } else if "\"?#".contains(character) {
                break
            } else if character != "\\" {
                path.append(character)
            }
            isEscaped = character == "\\"
        }
        return path
    }

    @Test("A path is read to its end, whatever is put into it")
    func reading() {
        let source = #"a(.href("/cases/\(row.id.text(of: 1))/notes?x=1")) to: "/team/queue#top""#
        #expect(Self.paths(in: source) == ["/cases/x/notes", "/team/queue"])
    }
}
