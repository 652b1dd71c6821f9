import Kernel
import Testing

@testable import FHIRModel

@Suite struct TableTests {
    @Test func `the tables can be read`() {
        let schema = FHIRSchema.r4
        #expect(schema.resources.count == 28)
        #expect(schema.rows.count == schema.elements.count)
    }

    @Test(arguments: FHIRSchema.r4.resources.keys.sorted())
    func `each element is read, and written as it was`(type: String) throws {
        let samples = Samples().withEachElement(of: type)
        #expect(samples.count > 10)
        for (path, json) in samples {
            do {
                let resource = try FHIRResource(json)
                #expect(resource.type == type)
                let written = try JSONValue(parsing: resource.encoded)
                #expect(written == .object(json), "\(path)")
            } catch {
                Issue.record("\(path): \(error)")
            }
        }
    }

    /// A value of the wrong form, in place of one that is right.
    @Test(arguments: FHIRSchema.r4.resources.keys.sorted())
    func `each element of a wrong form is refused at its place`(type: String) throws {
        let samples = Samples()
        let schema = samples.schema
        let table = try #require(schema.resources[type].map { schema.types[$0] })
        for row in table.rows {
            let element = schema.elements[row]
            if schema.rows[row].isModifier { continue }
            var json = samples.minimal(type)
            if element.choice != nil { continue }
            samples.fill(&json, row)
            let right = try #require(json[element.name])
            let isMany = schema.rows[row].isMany
            let wrongs: [(JSONValue, String)] = [
                (isMany ? right.array?[0] ?? .null : .array([right]), ""),
                (isMany ? .array([]) : .null, ""),
                (isMany ? .array([.array([])]) : .array([]), isMany ? "[0]" : ""),
                (.number("1.5"), ""),
            ]
            for (wrong, suffix) in wrongs {
                if wrong == .number("1.5"), !isMany,
                    schema.types[Int(schema.rows[row].type)].primitive == .decimal
                {
                    continue
                }
                json[element.name] = wrong
                let place = "\(type).\(element.stem)\(suffix)"
                do {
                    _ = try FHIRResource(json)
                    Issue.record("\(place) = \(wrong.text) was taken")
                } catch {
                    let expressions = error.issues.compactMap(\.expression)
                    #expect(expressions.contains(place), "\(place): \(error)")
                }
            }
        }
    }
}
