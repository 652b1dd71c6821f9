import Kernel

/// Resources that are wrong, each named by what is wrong with it.
enum Malformed {
    /// What is wrong, the resource, and the expression and code of the issue that says so.
    static let table: [(name: String, json: String, expression: String, code: String)] = [
        (
            "wrong type of a primitive",
            #"{"resourceType":"Patient","active":"yes"}"#, "Patient.active", "value"
        ),
        (
            "number for a text",
            #"{"resourceType":"Patient","name":[{"family":7}]}"#, "Patient.name[0].family", "value"
        ),
        (
            "list for one",
            #"{"resourceType":"Patient","birthDate":["1980-01-01"]}"#, "Patient.birthDate",
            "structure"
        ),
        (
            "one for a list",
            #"{"resourceType":"Patient","name":{"family":"Rose"}}"#, "Patient.name", "structure"
        ),
        (
            "bad code",
            #"{"resourceType":"Patient","gender":"femal"}"#, "Patient.gender", "code-invalid"
        ),
        (
            "a day that is none",
            #"{"resourceType":"Patient","birthDate":"1980-02-30"}"#, "Patient.birthDate", "value"
        ),
        (
            "a time without its zone",
            #"{"resourceType":"Task","status":"requested","intent":"order","authoredOn":"2025-04-01T09:00:00"}"#,
            "Task.authoredOn", "value"
        ),
        (
            "unknown resource",
            #"{"resourceType":"Patent"}"#, "", "not-supported"
        ),
        (
            "misspelt element",
            #"{"resourceType":"Patient","birthdate":"1980-01-01"}"#, "Patient", "structure"
        ),
        (
            "missing element",
            #"{"resourceType":"Task","intent":"order"}"#, "Task.status", "required"
        ),
        (
            "missing element within",
            #"{"resourceType":"Patient","link":[{"type":"refer"}]}"#, "Patient.link[0].other",
            "required"
        ),
        (
            "two types of a choice",
            #"{"resourceType":"Patient","deceasedBoolean":true,"deceasedDateTime":"2025"}"#,
            "Patient.deceased", "structure"
        ),
        (
            "a choice not made",
            #"{"resourceType":"Communication","status":"completed","payload":[{"id":"x"}]}"#,
            "Communication.payload[0].content", "required"
        ),
        (
            "a gap without an extension",
            #"{"resourceType":"Patient","name":[{"given":["A",null]}]}"#,
            "Patient.name[0].given[1]", "structure"
        ),
        (
            "code of the wrong system",
            #"{"resourceType":"Condition","subject":{"reference":"Patient/1"},"clinicalStatus":{"coding":[{"system":"http://x.org","code":"active"}]}}"#,
            "Condition.clinicalStatus", "code-invalid"
        ),
        (
            "a reference to the wrong type",
            #"{"resourceType":"Task","status":"requested","intent":"order","partOf":[{"reference":"Patient/1"}]}"#,
            "Task.partOf[0]", "value"
        ),
        (
            "a modifier",
            #"{"resourceType":"Patient","modifierExtension":[{"url":"http://x.org/not","valueBoolean":true}]}"#,
            "Patient.modifierExtension[0]", "extension"
        ),
        (
            "implicit rules",
            #"{"resourceType":"Patient","implicitRules":"http://x.org"}"#,
            "Patient.implicitRules", "not-supported"
        ),
        (
            "an extension with both",
            #"{"resourceType":"Patient","extension":[{"url":"http://x.org","valueCode":"a","extension":[{"url":"b","valueCode":"c"}]}]}"#,
            "Patient.extension[0]", "invariant"
        ),
        (
            "an empty object",
            #"{"resourceType":"Patient","name":[{}]}"#, "Patient.name[0]", "structure"
        ),
        (
            "fault in an entry",
            #"{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient","name":[{"given":["A",""]}]}}]}"#,
            "Bundle.entry[0].resource.name[0].given[1]", "value"
        ),
        (
            "an element twice",
            #"{"resourceType":"Patient","active":true,"active":false}"#, "Patient.active",
            "structure"
        ),
        ("no JSON", #"{"resourceType":"Patient","active":tru}"#, "Patient", "structure"),
        ("no type", #"{"active":true}"#, "", "required"),
        ("no object", "[]", "", "structure"),
    ]

    /// Those that can be sent to another parser as a value, and that it should refuse too.
    static let cases: [(path: String, json: JSONObject)] = table.compactMap { row in
        (try? JSONValue(parsing: row.json))?.object.map { (row.name, $0) }
    }

    /// What fhirkit does not look at, or leaves to whoever understands it.
    static let ours: Set<String> = [
        "a reference to the wrong type", "a modifier", "implicit rules", "code of the wrong system",
        "bad code", "an extension with both", "a gap without an extension", "misspelt element",
        "a day that is none", "an empty object",
    ]
}
