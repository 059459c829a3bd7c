// ThreadSanitizer does not see the atomics inside Debian's LevelDB, which is
// not instrumented, but the memcpy and memcmp calls between them: each table of
// LevelDB in memory looks like a race. What our own code does is still checked.

// The sanitizer calls it by this name.
extern "C" const char* __tsan_default_suppressions();  // NOLINT

extern "C" const char* __tsan_default_suppressions() {  // NOLINT
  return "race:libleveldb.so\n";
}
