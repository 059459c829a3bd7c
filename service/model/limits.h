// The limits of the product. A breach is an error that names the field; nothing
// is ever cut off. docs/limits.md lists them for users.
#ifndef TERCET_SERVICE_MODEL_LIMITS_H_
#define TERCET_SERVICE_MODEL_LIMITS_H_

#include <cstddef>

namespace tercet {

inline constexpr size_t kMaxTextBytes = 128 * 1024;
inline constexpr size_t kMaxVariants = 256;
inline constexpr size_t kMaxCodes = 4096;           // In one segment.
inline constexpr size_t kMaxCodeBytes = 64 * 1024;  // Content and attributes.
inline constexpr size_t kMaxProperties = 1024;      // In one place.
inline constexpr size_t kMaxPropertyTypeBytes = 256;
inline constexpr size_t kMaxPropertyValueBytes = 64 * 1024;
inline constexpr size_t kMaxNotes = 256;
inline constexpr size_t kMaxNoteBytes = 64 * 1024;
inline constexpr size_t kMaxDocumentBytes = 1024;
inline constexpr size_t kMaxNameBytes = 256;  // Persons, keys, display names.
inline constexpr size_t kMaxIdBytes = 63;     // Memory and unit ids.
inline constexpr size_t kMaxUnitBytes = 2 * 1024 * 1024;  // All its text.
inline constexpr int kMaxMemoryPenalty = 99;

inline constexpr int kMaxPageSize = 1000;
inline constexpr int kMaxBatchSize = 1000;
inline constexpr int kMaxMatches = 100;
inline constexpr int kMaxSearchConditions = 4;
inline constexpr int kMaxSearchPhrases = 16;  // In one condition.
inline constexpr size_t kMaxPhraseBytes = 4 * 1024;
inline constexpr size_t kMaxSearchWords = 128;  // In one condition.
inline constexpr int kMaxFilterValues = 256;    // In one field of a filter.
inline constexpr int kDefaultMinScore = 70;
inline constexpr int kDefaultMaxMatches = 5;
inline constexpr size_t kMaxChunkBytes = 1024 * 1024;  // Import, export.
inline constexpr size_t kMaxMessageBytes =
    16 * 1024 * 1024;  // One gRPC message.

}  // namespace tercet

#endif  // TERCET_SERVICE_MODEL_LIMITS_H_
