/// What referral clients send.
enum FHIRBodies {
    static let patientURL = "urn:uuid:11111111-1111-4111-8111-111111111111"
    static let requestURL = "urn:uuid:22222222-2222-4222-8222-222222222222"

    static func patient(_ family: String = "Marple", nhs: String = "9434765919") -> String {
        """
        {"resourceType":"Patient","birthDate":"1970-03-30",
         "name":[{"use":"official","family":"\(family)","given":["Rose"]}],
         "identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"\(nhs)"}],
         "address":[{"line":["12 Acacia Avenue"],"postalCode":"M14 5AB"}]}
        """
    }

    static func request(
        _ identifier: String = "R-77",
        subject: String = patientURL,
        more: String = ""
    ) -> String {
        """
        {"resourceType":"ServiceRequest","status":"active","intent":"order",
         "identifier":[{"system":"https://practice.example/ref","value":"\(identifier)"}],
         "subject":{"reference":"\(subject)"},
         "reasonCode":[{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/condition","code":"msk"}]}],
         "performer":[{"reference":"HealthcareService/workwell-manchester.be-well"}]\(more)}
        """
    }

    static let consent = """
        {"resourceType":"Consent","status":"active",
         "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
         "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IDSCL"}]}],
         "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTIN"}]},
         "provision":{"type":"permit","purpose":[
          {"system":"https://goodwork.example/fhir/CodeSystem/consent-scope","code":"referral"},
          {"system":"https://goodwork.example/fhir/CodeSystem/consent-scope","code":"share-with-referrer"}]}}
        """

    static let task = """
        {"resourceType":"Task","status":"requested","intent":"order",
         "focus":{"reference":"\(requestURL)"},"for":{"reference":"\(patientURL)"}}
        """

    static let employment = """
        {"resourceType":"Observation","status":"final",
         "code":{"coding":[{"system":"http://loinc.org","code":"74165-2"}]},
         "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"224459001"}]}}
        """

    static let answers = """
        {"resourceType":"QuestionnaireResponse","status":"completed",
         "questionnaire":"https://goodwork.example/fhir/Questionnaire/workwell-manchester",
         "item":[{"linkId":"health-condition","answer":[{"valueBoolean":true}]}]}
        """

    /// A transaction that refers somebody.
    static func transaction(
        _ identifier: String = "R-77",
        family: String = "Marple",
        nhs: String = "9434765919",
        condition: String? = nil
    ) -> String {
        let exists = condition.map { #","ifNoneExist":"\#($0)""# } ?? ""
        return """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"\(patientURL)","resource":\(patient(family, nhs: nhs)),
              "request":{"method":"POST","url":"Patient"}},
             {"fullUrl":"\(requestURL)","resource":\(request(identifier)),
              "request":{"method":"POST","url":"ServiceRequest"\(exists)}},
             {"resource":\(consent),"request":{"method":"POST","url":"Consent"}},
             {"resource":\(task),"request":{"method":"POST","url":"Task"}},
             {"resource":\(employment),"request":{"method":"POST","url":"Observation"}},
             {"resource":\(answers),"request":{"method":"POST","url":"QuestionnaireResponse"}}]}
            """
    }

    /// A ServiceRequest, or a Task about one, with all that it needs within.
    ///
    /// - Parameter subject: one who is there already; else a Patient comes along.
    static func contained(
        _ type: String,
        _ identifier: String,
        subject: String? = nil
    ) -> String {
        func named(_ id: String, _ json: String) -> String {
            #"{"id":"\#(id)",\#(json.drop { $0 != "{" }.dropFirst())"#
        }
        let patient = subject == nil ? [named("p", patient())] : []
        let parts =
            patient + [named("c", consent), named("o", employment), named("q", answers)]
        let request = request(identifier, subject: subject ?? "#p")
        if type == "ServiceRequest" {
            return #"{"contained":[\#(parts.joined(separator: ","))],\#(request.dropFirst())"#
        }
        let all = parts + [named("s", request)]
        return """
            {"resourceType":"Task","status":"requested","intent":"order",
             "identifier":[{"system":"https://practice.example/ref","value":"\(identifier)"}],
             "contained":[\(all.joined(separator: ","))],
             "focus":{"reference":"#s"},"for":{"reference":"#p"}}
            """
    }

    /// A message of BaRS's shape.
    static func message(_ reason: String, _ request: String) -> String {
        """
        {"resourceType":"Bundle","type":"message","entry":[
         {"fullUrl":"urn:uuid:99999999-9999-4999-8999-999999999999","resource":
          {"resourceType":"MessageHeader","id":"m-1",
           "eventCoding":{"system":"https://fhir.nhs.uk/CodeSystem/message-events-bars","code":"servicerequest-request"},
           "source":{"endpoint":"https://practice.example"},
           "reason":{"coding":[{"system":"https://fhir.nhs.uk/CodeSystem/message-reason-bars","code":"\(reason)"}]}}},
         {"fullUrl":"\(patientURL)","resource":\(patient())},
         {"fullUrl":"\(requestURL)","resource":\(request)},
         {"resource":\(consent)},{"resource":\(employment)},{"resource":\(answers)}]}
        """
    }
}
