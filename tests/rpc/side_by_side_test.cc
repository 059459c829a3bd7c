// Imports of several clients at once, and exports while others write.
#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using grpc::ClientContext;
using testing::IsEmpty;
using testing::SizeIs;

class SideBySide : public RpcTest {
 protected:
  struct Imported {
    grpc::Status status;
    v1::Import result;
  };

  Imported Import(const std::string& memory, const std::string& file) {
    ClientContext context;
    const auto stream = memories_->ImportUnits(&context);
    v1::ImportUnitsRequest request;
    request.mutable_config()->set_memory(memory);
    request.mutable_config()->set_format(v1::TSV);
    Imported imported;
    // Reads while it writes, as the server may end the call early.
    std::jthread reader([&] {
      for (v1::ImportUnitsResponse response; stream->Read(&response);) {
        if (response.has_result()) imported.result = response.result();
      }
    });
    stream->Write(request);
    for (size_t i = 0; i < file.size(); i += 20'000) {
      request.set_chunk(file.substr(i, 20'000));
      if (!stream->Write(request)) break;
    }
    stream->WritesDone();
    reader.join();
    imported.status = stream->Finish();
    return imported;
  }

  std::string Export(const std::string& memory, v1::FileFormat format) {
    v1::ExportUnitsRequest request;
    request.set_memory(memory);
    request.set_format(format);
    ClientContext context;
    const auto stream = memories_->ExportUnits(&context, request);
    std::string file;
    for (v1::ExportUnitsResponse response; stream->Read(&response);) {
      file += response.chunk();
    }
    EXPECT_THAT(stream->Finish(), RpcOk());
    return file;
  }
};

// Lines of which each client has its own, and some that all have.
std::string FileOf(int client, int units) {
  std::string file = "en\tes\n";
  for (int i = 0; i < units; ++i) {
    const int owner = i % 10 == 0 ? 0 : client + 1;
    file += fmt::format("Sentence {} of client {}\tFrase {} de {}\n", i, owner,
                        i, owner);
  }
  return file;
}

TEST_F(SideBySide, ImportsOfSeveralClientsAreAllWholeAndApart) {
  constexpr int kClients = 4;
  constexpr int kUnits = 3000;
  std::vector<Imported> imported(kClients);
  {
    std::vector<std::jthread> clients;
    for (int client = 0; client < kClients; ++client) {
      clients.emplace_back([&, client] {
        imported[client] = Import("memories/press", FileOf(client, kUnits));
      });
    }
  }
  int64_t created = 0;
  int64_t duplicates = 0;
  std::set<std::string> names;
  for (const Imported& each : imported) {
    ASSERT_THAT(each.status, RpcOk());
    EXPECT_EQ(each.result.report().read_count(), kUnits);
    created += each.result.report().created_count();
    duplicates += each.result.report().duplicate_count();
    names.insert(each.result.name());
  }
  EXPECT_THAT(names, SizeIs(kClients));
  EXPECT_EQ(GetMemory("memories/press").unit_count(), created);
  EXPECT_EQ(created, kClients * kUnits * 9 / 10 + kUnits / 10);
  EXPECT_EQ(duplicates, (kClients - 1) * kUnits / 10);
}

TEST_F(SideBySide, OneAfterTheOtherGivesTheSameMemory) {
  {
    std::jthread one([&] { Import("memories/press", FileOf(0, 2000)); });
    std::jthread two([&] { Import("memories/press", FileOf(1, 2000)); });
  }
  Import("memories/web", FileOf(1, 2000));
  Import("memories/web", FileOf(0, 2000));
  for (const v1::FileFormat format : {v1::TMX, v1::TSV, v1::JSONL}) {
    EXPECT_EQ(Export("memories/press", format), Export("memories/web", format));
  }
}

TEST_F(SideBySide, TheSameFileTwiceAtOnceIsOneImport) {
  const std::string file = FileOf(0, 5000);
  std::vector<Imported> imported(2);
  {
    std::vector<std::jthread> clients;
    for (Imported& each : imported) {
      clients.emplace_back([&] { each = Import("memories/press", file); });
    }
  }
  int done = 0;
  for (const Imported& each : imported) {
    if (each.status.ok()) {
      ++done;
      continue;
    }
    EXPECT_THAT(each.status,
                RpcFails(grpc::StatusCode::ABORTED, "IMPORT_TAKEN_OVER"));
  }
  // Both, where the second came after the first was through.
  EXPECT_GE(done, 1);
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 5000);
}

// Every unit says of which round it is, and a round is written as one batch.
TEST_F(SideBySide, AnExportIsOfOneMoment) {
  constexpr int kUnits = 1000;
  CreateMemory("press");
  const auto write_round = [this](int round) {
    v1::BatchCreateUnitsRequest request;
    request.set_parent("memories/press");
    for (int i = 0; i < kUnits; ++i) {
      v1::CreateUnitRequest& create = *request.add_requests();
      create.set_write_mode(v1::OVERWRITE);
      *create.mutable_unit() = MakeUnit(
          fmt::format("Sentence {}, long enough for several chunks of a file "
                      "that is sent while others write {}",
                      i, std::string(500, 'x')),
          fmt::format("Ronda {}", round));
    }
    ClientContext context;
    v1::BatchCreateUnitsResponse response;
    ASSERT_THAT(memories_->BatchCreateUnits(&context, request, &response),
                RpcOk());
  };
  write_round(0);
  std::atomic<bool> stop = false;
  std::jthread writer([&] {
    for (int round = 1; !stop; ++round) write_round(round);
  });
  std::set<std::string> rounds_seen;
  for (int i = 0; i < 1000 && rounds_seen.size() < 4; ++i) {
    const std::string file = Export("memories/press", v1::TSV);
    std::map<std::string, int> rounds;
    for (size_t at = file.find("\tRonda "); at != std::string::npos;
         at = file.find("\tRonda ", at + 1)) {
      ++rounds[file.substr(at + 1, file.find('\n', at) - at - 1)];
    }
    ASSERT_THAT(rounds, SizeIs(1));
    EXPECT_EQ(rounds.begin()->second, kUnits);
    rounds_seen.insert(rounds.begin()->first);
  }
  stop = true;
  EXPECT_GT(rounds_seen.size(), 1U);
}

// Whatever the order in which units come in, and however often.
TEST_F(SideBySide, EqualMemoriesGiveEqualBytes) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  std::mt19937 random(seed);
  std::vector<std::string> lines;
  for (int i = 0; i < 500; ++i) {
    lines.push_back(fmt::format("Sentence {}\tFrase {}\t第{}句\n", i,
                                random() % 50, random() % 50));
  }
  const auto file_of = [](const std::vector<std::string>& some) {
    std::string file = "en\tes\tzh\n";
    for (const std::string& line : some) file += line;
    return file;
  };
  Import("memories/press", file_of(lines));
  std::ranges::shuffle(lines, random);
  for (size_t i = 0; i < lines.size(); i += 100) {
    Import("memories/web",
           file_of({lines.begin() + i, lines.begin() + i + 100}));
  }
  Import("memories/web", file_of(lines));
  for (const v1::FileFormat format : {v1::TMX, v1::TSV, v1::JSONL}) {
    const std::string press = Export("memories/press", format);
    EXPECT_THAT(press, testing::Not(IsEmpty()));
    EXPECT_EQ(press, Export("memories/web", format));
  }
}

}  // namespace
}  // namespace tercet
