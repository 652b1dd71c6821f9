import Kernel
import PrimaryCare

extension PracticeReturn {
    package static let columns = [
        "id", "nhs_number", "birth_date", "recorded_on", "code", "term", "nhs_data_dictionary",
        "status", "asked_on", "state",
    ]

    /// What to write, as a CSV file.
    package var csv: String {
        var text = CSVWriter.line(Self.columns)
        for entry in entries {
            let code = CodeList.returned(entry.status)
            text += CSVWriter.line([
                entry.id, entry.nhsNumber, entry.birth.iso, entry.day.iso,
                code?.code.description ?? "", code?.name ?? "",
                entry.status.nhsStatus.rawValue, entry.status.rawValue, entry.askedOn.iso,
                entry.state.rawValue,
            ])
        }
        return text
    }

    /// What to write, as a FHIR R4 bundle of observations.
    package var fhir: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.pair("resourceType", "Bundle")
        writer.pair("type", "collection")
        if !entries.isEmpty {
            writer.key("entry")
            writer.beginArray()
            for entry in entries {
                guard let code = CodeList.returned(entry.status) else { continue }
                writer.beginObject()
                writer.key("resource")
                writer.observation(entry, code: code.code.description, term: code.name)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endObject()
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func pair(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    fileprivate mutating func coding(_ system: String, _ code: String, _ display: String) {
        beginObject()
        pair("system", system)
        pair("code", code)
        pair("display", display)
        endObject()
    }

    /// An employment status as an Observation with UK Core's identifier of the patient.
    fileprivate mutating func observation(_ entry: ReturnEntry, code: String, term: String) {
        beginObject()
        pair("resourceType", "Observation")
        key("identifier")
        beginArray()
        beginObject()
        pair("system", "urn:goodwork:return")
        pair("value", entry.id)
        endObject()
        endArray()
        pair("status", "final")
        key("code")
        beginObject()
        key("coding")
        beginArray()
        coding(FHIRExtract.snomed, "224362002", "Employment status")
        coding("http://loinc.org", "74165-2", "History of employment status NIOSH")
        endArray()
        endObject()
        key("subject")
        beginObject()
        key("identifier")
        beginObject()
        pair("system", FHIRExtract.numberSystem)
        pair("value", entry.nhsNumber)
        endObject()
        endObject()
        pair("effectiveDateTime", entry.day.iso)
        key("valueCodeableConcept")
        beginObject()
        key("coding")
        beginArray()
        coding(FHIRExtract.snomed, code, term)
        endArray()
        endObject()
        endObject()
    }
}
