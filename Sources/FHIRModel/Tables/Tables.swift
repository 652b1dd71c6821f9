/// FHIR R4 as data: types, elements, codes.
///
/// The files beside this one are the whole of what this system knows of the standard's structure;
/// nothing else lists an element. `FHIRSchema` is made from them once.
enum Tables {
    /// Every listing of types, in the order in which they are read.
    static let types = [
        datatypes, rareDatatypes, parties, workflow, care, questionnaires, infrastructure,
    ]
}
