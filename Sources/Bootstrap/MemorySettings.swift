import CMalloc

/// What is set once for the memory of this process.
enum MemorySettings {
    /// Whether what was let go of is kept for the next who asks.
    ///
    /// The C library gives pieces like a page's 250 kB back to the system at once, and each new one
    /// is then made of blank memory, 4 kB at a time: a tenth of what the page costs. Up to 64 MB
    /// stay with the process.
    static let areMade =
        mallopt(M_TRIM_THRESHOLD, 64 << 20) == 1 && mallopt(M_MMAP_THRESHOLD, 4 << 20) == 1
}
