import Testing

@testable import BoardPack

@Suite struct PackTests {}
