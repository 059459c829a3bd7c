// The fields of a call of MyMemory's protocol.
#ifndef TERCET_SERVICE_HTTP_MYMEMORY_FORM_H_
#define TERCET_SERVICE_HTTP_MYMEMORY_FORM_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/http/url.h"

namespace tercet::http {

class MymemoryForm {
 public:
  explicit MymemoryForm(Parameters parameters)
      : parameters_(std::move(parameters)) {}

  // Empty where the field is absent.
  std::string Get(std::string_view name) const;

  // The memories: MateCat sends `key=k1,k2`.
  std::vector<std::string> Keys() const;

  // `penalty_key`: what is taken off the matches of a key, 0 to 1.
  std::map<std::string, double> Penalties() const;

 private:
  Parameters parameters_;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_MYMEMORY_FORM_H_
