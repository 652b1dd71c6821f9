import Application
import Casework
import Foundation
import Kernel
import TestSupport
import Testing
import Web

@testable import WebPages

/// On a page in another language all that is still English says that it is.
@Suite struct OtherLanguageTests {
    private static let span = #"<span lang="en" dir="ltr">"#

    /// English words of a page that stand outside what is marked as English.
    private static func unmarked(_ page: TestBrowser.Page, except allowed: [String]) -> [String] {
        var text = page.text
        // Text that no element can be in, and what is marked.
        for element in [#"title>[^<]*</title"#, #"option[^>]*>[^<]*</option"#] {
            text = text.replacingOccurrences(
                of: "<\(element)>",
                with: " ",
                options: .regularExpression
            )
        }
        text = text.replacingOccurrences(
            of: span + "[^<]*</span>",
            with: " ",
            options: .regularExpression
        )
        text = text.replacingOccurrences(
            of: #"<textarea[^>]*>[^<]*</textarea>|<[^>]*>"#,
            with: " ",
            options: .regularExpression
        )
        for word in allowed { text = text.replacing(word, with: " ") }
        return text.split { !$0.isLetter }.map(String.init)
            .filter { $0.count > 1 && $0.allSatisfy(\.isASCII) && $0 != "quot" && $0 != "amp" }
    }

    private func check(
        _ page: TestBrowser.Page,
        except allowed: [String] = [],
        _ location: SourceLocation = #_sourceLocation
    ) {
        let found = Self.unmarked(page, except: allowed + ["Goodwork", "NHS"])
        #expect(found == [], "\(page.path)", sourceLocation: location)
        #expect(page.text.contains(Self.span), "\(page.path)", sourceLocation: location)
        #expect(page.text.contains(#"<html lang="ur" dir="rtl">"#), sourceLocation: location)
        // No mark is left, and every span is closed.
        #expect(page.body.firstRange(of: [0xEF, 0xB7]) == nil, sourceLocation: location)
        #expect(
            page.text.components(separatedBy: "<span").count
                == page.text.components(separatedBy: "</span>").count,
            sourceLocation: location
        )
    }

    @Test("Public pages, with problems and errors too")
    func publicPages() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let browser = site.browser()
            browser.set(Site.languageCookie, "ur")
            for path in [
                "/", "/accessibility", "/privacy", "/sign-in", "/self-referral", "/nothing-here",
                "/invitation/nothing", "/answer/nothing", "/self-referral/later",
            ] { check(await browser.get(path)) }
            check(
                await browser.get("/language"),
                except: Locale.all.map(\.name)
            )
            check(await browser.post("/sign-in", [:]))
            check(await browser.post("/sign-in", ["login": "nobody", "password": "wrong"]))
            let strange = await browser.send(.post, "/sign-in", Form(["login": "nobody"]))
            #expect(strange.status == 403)
            check(strange)
            for fields: KeyValuePairs in [
                [:], ["given_name": String(repeating: "a", count: 101), "family_name": "B"],
            ] {
                let page = await browser.post("/self-referral/name", fields)
                #expect(page.status == 422)
                check(page)
            }
            let born = await browser.post(
                "/self-referral/birth-date",
                ["birth_date-day": "31", "birth_date-month": "2", "birth_date-year": "1980"]
            )
            #expect(born.text.contains(Self.span + "Birth date must be a real date"))
            check(born)
            let journey = SelfReferralJourney(browser: browser)
            check(
                await journey.answer(),
                // What was typed.
                except: [
                    "Sam Selfmade", "M20 2LS", "WorkWell Manchester",
                ]
            )
            #expect(site.errors == [])
        }
    }

    @Test("A resident's own pages")
    func residents() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let ann = try await installation.addResident("Ann")
            try await installation.support(ann)
            let browser = site.browser(ann.actor, name: "Ann Example")
            browser.set(Site.languageCookie, "ur")
            let data = [
                "Ann Example", "Room 4; Withington", "Work four days a week",
                "Talk to my manager", "Big Life", "big-life", "coach-1",
                // Codes of organisations, and a reference.
                "public", "tests", ann.header.reference,
            ]
            for path in ["/my", "/my/data", "/my/data/copy", "/account"] {
                check(await browser.get(path), except: data)
            }
            let goal = #"<span dir="auto">Work four days a week</span>"#
            #expect(await browser.get("/my").text.contains(goal))
            let phone = #"<span dir="auto">0161 496 0000</span>"#
            #expect(await browser.get("/my/data").text.contains(phone))
            let file = await browser.get("/my/cases/\(ann.id.text)/appointments/appointment-1")
            #expect(file.text.contains("SUMMARY:In clinic\r\n"))
            #expect(site.errors == [])
        }
    }

    private static let days: [(tag: String, written: String)] = [
        ("en", "2 June 2025"), ("en-x-easy", "2 June 2025"), ("pl", "2 czerwca 2025"),
        ("zh", "2025年6月2日"), ("pa", "2 ਜੂਨ 2025"),
    ]

    @Test("A day is written as its language writes it", arguments: days)
    func day(_ tag: String, _ written: String) throws {
        let locale = try #require(Locale.all.first { $0.tag == tag })
        let day = try #require(CivilDate(iso: "2025-06-02"))
        #expect(Phrases(locale: locale).day(day) == written)
    }

    @Test("Pages of those who work here say that they are in English")
    func staff() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let officer = site.browser(
                Actor(user: "ig-1", organisation: "host", role: .governance)
            )
            officer.set(Site.languageCookie, "ur")
            #expect(await officer.get("/governance").text.contains(#"<html lang="en" dir="ltr">"#))
            #expect(await officer.get("/status/no").text.contains(#"<html lang="en" dir="ltr">"#))
        }
    }

    /// Markup with marks as `[` and `]`, and what leaves.
    private static let marked: [(String, String)] = [
        ("<p>[a]</p>", "<p>\(span)a</span></p>"),
        ("<p>x [a] y [b]</p>", "<p>x \(span)a</span> y \(span)b</span></p>"),
        ("<p>[a [b] c]</p>", "<p>\(span)a b c</span></p>"),
        ("<p aria-label=\"[a]\">[b]</p>", "<p aria-label=\"a\">\(span)b</span></p>"),
        ("<title>[a]</title><h1>[a]</h1>", "<title>a</title><h1>\(span)a</span></h1>"),
        ("<option>[a]</option>[b]", "<option>a</option>\(span)b</span>"),
        ("<textarea>[a]</textarea>", "<textarea>a</textarea>"),
        // Somebody typed marks.
        ("<p>[a</p><p>b]</p>", "<p>\(span)a</span></p><p>b</p>"),
        ("<p>]a[</p>", "<p>a\(span)</span></p>"),
    ]

    @Test(
        "Marks become elements where elements can stand, and nothing elsewhere",
        arguments: marked
    )
    func marks(_ markup: String, _ expected: String) {
        let bytes = Array(
            markup.replacing("[", with: EnglishMarks.begin)
                .replacing("]", with: EnglishMarks.end).utf8
        )
        let page = EnglishMarks.settled(bytes, isPage: true)
        #expect(String(decoding: page, as: UTF8.self) == expected)
        let plain = EnglishMarks.settled(bytes, isPage: false)
        let words = markup.filter { !"[]".contains($0) }
        #expect(String(decoding: plain, as: UTF8.self) == words)
    }
}
