// Dates and times: Nov. 21, 2008; 21 de noviembre de 2008; 2008年11月21日;
// 11月; 2008-11-21; 10:30 a.m.; 下午3点. A year alone is a number.
#ifndef TERCET_SERVICE_TEXT_DATE_READER_H_
#define TERCET_SERVICE_TEXT_DATE_READER_H_

#include <cstddef>

#include "service/text/lexeme.h"
#include "service/text/reading.h"

namespace tercet {

// The date or time that begins at token `i`. REQUIRES: i < text.size().
Reading ReadDate(const LexedText& text, size_t i);
Reading ReadTime(const LexedText& text, size_t i);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_DATE_READER_H_
