import Casework
import FHIRModel
import Kernel
import Testing

@testable import FHIRMapping

/// What a practice sends becomes the referral that a page would make.
@Suite struct ReferralTests {
    @Test func `a transaction is the referral that a page would make`() throws {
        let world = try World()
        let read = try SentReferral(FHIRResource(Requests.transaction)).read(from: world.sender)
        #expect(read.programme == "workwell-manchester")
        #expect(read.on.iso == "2025-06-01")
        #expect(read.consents == [.referral: true, .shareWithReferrer: true])
        #expect(read.note == "Prefers mornings")
        #expect(read.key == "fhir:https://practice.example/ref|R-77")
        let referral = read.referral
        #expect(referral.source == "gp")
        #expect(referral.referrer == "P84001")
        #expect(referral.strand == "be-well")
        #expect(referral.condition == "msk")
        #expect(referral.employmentStatus == "off-sick")
        #expect(referral.gender == "female")
        #expect(referral.ethnicity == "M")
        #expect(referral.age == 55)
        #expect(referral.outwardCode == "M13")
        #expect(referral.practice == "P84001")
        #expect(referral.answers == ["health-condition": "yes"])
        let identity = referral.identity
        #expect(identity.givenName == "Rose Ann")
        #expect(identity.familyName == "Marple")
        #expect(identity.birthDate == "1970-03-30")
        #expect(identity.nhsNumber == "9434765919")
        #expect(identity.postcode == "M13 9PL")
        #expect(identity.address == "12 Acacia Avenue, Manchester")
        #expect(identity.phone == "0161 496 0000")
        #expect(identity.email == "rose@example.org")
        #expect(
            read.entries.map(\.body.kind) == [
                .referralReceived, .consentGiven, .consentGiven, .noteWritten,
            ]
        )
    }

    @Test func `a ServiceRequest may carry its Patient within`() throws {
        let world = try World()
        var request = Requests.json(Requests.serviceRequest)
        var patient = Requests.json(Requests.patient)
        patient["id"] = .string("p")
        var consent = Requests.json(Requests.consent)
        consent["id"] = .string("c")
        request["contained"] = .array([.object(patient), .object(consent)])
        request["subject"] = .object(["reference": .string("#p")])
        request["supportingInfo"] = .array([.object(["reference": .string("#c")])])
        let read = try SentReferral(FHIRResource(request)).read(from: world.sender)
        #expect(read.referral.identity.nhsNumber == "9434765919")
        #expect(read.consents[.referral] == true)
    }

    @Test(arguments: [
        #"{"linkId":"about-you","item":[ITEM]}"#,
        #"{"linkId":"health-condition","answer":[{"valueBoolean":true,"item":[ITEM]}]}"#,
    ])
    func `answers within a group, or that another led to, are read`(around: String) throws {
        let world = try World()
        let item = #"{"linkId":"health-condition","answer":[{"valueBoolean":true}]}"#
        let sent = Requests.changed(item, around.replacing("ITEM", with: item))
        let read = try SentReferral(FHIRResource(sent)).read(from: world.sender)
        #expect(read.referral.answers["health-condition"] == "yes")
        let stray = item.replacing("health-condition", with: "health")
        let other = Requests.changed(item, around.replacing("ITEM", with: stray))
        #expect(throws: FHIRIssues.self) {
            try SentReferral(FHIRResource(other)).read(from: world.sender)
        }
    }

    @Test func `a reason in words that can be no code is kept as a note`() throws {
        let world = try World()
        let coding =
            #"{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/condition","code":"msk"}]}"#
        let long = "Has not been able to lift anything at work since the fall in the warehouse"
        for (words, condition, note) in [
            ("Low back pain", "low-back-pain", "Prefers mornings"),
            (long, "", long + "\nPrefers mornings"),
        ] {
            let sent = Requests.changed(coding, #"{"text":"\#(words)"}"#)
            let read = try SentReferral(FHIRResource(sent)).read(from: world.sender)
            #expect(read.referral.condition ?? "" == condition)
            #expect(read.note == note)
        }
    }

    /// Who performs, by an identifier, and the strand that is meant.
    private static let performers: [(type: String, system: String, id: String, strand: String?)] = [
        ("HealthcareService", "service", "workwell-manchester.be-well", "be-well"),
        ("HealthcareService", "service", "workwell-manchester", nil),
        // What is the sender's own says nothing here.
        ("HealthcareService", "other", "workwell-manchester.be-well", nil),
        ("Organization", "organization", "big-life", "be-well"),
    ]

    @Test(arguments: performers.indices)
    func `who performs is known by an identifier, of what was sent along too`(index: Int) throws {
        let row = Self.performers[index]
        let world = try World()
        let system = "https://goodwork.example/fhir/Id/\(row.system)"
        let identifier = #"{"system":"\#(system)","value":"\#(row.id)"}"#
        let along = #"{"resourceType":"\#(row.type)","identifier":[\#(identifier)]}"#
        for performer in [
            #"{"reference":"urn:uuid:44444444-4444-4444-8444-444444444444"}"#,
            #"{"type":"\#(row.type)","identifier":\#(identifier)}"#,
        ] {
            let request = Requests.serviceRequest.replacing(
                #"{"reference":"HealthcareService/workwell-manchester.be-well"}"#,
                with: performer
            )
            let parts = [Requests.patient, request, Requests.consent, along]
            let read = try SentReferral(FHIRResource(Requests.bundle(parts)))
                .read(from: world.sender)
            #expect(read.programme == "workwell-manchester")
            #expect(read.referral.strand == row.strand, "\(performer)")
        }
    }
}
