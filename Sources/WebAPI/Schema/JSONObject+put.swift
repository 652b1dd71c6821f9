import Kernel

extension JSONObject {
    /// Sets a member; one that is not known is left out.
    mutating func put(_ key: String, _ value: String?) { self[key] = value.map { .string($0) } }
    mutating func put(_ key: String, _ value: Int?) { self[key] = value.map { .int($0) } }
    mutating func put(_ key: String, _ value: Bool?) { self[key] = value.map { .bool($0) } }
    mutating func put(_ key: String, _ value: CivilDate?) { put(key, value?.iso) }
    mutating func put(_ key: String, _ value: Instant?) { put(key, value?.iso) }
    mutating func put(_ key: String, _ value: JSONObject?) {
        self[key] = value.map { .object($0) }
    }
    mutating func put(_ key: String, _ values: [String]) {
        self[key] = .array(values.map { .string($0) })
    }
    mutating func put(_ key: String, _ values: [JSONObject]) {
        self[key] = .array(values.map { .object($0) })
    }
    mutating func put(_ key: String, _ values: [String: String]) {
        let members = values.sorted { $0.key < $1.key }
        self[key] = .object(JSONObject(members.map { (key: $0.key, value: .string($0.value)) }))
    }
}
