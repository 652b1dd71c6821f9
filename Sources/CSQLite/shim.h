#include <sqlite3.h>

/// Keeps SQLite from counting the memory that it takes, which costs a lock for every piece.
///
/// Before SQLite is first used, or it does nothing. Swift cannot call sqlite3_config itself.
static inline int goodwork_sqlite_counts_no_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
