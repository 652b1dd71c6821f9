/// A power of a number above 0, of which twice the exponent is whole.
///
/// Years are whole, or half where money falls in the middle of one; so no library is needed.
func power(_ base: Double, _ exponent: Double) -> Double {
    let halves = Int((exponent * 2).rounded())
    var result = halves % 2 == 0 ? 1 : base.squareRoot()
    var factor = base
    var left = abs(halves) / 2
    while left > 0 {
        if left % 2 == 1 { result *= factor }
        factor *= factor
        left /= 2
    }
    return exponent < 0 ? 1 / result : result
}
