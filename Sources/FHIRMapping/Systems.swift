import FHIRModel
import Kernel

/// Addresses of code systems, identifiers and extensions.
package enum Systems {
    /// Where this system's own codes and identifiers are named; a name, not a page.
    package static let base = "https://goodwork.example/fhir"

    package static let nhsNumber = "https://fhir.nhs.uk/Id/nhs-number"
    package static let odsCode = "https://fhir.nhs.uk/Id/ods-organization-code"
    package static let snomed = "http://snomed.info/sct"
    package static let loinc = "http://loinc.org"
    package static let unitsOfMeasure = "http://unitsofmeasure.org"
    package static let ethnicCategory =
        "https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland"
    package static let ethnicCategoryExtension =
        "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory"
    package static let verificationExtension =
        "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
    package static let verification =
        "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland"
    package static let taskCode = "http://hl7.org/fhir/CodeSystem/task-code"
    package static let businessStatus =
        "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"
    package static let referralCategory =
        "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
    package static let consentScope = "http://terminology.hl7.org/CodeSystem/consentscope"
    package static let actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
    package static let conditionClinical =
        "http://terminology.hl7.org/CodeSystem/condition-clinical"
    package static let conditionCategory =
        "http://terminology.hl7.org/CodeSystem/condition-category"
    package static let observationCategory =
        "http://terminology.hl7.org/CodeSystem/observation-category"
    package static let participantType =
        "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
    /// The national codes of employment status (NHS Data Dictionary, EMPLOYMENT STATUS).
    package static let nhsEmployment =
        "https://www.datadictionary.nhs.uk/data_elements/employment_status"

    /// One of our own code systems: `code("programme")`.
    package static func code(_ name: String) -> String { "\(base)/CodeSystem/\(name)" }

    /// One of our own kinds of identifier: `identifier("case")`.
    package static func identifier(_ name: String) -> String { "\(base)/Id/\(name)" }

    /// The system under which an organisation is identified: by its ODS code, where it has one.
    static func ofOrganisation(_ id: String) -> String {
        ODSCode(id)?.text == id ? odsCode : identifier("organization")
    }

    /// The system under which a service is identified: those of the service guide have UUIDs.
    static func ofService(_ id: String) -> String {
        let isOfGuide = id.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12]
        return identifier(isOfGuide ? "guide-service" : "service")
    }

    /// The system under which somebody who works with cases is identified.
    static let ofWorkers = identifier("account")

    /// One of our own extensions.
    package static func `extension`(_ name: String) -> String {
        "\(base)/StructureDefinition/\(name)"
    }

    /// The canonical address of an instrument's questionnaire.
    package static func questionnaire(_ instrument: String) -> String {
        "\(base)/Questionnaire/\(instrument)"
    }
}
