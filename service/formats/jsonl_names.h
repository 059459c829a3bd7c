// The names of the JSON lines format, as docs/formats/jsonl.md lists them.
// DO NOT CHANGE: they are in users' files.
#ifndef TERCET_SERVICE_FORMATS_JSONL_NAMES_H_
#define TERCET_SERVICE_FORMATS_JSONL_NAMES_H_

namespace tercet::jsonl {

// Of a unit.
inline constexpr char kId[] = "id";
inline constexpr char kSource[] = "source";
inline constexpr char kVariants[] = "variants";
inline constexpr char kDocument[] = "document";
inline constexpr char kPrevious[] = "previous";
inline constexpr char kNext[] = "next";
inline constexpr char kKey[] = "key";
inline constexpr char kState[] = "state";
inline constexpr char kUsageCount[] = "usage_count";

// Of a unit or a variant.
inline constexpr char kCreator[] = "creator";
inline constexpr char kCreated[] = "created";
inline constexpr char kChanger[] = "changer";
inline constexpr char kChanged[] = "changed";
inline constexpr char kNotes[] = "notes";
inline constexpr char kProperties[] = "properties";

// Of a variant.
inline constexpr char kLanguage[] = "language";
inline constexpr char kText[] = "text";
inline constexpr char kCodes[] = "codes";

// Of a code.
inline constexpr char kKind[] = "kind";
inline constexpr char kOffset[] = "offset";
inline constexpr char kContent[] = "content";
inline constexpr char kXml[] = "xml";
inline constexpr char kAttributes[] = "attributes";

// Of a property or an attribute.
inline constexpr char kType[] = "type";
inline constexpr char kValue[] = "value";

// Of a line that is no unit, and of the problem in it.
inline constexpr char kProblem[] = "problem";
inline constexpr char kFile[] = "file";
inline constexpr char kReason[] = "reason";
inline constexpr char kMessage[] = "message";

}  // namespace tercet::jsonl

#endif  // TERCET_SERVICE_FORMATS_JSONL_NAMES_H_
