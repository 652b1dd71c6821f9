import Testing

@testable import Casework

/// How ids are put into words.
@Suite struct WordsTests {
    private static let organisations = [
        ("big-life", "Big Life"), ("ips", "IPS"), ("prime-provider", "Prime Provider"),
        ("pathways-cic", "Pathways CIC"), ("mft", "MFT"), ("P84001", "P84001"),
        (
            "manchester-mental-health-and-social-care-trust",
            "Manchester Mental Health and Social Care Trust"
        ),
    ]

    @Test("An organisation that only its id names is called by it", arguments: organisations)
    func organisation(_ id: String, _ name: String) {
        #expect(Words.organisation(id) == name)
    }
}
