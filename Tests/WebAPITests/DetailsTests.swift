import Application
import Casework
import Kernel
import TestSupport
import Testing
import WebAPI

/// Who the person is, put right by a program.
@Suite struct DetailsTests {
    @Test("Details are changed by an entry, and read in the case", arguments: Backend.allCases)
    func change(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let test = TestAPI(installation)
            let header = try await AccessScene.makeCase(installation, 1)
            let client = try await test.client(.coach, of: "big-life")
            let path = "/api/v1/cases/\(header.id.text)"
            let today = installation.clock.now.civilDateUK.iso
            func send(_ members: String) async -> TestClient.Answer {
                let entry = #"{"type": "details.changed", "on": "\#(today)", \#(members)}"#
                return await client.post("\(path)/entries", "{\"entries\": [\(entry)]}")
            }
            let told = await send(#""phone": "0161 496 0111", "nhs_number": "999 300 0019""#)
            #expect(told.status == 201, "\(told.json.text)")
            let shown = await client.get(path)
            #expect(shown["person"]?["phone"]?.string == "0161 496 0111")
            #expect(shown["person"]?["nhs_number"]?.string == "9993000019")
            #expect(shown["person"]?["family_name"]?.string == "Number1")
            let cleared = await send(#""fields": ["phone"]"#)
            #expect(cleared.status == 201, "\(cleared.json.text)")
            let now = await client.get(path)
            #expect(now["person"]?["phone"] == nil)
            #expect(await send(#""nhs_number": "12""#).code == "nhs-number-out-of-range")
        }
    }

    @Test("A change of details is not withdrawn")
    func standing() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let header = try await AccessScene.makeCase(installation, 1)
            let client = try await test.client(.coach, of: "big-life")
            let path = "/api/v1/cases/\(header.id.text)/entries"
            let today = installation.clock.now.civilDateUK.iso
            let entry = #"{"type": "details.changed", "on": "\#(today)", "phone": "0161 496 0001"}"#
            let told = await client.post(path, "{\"entries\": [\(entry)]}")
            let id = try #require(told["entries"]?.array?.first?["id"]?.string)
            let void = #"{"event": "\#(id)", "reason": "wrong-details", "text": "No"}"#
            let answer = await client.post(path, "{\"voids\": [\(void)]}")
            #expect(answer.pointers == ["/voids/0/event"])
        }
    }

    @Test("What the referral said wrongly is corrected by the case team alone")
    func correction() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.gender = "male" }
            let test = TestAPI(team.installation)
            let today = team.today.iso
            let path = "/api/v1/cases/\(header.id.text)"
            func send(_ client: TestClient, _ members: String) async -> TestClient.Answer {
                let entry = #"{"type": "referral.answered", "on": "\#(today)", \#(members)}"#
                return await client.post("\(path)/entries", "{\"entries\": [\(entry)]}")
            }
            let gender = #""gender": "female", "corrects": ["gender"]"#
            let referrer = try await test.client(.referrer, of: "P84001")
            #expect(await send(referrer, gender).pointers == ["/entries/0/corrects"])
            let coach = try await test.client(.coach, of: "big-life")
            #expect(await send(coach, #""gender": "female""#).code == "gender-already-said")
            let told = await send(coach, gender)
            #expect(told.status == 201, "\(told.json.text)")
            #expect(await coach.get(path)["referral"]?["gender"]?.string == "female")
            let named = #""gp_practice": "Bob Smith of 3 Mill Lane 07700 900123""#
            #expect(await send(coach, named).code == "unknown-value")
        }
    }

    @Test("A date of birth brings the age at referral, and an age that is not of it is refused")
    func age() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let header = try await AccessScene.makeCase(installation, 1)
            let client = try await test.client(.coach, of: "big-life")
            let path = "/api/v1/cases/\(header.id.text)"
            let today = installation.clock.now.civilDateUK
            func send(_ members: String) async -> TestClient.Answer {
                let entry = #"{"on": "\#(today.iso)", \#(members)}"#
                return await client.post("\(path)/entries", "{\"entries\": [\(entry)]}")
            }
            let told = await send(#""type": "details.changed", "birth_date": "1980-03-05""#)
            #expect(told.status == 201, "\(told.json.text)")
            let birth = try #require(CivilDate(iso: "1980-03-05"))
            let shown = await client.get(path)
            #expect(shown["referral"]?["age"]?.int == birth.age(on: today))
            let other = await send(
                #""type": "referral.answered", "age": 30, "corrects": ["age"]"#
            )
            #expect(other.code == "age-already-said")
        }
    }
}
