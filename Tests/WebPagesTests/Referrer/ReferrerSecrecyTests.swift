import Application
import Casework
import Kernel
import Synchronization
import TestSupport
import Testing
import Web
import WebPages

/// No address of a referrer's pages names a person.
@Suite struct ReferrerSecrecyTests {
    @Test("No address, link or redirect holds a name, a birth date or an NHS number")
    func addresses() async throws {
        try await withClinic { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            var addresses: [String] = []

            func look(_ response: Response) -> Response {
                addresses.append(response["Location"] ?? "")
                let text = String(decoding: response.body, as: UTF8.self)
                for name in ["href", "action", "src"] {
                    for part in text.split(separator: " \(name)=\"").dropFirst() {
                        addresses.append(String(part.prefix { $0 != "\"" }))
                    }
                }
                return response
            }
            func get(_ path: String) async -> Response {
                look(await browser.answer(.get, path, Form()))
            }
            func post(_ path: String, _ answers: Form) async -> Response {
                let page = await browser.get(path)
                var form = answers
                for name in ["_csrf", "_key", "_version"] {
                    if let value = page.value(name) { form.set(name, value) }
                }
                return look(await browser.answer(.post, path, form))
            }

            _ = await post("/refer", Form())
            _ = await post("/refer", ReferralClinic.required().with("check", "yes"))
            let sent = await post("/refer", ReferralClinic.required())
            #expect(sent.status == 303)
            let place = try #require(sent["Location"])
            let header = try await clinic.header(at: place)
            _ = await get(place)
            #expect(await post("/refer", ReferralClinic.required()).status == 200)
            _ = await post("/refer/prefill", ReferralClinic.required())
            _ = await get("/refer")
            for query in ["", "?whose=all", "?show=needs-me"] {
                _ = await get("/referrals\(query)")
            }
            let path = "/cases/\(header.id.text)"
            _ = await get("\(path)/status")
            _ = await post("\(path)/answers", Form(["postcode": "M20 2LS"]))
            _ = await get("/onward")
            let link = clinic.installation.goodwork.statusLink(for: header.id)
            _ = await get("/status/\(clinic.installation.goodwork.token(for: link))")
            _ = await post("\(path)/withdraw", Form())
            clinic.site.end(browser)
            let stopped = await browser.answer(.post, "/refer", ReferralClinic.required())
            addresses.append(stopped["Location"] ?? "")

            #expect(addresses.count > 60)
            #expect(addresses.contains("\(path)/status"))
            let digits = NHSNumber(ReferralClinic.nhsNumber())?.digits ?? ""
            let secrets = ["wilhelmina", "quartz", digits, ReferralClinic.nhsNumber(), "1981"]
            for address in addresses {
                let plain = URLEncoding.text(address.utf8).lowercased()
                for secret in secrets { #expect(!plain.contains(secret), "\(address)") }
            }
        }
    }
}
