import Kernel

/// What referral clients send.
enum Requests {
    static func json(_ text: String) -> JSONObject {
        guard let object = (try? JSONValue(parsing: text))?.object else {
            preconditionFailure("no JSON object: \(text)")
        }
        return object
    }

    static let patient = """
        {"resourceType":"Patient",
         "identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"943 476 5919"}],
         "extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory",
          "valueCodeableConcept":{"coding":[{"system":"https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland","code":"M"}]}}],
         "name":[{"use":"official","family":"Marple","given":["Rose","Ann"]}],
         "telecom":[{"system":"phone","value":"0161 496 0000"},{"system":"email","value":"rose@example.org"}],
         "gender":"female","birthDate":"1970-03-30",
         "address":[{"line":["12 Acacia Avenue"],"city":"Manchester","postalCode":"m13 9pl"}],
         "generalPractitioner":[{"identifier":{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"p84001"}}]}
        """

    static let serviceRequest = """
        {"resourceType":"ServiceRequest",
         "identifier":[{"system":"https://practice.example/ref","value":"R-77"}],
         "status":"active","intent":"order",
         "category":[{"coding":[{"system":"http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes","code":"employment-status"}]}],
         "subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"},
         "authoredOn":"2025-06-01",
         "requester":{"reference":"Organization/P84001"},
         "performer":[{"reference":"HealthcareService/workwell-manchester.be-well"}],
         "reasonCode":[{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/condition","code":"msk"}]}],
         "supportingInfo":[{"reference":"urn:uuid:33333333-3333-4333-8333-333333333333"}],
         "note":[{"text":"Prefers mornings"}]}
        """

    static let task = """
        {"resourceType":"Task","status":"requested","intent":"order",
         "code":{"coding":[{"system":"http://hl7.org/fhir/CodeSystem/task-code","code":"fulfill"}]},
         "focus":{"reference":"urn:uuid:22222222-2222-4222-8222-222222222222"},
         "for":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"},
         "authoredOn":"2025-06-01","requester":{"reference":"Organization/P84001"}}
        """

    static let consent = """
        {"resourceType":"Consent","status":"active",
         "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
         "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IDSCL"}]}],
         "patient":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"},"dateTime":"2025-06-01",
         "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTIN"}]},
         "provision":{"type":"permit","purpose":[
          {"system":"https://goodwork.example/fhir/CodeSystem/consent-scope","code":"referral"},
          {"system":"https://goodwork.example/fhir/CodeSystem/consent-scope","code":"share-with-referrer"}]}}
        """

    static let employment = """
        {"resourceType":"Observation","status":"final",
         "code":{"coding":[{"system":"http://loinc.org","code":"74165-2"}]},
         "subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"},
         "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"224459001"}]}}
        """

    static let answers = """
        {"resourceType":"QuestionnaireResponse","status":"completed",
         "questionnaire":"https://goodwork.example/fhir/Questionnaire/workwell-manchester",
         "item":[{"linkId":"health-condition","answer":[{"valueBoolean":true}]}]}
        """

    /// A transaction of the parts, with full addresses 1111… for the first and so on.
    static func bundle(_ parts: [String], type: String = "transaction") -> JSONObject {
        let entries = parts.enumerated().map { index, part in
            let digit = String(index + 1)
            let uuid = [8, 4, 4, 4, 12].map { String(repeating: digit, count: $0) }
            var middle = uuid
            middle[2] = "4" + String(repeating: digit, count: 3)
            middle[3] = "8" + String(repeating: digit, count: 3)
            let kind = json(part)["resourceType"]?.string ?? ""
            let request =
                type == "transaction" ? #","request":{"method":"POST","url":"\#(kind)"}"# : ""
            return
                #"{"fullUrl":"urn:uuid:\#(middle.joined(separator: "-"))","resource":\#(part)\#(request)}"#
        }
        return json(
            #"{"resourceType":"Bundle","type":"\#(type)","entry":[\#(entries.joined(separator: ","))]}"#
        )
    }

    static let transaction = bundle([patient, serviceRequest, consent, task, employment, answers])

    /// The transaction with a text of it changed.
    static func changed(_ old: String, _ new: String) -> JSONObject {
        let parts = [patient, serviceRequest, consent, task, employment, answers]
        return bundle(parts.map { $0.replacing(old, with: new) })
    }

    /// A Task that is sent to change one.
    static func task(_ status: String, _ more: JSONObject = [:]) -> JSONObject {
        var json = Requests.json(task)
        json["status"] = .string(status)
        json["focus"] = nil
        for (key, value) in more.members { json[key] = value }
        return json
    }

    static func reason(_ code: String, _ words: String? = nil) -> JSONObject {
        let system = "https://goodwork.example/fhir/CodeSystem/status-reason"
        let coding: JSONObject = ["system": .string(system), "code": .string(code)]
        var reason: JSONObject = ["coding": .array([.object(coding)])]
        reason["text"] = words.map { .string($0) }
        return ["statusReason": .object(reason)]
    }

    static func business(_ code: String) -> JSONObject {
        let system = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"
        let coding: JSONObject = ["system": .string(system), "code": .string(code)]
        return ["businessStatus": .object(["coding": .array([.object(coding)])])]
    }
}
