// Writes a number the way another one is written: with its marks, magnitude
// words, numerals.
//
//   WriteNumberLike({"1,2 millones", "1200000", "es"}, {"3450000", "3.45 m"})
//       == "3,45 millones"
#ifndef TERCET_SERVICE_TEXT_NUMBER_WRITER_H_
#define TERCET_SERVICE_TEXT_NUMBER_WRITER_H_

#include <optional>
#include <string>
#include <string_view>

namespace tercet {

// A placeable whose writing is to be followed.
struct WritingModel {
  std::string_view written;
  std::string_view value;     // As Placeable::value.
  std::string_view language;  // A base language.
};

// What is to be written: a value, and how another text writes it, which tells
// whether there are marks between thousands and zeros at the end.
struct NewValue {
  std::string_view value;
  std::string_view written;
};

// nullopt where there is any doubt. A number, percentage or ordinal comes out
// as the model is one.
std::optional<std::string> WriteNumberLike(const WritingModel& model,
                                           const NewValue& value);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_NUMBER_WRITER_H_
