import Kernel
import Testing

@testable import FHIRModel

@Suite struct MalformedTests {
    @Test(arguments: Malformed.table.indices)
    func `what is wrong is named at its place`(index: Int) throws {
        let row = Malformed.table[index]
        do {
            _ = try FHIRResource(parsing: Array(row.json.utf8))
            Issue.record("\(row.name) was taken")
        } catch {
            let found = error.issues.contains { issue in
                (issue.expression ?? "") == row.expression && issue.code.rawValue == row.code
            }
            #expect(found, "\(row.name): \(error)")
        }
    }

    @Test func `every fault is told at once`() throws {
        let json = """
            {"resourceType":"Patient","gender":"f","birthDate":"1 May","name":[{"given":[1,"B",""]}],
            "nam":[], "contact":[{"gender":"x"}]}
            """
        let issues = #expect(throws: FHIRIssues.self) {
            try FHIRResource(parsing: Array(json.utf8))
        }
        let places = issues?.issues.map { $0.expression ?? "" }
        #expect(
            places == [
                "Patient.gender", "Patient.birthDate", "Patient.name[0].given[0]",
                "Patient.name[0].given[2]", "Patient", "Patient.contact[0].gender",
            ]
        )
        let outcome = try #require(issues?.outcome)
        #expect(try FHIRResource(outcome).type == "OperationOutcome")
    }

    @Test func `too deep, too large and too many end the reading`() throws {
        var limits = FHIRLimits()
        limits.depthMax = 20
        limits.bytesMax = 2_000
        limits.repetitionsMax = 10
        func code(_ json: String) -> String? {
            do {
                _ = try FHIRResource(parsing: Array(json.utf8), limits: limits)
                return nil
            } catch {
                return error.issues.last?.code.rawValue
            }
        }
        let inner = String(repeating: #"{"url":"u","extension":["#, count: 15)
        let outer = String(repeating: "]}", count: 15)
        #expect(
            code(#"{"resourceType":"Patient","extension":["# + inner + outer + "]}") == "too-costly"
        )
        let long = String(repeating: "a", count: 2_000)
        #expect(code(#"{"resourceType":"Patient","language":"\#(long)"}"#) == "too-long")
        let names = (0..<11).map { _ in #"{"family":"R"}"# }.joined(separator: ",")
        #expect(code(#"{"resourceType":"Patient","name":[\#(names)]}"#) == "too-costly")
        #expect(code(#"{"resourceType":"Patient","active":true}"#) == nil)
    }

    @Test func `a lenient reader leaves out what is unknown, and says so`() throws {
        let json = #"{"resourceType":"Patient","nickname":{"a":[1]},"active":true}"#
        let read = try FHIRResource(
            parsing: Array(json.utf8),
            limits: FHIRLimits(isLenient: true)
        )
        #expect(
            String(decoding: read.encoded, as: UTF8.self)
                == #"{"resourceType":"Patient","active":true}"#
        )
        #expect(read.warnings.map(\.severity) == [.warning])
    }

    @Test func `extensions of primitives are kept in their places`() throws {
        let json = """
            {"resourceType":"Patient","birthDate":"1970-03","_birthDate":{"extension":[{"url":"u",\
            "valueDateTime":"1970-03-30T09:00:00Z"}]},"name":[{"given":["A",null,"C"],"_given":[null,\
            {"id":"g"},null]}]}
            """
        let read = try FHIRResource(parsing: Array(json.utf8))
        #expect(String(decoding: read.encoded, as: UTF8.self) == json)
        #expect(read.root["name"]?.all("given").compactMap(\.text) == ["A", "C"])
        #expect(read.root["name"]?.all("given").last?.path == "Patient.name[0].given[2]")
    }

    @Test func `values are read from where they stand`() throws {
        let json = """
            {"id":"o1","valueQuantity":{"value":7.50,"unit":"points"},"status":"final",
             "code":{"text":"A \\"score\\" \\u00e9"},"resourceType":"Observation",
             "component":[{"code":{"text":"x"},"valueInteger":3}]}
            """
        let root = try FHIRResource(parsing: Array(json.utf8)).root
        #expect(root["value"]?["value"]?.text == "7.50")
        #expect(root["value"]?.type == "Quantity")
        #expect(root["code"]?["text"]?.text == "A \"score\" é")
        #expect(root["component"]?["value"]?.int == 3)
        #expect(root["component"]?["value"]?.path == "Observation.component[0].value")
    }
}
