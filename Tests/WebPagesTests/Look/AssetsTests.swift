import Foundation
import TestSupport
import Testing
import Web
import WebPages

@Suite struct AssetsTests {
    private let assets = Assets.ofRepository

    private func text(_ name: String) throws -> String {
        let file = try #require(assets.files.first { $0.path.hasPrefix("/assets/\(name).") })
        return String(decoding: file.body, as: UTF8.self)
    }

    @Test("A page's style sheets and icon are answered to anybody, to be kept for a year")
    func served() async throws {
        try await withInstallation(.sqlite) { installation in
            let browser = TestSite(installation).browser()
            let page = await browser.get("/")
            #expect(assets.styles.count == 2)
            for path in assets.styles + [try #require(assets.icon)] {
                #expect(page.text.contains("href=\"\(path)\""))
                // A new browser: the answer must not name it.
                let answer = await TestSite(installation).browser().answer(.get, path, Form())
                #expect(answer.status == 200)
                #expect(answer["Cache-Control"] == "public, max-age=31536000, immutable")
                #expect(answer["Set-Cookie"] == nil)
                #expect(!answer.body.isEmpty)
            }
        }
    }

    @Test("A path names its content in eight digits, and other content has another path")
    func named() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("assets-\(Int.random(in: 0...Int.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["nhsuk.css", "goodwork.css", "icon.svg", "refer.js"] {
            try Data("old".utf8).write(to: folder.appendingPathComponent(name))
        }
        let before = try Assets(directory: folder.path)
        try Data("new".utf8).write(to: folder.appendingPathComponent("goodwork.css"))
        let after = try Assets(directory: folder.path)
        #expect(before.styles[0] == after.styles[0])
        #expect(before.styles[1] != after.styles[1])
        // The first four bytes of SHA-256 of "old", by sha256sum.
        #expect(before.styles[0] == "/assets/nhsuk.cba06b57.css")
        #expect(throws: (any Error).self) { try Assets(directory: folder.path + "-nowhere") }
    }

    @Test(
        "Style sheets load nothing, name no font of the NHS, and no side of the page",
        arguments: ["nhsuk", "goodwork"]
    )
    func clean(_ name: String) throws {
        let style = try text(name)
        let forbidden = [
            "Frutiger", "@font-face", "@import", "url(", "http", "margin-left:", "margin-right:",
            "padding-left:", "padding-right:", "border-left:", "border-right:", "float:left",
            "float:right", "text-align:left", "text-align:right", "{left:", ";left:", "{right:",
            ";right:",
        ]
        // A test that looks in an empty file finds nothing wrong with it.
        #expect(style.count > 1_000)
        let plain = style.replacing(": ", with: ":")
        #expect(forbidden.filter { plain.contains($0) } == [])
    }
}
