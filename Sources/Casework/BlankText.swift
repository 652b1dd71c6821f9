import Kernel

/// Finds the first text kept apart from the coded fields that is there and says nothing.
///
/// Whoever has nothing to say leaves the field out: a blank text would be shown, counted and sent
/// on as if somebody had said something.
struct BlankText: FieldVisitor {
    private(set) var found: String?

    mutating func sealed(_ name: String, _ value: inout String?) {
        guard found == nil, let text = value, text.isBlank else { return }
        found = name
    }

    mutating func sealed(_ name: String, _ value: inout [String: String]) {}
    mutating func field(_ name: String, _ value: inout String) {}
    mutating func field(_ name: String, _ value: inout String?) {}
    mutating func field(_ name: String, _ value: inout Int) {}
    mutating func field(_ name: String, _ value: inout Int?) {}
    mutating func field(_ name: String, _ value: inout Bool?) {}
    mutating func field(_ name: String, _ value: inout CivilDate) {}
    mutating func field(_ name: String, _ value: inout CivilDate?) {}
    mutating func field(_ name: String, _ value: inout [String]) {}
    mutating func field(_ name: String, _ value: inout [String: String]) {}
}
