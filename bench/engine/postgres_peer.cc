#include "bench/engine/postgres_peer.h"

#ifdef TERCET_HAVE_POSTGRES
#include <libpq-fe.h>
#include <unistd.h>
#endif

#include <filesystem>
#include <utility>

#include "bench/bench_database.h"
#include "bench/must.h"
#include "service/model/limits.h"

namespace tercet::bench {

#ifdef TERCET_HAVE_POSTGRES

namespace {

namespace fs = std::filesystem;

[[noreturn]] void Fail(const std::string& what) {
  fmt::print(stderr, "benchmark: postgres: {}\n", what);
  std::exit(EXIT_FAILURE);
}

class Connection {
 public:
  explicit Connection(const std::string& directory)
      : connection_(PQconnectdb(
            fmt::format("host={} user=postgres dbname=postgres", directory)
                .c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) {
      Fail(PQerrorMessage(connection_));
    }
  }
  ~Connection() { PQfinish(connection_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Run(const std::string& statement) const {
    Free(Checked(PQexec(connection_, statement.c_str())));
  }

  // Those of more than `max_bytes` are left out.
  void Copy(const StoredTexts& texts, size_t max_bytes) const {
    Free(Checked(PQexec(connection_, "COPY texts FROM STDIN")));
    for (size_t i = 0; i < texts.size(); ++i) {
      if (texts.text(i).size() > max_bytes) continue;
      std::string line = std::to_string(i) + '\t';
      for (const char c : texts.text(i)) {
        switch (c) {
          case '\\':
            line += "\\\\";
            break;
          case '\t':
            line += "\\t";
            break;
          case '\n':
            line += "\\n";
            break;
          case '\r':
            line += "\\r";
            break;
          default:
            line += c;
        }
      }
      line += '\n';
      PQputCopyData(connection_, line.data(), static_cast<int>(line.size()));
    }
    PQputCopyEnd(connection_, nullptr);
    Free(Checked(PQgetResult(connection_)));
    Free(PQgetResult(connection_));
  }

  void Prepare(const std::string& statement) const {
    Free(Checked(
        PQprepare(connection_, "search", statement.c_str(), 1, nullptr)));
  }

  std::vector<uint32_t> Search(const std::string& text) const {
    const char* const values[] = {text.c_str()};
    PGresult* const result = Checked(
        PQexecPrepared(connection_, "search", 1, values, nullptr, nullptr, 0));
    std::vector<uint32_t> places;
    for (int i = 0; i < PQntuples(result); ++i) {
      places.push_back(
          static_cast<uint32_t>(std::stoul(PQgetvalue(result, i, 0))));
    }
    Free(result);
    return places;
  }

 private:
  PGresult* Checked(PGresult* result) const {
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK &&
        status != PGRES_COPY_IN) {
      Fail(PQerrorMessage(connection_));
    }
    return result;
  }
  static void Free(PGresult* result) { PQclear(result); }

  PGconn* connection_;
};

class Postgres : public Engine {
 public:
  Postgres(const StoredTexts& texts, TrigramIndex index,
           const std::string& directory)
      : texts_(texts), index_(index), connection_(directory) {
    connection_.Run("SET client_min_messages = warning");
    connection_.Run("DROP TABLE IF EXISTS texts");
    connection_.Run("CREATE TABLE texts (place integer, text text)");
    const bool gin = index_ == TrigramIndex::kGin;
    // A row of GiST's must fit into a page.
    connection_.Copy(texts_, gin ? kMaxTextBytes : 8192);
    connection_.Run(gin ? "CREATE INDEX ON texts USING gin (text gin_trgm_ops)"
                        : "CREATE INDEX ON texts USING gist "
                          "(text gist_trgm_ops(siglen = 256))");
    connection_.Run("VACUUM ANALYZE texts");
    connection_.Run("SET enable_seqscan = off");
    const std::string order =
        gin ? "WHERE text % $1::text ORDER BY similarity(text, $1::text) DESC"
            : "ORDER BY text <-> $1::text";
    connection_.Prepare(fmt::format("SELECT place FROM texts {} LIMIT {}",
                                    order, kPeerCandidates));
  }

  std::string_view name() const override {
    return index_ == TrigramIndex::kGin ? "PostgreSQL pg_trgm, GIN"
                                        : "PostgreSQL pg_trgm, GiST";
  }

  Scores Find(const std::string& text) override {
    return Rerank(texts_, connection_.Search(text), text);
  }

 private:
  const StoredTexts& texts_;
  TrigramIndex index_;
  Connection connection_;
};

// Where Debian puts the programs; empty when they are not there.
fs::path ProgramDirectory() {
  std::error_code error;
  fs::path newest;
  for (const fs::directory_entry& entry :
       fs::directory_iterator("/usr/lib/postgresql", error)) {
    const fs::path programs = entry.path() / "bin";
    if (fs::exists(programs / "initdb", error) && programs > newest) {
      newest = programs;
    }
  }
  return newest;
}

class Cluster : public PostgresCluster {
 public:
  explicit Cluster(fs::path programs) : programs_(std::move(programs)) {
    // PostgreSQL does not run as root.
    if (getuid() == 0) {
      as_user_ = "runuser -u postgres -- ";
      Shell("chown postgres " + directory_.path());
    }
    Shell(
        fmt::format("{}{}/initdb -D {} -U postgres -A trust --no-sync "
                    "--encoding=UTF8 --locale=C.UTF-8",
                    as_user_, programs_.string(), Data()));
    // One core, enough memory, no waiting for the disk.
    Shell(fmt::format(
        "{}{}/pg_ctl -D {} -w -l {}/log -o \"-k {} -h '' -c fsync=off "
        "-c shared_buffers=2GB -c work_mem=256MB "
        "-c maintenance_work_mem=1GB -c jit=off -c autovacuum=off "
        "-c max_wal_size=8GB -c max_parallel_workers_per_gather=0 "
        "-c max_parallel_maintenance_workers=0\" start",
        as_user_, programs_.string(), Data(), directory_.path(),
        directory_.path()));
    running_ = true;
    StopWithUs();
    Connection(directory_.path()).Run("CREATE EXTENSION pg_trgm");
  }

  ~Cluster() override {
    if (running_) Shell(StopCommand());
  }

  std::unique_ptr<Engine> MakeEngine(const StoredTexts& texts,
                                     TrigramIndex index) override {
    return std::make_unique<Postgres>(texts, index, directory_.path());
  }

 private:
  std::string Data() const { return directory_.path() + "/data"; }

  std::string StopCommand() const {
    return fmt::format("{}{}/pg_ctl -D {} -m immediate -w stop", as_user_,
                       programs_.string(), Data());
  }

  // However this process ends, the server does not outlive it for long.
  void StopWithUs() const {
    Shell(fmt::format(
        "( while kill -0 {}; do sleep 1; done; {}; rm -rf {} ) </dev/null &",
        getpid(), StopCommand(), directory_.path()));
  }

  static void Shell(const std::string& command) {
    // NOLINTNEXTLINE(cert-env33-c): our own words only.
    if (std::system(("{ " + command + "\n} >/dev/null 2>&1").c_str()) != 0) {
      Fail("failed: " + command);
    }
  }

  fs::path programs_;
  TempDirectory directory_;
  std::string as_user_;
  bool running_ = false;
};

}  // namespace

std::unique_ptr<PostgresCluster> PostgresCluster::Start() {
  fs::path programs = ProgramDirectory();
  if (programs.empty()) return nullptr;
  return std::make_unique<Cluster>(std::move(programs));
}

#else

std::unique_ptr<PostgresCluster> PostgresCluster::Start() { return nullptr; }

#endif

}  // namespace tercet::bench
