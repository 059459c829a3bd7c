#ifdef TERCET_HAVE_SQLITE
#include <sqlite3.h>
#endif

#include <string>
#include <utility>

#include "bench/bench_database.h"
#include "bench/engine/engine.h"
#include "bench/must.h"
#include "service/base/utf8.h"

namespace tercet::bench {

#ifdef TERCET_HAVE_SQLITE

namespace {

// A table in a file of its own, all of it cached.
class Sqlite : public Engine {
 public:
  explicit Sqlite(const StoredTexts& texts) : texts_(texts) {
    Check(sqlite3_open((directory_.path() + "/texts.db").c_str(), &database_));
    Run("PRAGMA journal_mode = OFF");
    Run("PRAGMA synchronous = OFF");
    Run("PRAGMA cache_size = -2000000");
    Run("CREATE VIRTUAL TABLE texts USING "
        "fts5(text, content = '', tokenize = 'trigram')");
    Fill();
    Run("INSERT INTO texts(texts) VALUES ('optimize')");
    search_ =
        Prepare(fmt::format("SELECT rowid FROM texts WHERE texts MATCH ?1 "
                            "ORDER BY rank LIMIT {}",
                            kPeerCandidates));
  }

  ~Sqlite() override {
    sqlite3_finalize(search_);
    sqlite3_close(database_);
  }

  std::string_view name() const override { return "SQLite FTS5 trigram"; }

  Scores Find(const std::string& text) override {
    std::vector<uint32_t> places;
    const std::string expression = AnyTrigram(text);
    if (expression.empty()) return {};
    Bind(search_, 1, expression);
    while (Step(search_)) {
      places.push_back(
          static_cast<uint32_t>(sqlite3_column_int64(search_, 0) - 1));
    }
    sqlite3_reset(search_);
    return Rerank(texts_, places, text);
  }

 private:
  // A search for texts with any three characters of these in a row.
  static std::string AnyTrigram(const std::string& text) {
    std::vector<size_t> starts;
    for (size_t position = 0; position < text.size();) {
      starts.push_back(position);
      DecodeUtf8(text, &position);
    }
    starts.push_back(text.size());
    std::string expression;
    for (size_t i = 0; i + 3 < starts.size(); ++i) {
      if (!expression.empty()) expression += " OR ";
      expression += '"';
      for (const char c : text.substr(starts[i], starts[i + 3] - starts[i])) {
        expression += c;
        if (c == '"') expression += c;
      }
      expression += '"';
    }
    return expression;
  }

  void Fill() {
    Run("BEGIN");
    sqlite3_stmt* const insert =
        Prepare("INSERT INTO texts(rowid, text) VALUES (?1, ?2)");
    for (size_t i = 0; i < texts_.size(); ++i) {
      sqlite3_bind_int64(insert, 1, static_cast<int64_t>(i + 1));
      Bind(insert, 2, texts_.text(i));
      Step(insert);
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    Run("COMMIT");
  }

  void Check(int result) const {
    if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE) {
      return;
    }
    Must(MakeError(StatusCode::kInternal,
                   std::string("sqlite: ") + sqlite3_errmsg(database_),
                   {.reason = "BENCHMARK"}));
  }

  void Run(const std::string& statement) const {
    Check(
        sqlite3_exec(database_, statement.c_str(), nullptr, nullptr, nullptr));
  }

  sqlite3_stmt* Prepare(const std::string& statement) const {
    sqlite3_stmt* prepared = nullptr;
    Check(sqlite3_prepare_v2(database_, statement.c_str(), -1, &prepared,
                             nullptr));
    return prepared;
  }

  // `text` must live until the statement is reset.
  void Bind(sqlite3_stmt* statement, int place, const std::string& text) const {
    Check(sqlite3_bind_text(statement, place, text.data(),
                            static_cast<int>(text.size()), SQLITE_STATIC));
  }

  bool Step(sqlite3_stmt* statement) const {
    const int result = sqlite3_step(statement);
    Check(result);
    return result == SQLITE_ROW;
  }

  const StoredTexts& texts_;
  TempDirectory directory_;
  sqlite3* database_ = nullptr;
  sqlite3_stmt* search_ = nullptr;
};

}  // namespace

std::unique_ptr<Engine> MakeSqlite(const StoredTexts& texts) {
  return std::make_unique<Sqlite>(texts);
}

#else

std::unique_ptr<Engine> MakeSqlite(const StoredTexts&) { return nullptr; }

#endif

}  // namespace tercet::bench
