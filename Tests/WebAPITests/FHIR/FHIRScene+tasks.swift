import FHIRModel
import Kernel
import Testing
import Web

extension FHIRScene {
    /// Refers by a transaction, and tells the id of the case.
    func referByTransaction(_ body: String = FHIRBodies.transaction()) async throws -> String {
        let answer = await practice.post("/fhir/R4", body)
        #expect(answer.status == 200, "\(answer.json.text)")
        #expect(throws: Never.self) { try answer.fhir() }
        let tasks = (answer["entry"]?.array ?? []).compactMap { $0["resource"] }
            .filter { $0["resourceType"]?.string == "Task" }
        return try #require(tasks.first?["id"]?.string, "\(answer.json.text)")
    }
}

extension TestClient {
    /// Sends a Task as it was read, with some members put in the place of what stood.
    func putTask(_ id: String, _ members: JSONObject, mark: String? = nil) async -> Answer {
        let read = await get("/fhir/R4/Task/\(id)")
        var task = read.json.object ?? JSONObject()
        for (key, value) in members.members { task[key] = value }
        let etag = mark ?? read.response["ETag"] ?? ""
        return await send(
            .put,
            "/fhir/R4/Task/\(id)",
            JSONValue.object(task).text,
            headers: ["if-match": etag]
        )
    }
}

extension TestClient.Answer {
    /// How a Task stands: its status and its business status.
    var taskStatus: String {
        let business = self["businessStatus"]?["coding"]?.array?.first?["code"]?.string
        return "\(self["status"]?.string ?? "-") \(business ?? "-")"
    }
}
