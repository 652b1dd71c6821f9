import Application
import FHIRModel
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// A practice that refers, a provider's manager and coach, and a stranger, each with a program.
struct FHIRScene {
    static let base = "/fhir/R4"

    let test: TestAPI
    let practice: TestClient
    let manager: TestClient
    let coach: TestClient
    let stranger: TestClient

    init(_ installation: TestInstallation, scopes: String = "system/*.cruds") async throws {
        test = TestAPI(installation)
        practice = try await test.client(.referrer, of: "P84001", scopes: scopes + " api/write")
        manager = try await test.client(.manager, of: "big-life", scopes: scopes)
        coach = try await test.client(.coach, of: "big-life", scopes: scopes)
        stranger = try await test.client(.manager, of: "elsewhere", scopes: scopes)
    }

    func client(_ name: String) -> TestClient {
        switch name {
        case "practice": practice
        case "manager": manager
        case "coach": coach
        case "stranger": stranger
        default: .nobody(test)
        }
    }

    /// Refers somebody by the JSON API, and tells the id of the case.
    func refer(_ family: String = "Okafor", nhs: String = "9434765919") async throws -> String {
        let referred = await practice.post(
            "/api/v1/referrals",
            PathTests.referral(family, nhs: nhs)
        )
        return try #require(referred["id"]?.string, "\(referred.json.text)")
    }
}

extension TestClient.Answer {
    /// The resource, held to the tables of FHIR.
    func fhir() throws -> FHIRElement { try FHIRResource(parsing: response.body).root }

    /// `Type/id` of each entry that matched, and of each that came along in brackets.
    var found: [String] {
        (json["entry"]?.array ?? []).map { entry in
            let resource = entry["resource"]
            let name = "\(resource?["resourceType"]?.string ?? "")/\(resource?["id"]?.string ?? "")"
            return entry["search"]?["mode"]?.string == "include" ? "[\(name)]" : name
        }
    }

    /// What an OperationOutcome says.
    var issues: [String] {
        (json["issue"]?.array ?? []).map { issue in
            "\(issue["code"]?.string ?? "") \(issue["expression"]?.array?.first?.string ?? "-") "
                + (issue["diagnostics"]?.string ?? "")
        }
    }

    /// The address of the next page, without the installation's own.
    var next: String? {
        let links = json["link"]?.array ?? []
        return links.first { $0["relation"]?.string == "next" }?["url"]?.string
            .map { String($0.dropFirst("http://127.0.0.1:8080".count)) }
    }
}
