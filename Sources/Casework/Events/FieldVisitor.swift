import Kernel

/// Walks the fields of an event's body: one listing of the fields serves to write them, to read
/// them and to describe them.
///
/// `sealed` fields identify the person or are free text; they are kept apart from the coded
/// fields, so that they can be sealed under the person's key.
package protocol FieldVisitor {
    mutating func field(_ name: String, _ value: inout String) throws(EventFault)
    mutating func field(_ name: String, _ value: inout String?) throws(EventFault)
    mutating func field(_ name: String, _ value: inout Int) throws(EventFault)
    mutating func field(_ name: String, _ value: inout Int?) throws(EventFault)
    mutating func field(_ name: String, _ value: inout Bool?) throws(EventFault)
    mutating func field(_ name: String, _ value: inout CivilDate) throws(EventFault)
    mutating func field(_ name: String, _ value: inout CivilDate?) throws(EventFault)
    mutating func field(_ name: String, _ value: inout [String]) throws(EventFault)
    mutating func field(_ name: String, _ value: inout [String: String]) throws(EventFault)
    mutating func sealed(_ name: String, _ value: inout String?) throws(EventFault)
    mutating func sealed(_ name: String, _ value: inout [String: String]) throws(EventFault)
    /// Told, before a field, of the closed set that its text is from.
    mutating func expect<E: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        among values: E.Type
    )
}

extension FieldVisitor {
    /// Most visitors need not know.
    package mutating func expect<E: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        among values: E.Type
    ) {}

    /// A value from a closed set, kept as its raw text.
    mutating func field<E: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        _ value: inout E
    ) throws(EventFault) {
        expect(name, among: E.self)
        var text = value.rawValue
        try field(name, &text)
        guard let read = E(rawValue: text) else {
            let known = E.allCases.map(\.rawValue).joined(separator: ", ")
            throw EventFault(field: name, problem: "\(text) is not one of \(known)")
        }
        value = read
    }

    /// A value from a closed set that is left out where it is the usual one.
    ///
    /// A field that came later is read so: an event stored before had the usual value.
    mutating func field<E: RawRepresentable<String> & CaseIterable & Equatable>(
        _ name: String,
        _ value: inout E,
        usually usual: E
    ) throws(EventFault) {
        expect(name, among: E.self)
        var text = value == usual ? nil : value.rawValue
        try field(name, &text)
        guard let text else {
            value = usual
            return
        }
        guard let read = E(rawValue: text) else {
            let known = E.allCases.map(\.rawValue).joined(separator: ", ")
            throw EventFault(field: name, problem: "\(text) is not one of \(known)")
        }
        value = read
    }
}

/// A stored event that cannot be read.
package struct EventFault: Error, Sendable, Hashable, CustomStringConvertible {
    package var field: String?
    package var problem: String

    package init(field: String? = nil, problem: String) {
        self.field = field
        self.problem = problem
    }

    package var description: String { (field.map { "\($0): " } ?? "") + problem }
}

/// What is particular to one kind of event.
package protocol EventFields: Sendable, Hashable {
    init()
    mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault)
}

extension EventFields {
    /// An event without particulars.
    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {}
}
