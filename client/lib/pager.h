// Walks a paged listing item by item, fetching pages as they are needed.
//
//   Pager<v1::Memory> pager = client.ListMemories();
//   while (true) {
//     ASSIGN_OR_RETURN(std::optional<v1::Memory> memory, pager.Next());
//     if (!memory.has_value()) break;
//     ...
//   }
#ifndef TERCET_CLIENT_LIB_PAGER_H_
#define TERCET_CLIENT_LIB_PAGER_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/base/status.h"

namespace tercet::client {

// Not thread-safe. A pager that a Client made must not outlive it.
template <typename Item>
class Pager {
 public:
  struct Page {
    std::vector<Item> items;
    std::string next_page_token;  // Empty on the last page.
  };
  // Gets the page of a token; the first page's is empty.
  using Fetch = std::function<StatusOr<Page>(const std::string& page_token)>;

  explicit Pager(Fetch fetch) : fetch_(std::move(fetch)) {}

  // The next item; nullopt at the end. After an error the same page is asked
  // for again, so a caller may go on.
  StatusOr<std::optional<Item>> Next() {
    // A page may be empty and yet not be the last.
    while (position_ == page_.items.size()) {
      if (started_ && page_.next_page_token.empty()) {
        return std::optional<Item>();
      }
      ASSIGN_OR_RETURN(page_, fetch_(page_.next_page_token));
      started_ = true;
      position_ = 0;
    }
    return std::optional<Item>(std::move(page_.items[position_++]));
  }

 private:
  Fetch fetch_;
  Page page_;
  size_t position_ = 0;
  bool started_ = false;
};

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_PAGER_H_
