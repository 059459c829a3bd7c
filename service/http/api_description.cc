#include "service/http/api_description.h"

#include <span>
#include <string>

#include "google/protobuf/descriptor.pb.h"
#include "service/base/embedded_file.h"

namespace tercet::http {

// Generated: the output of `protoc --descriptor_set_out`.
std::span<const EmbeddedFile> ApiDescriptorSet();

namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;

// The descriptor set in a pool of its own: the compiled-in one has no comments.
class Description {
 public:
  Description() {
    const std::string_view bytes = ApiDescriptorSet().front().content;
    FileDescriptorSet set;
    set.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    for (const FileDescriptorProto& proto : set.file()) {
      const FileDescriptor* file = pool_.BuildFile(proto);
      if (file->package() == "tercet.v1" && file->service_count() > 0) {
        files_.push_back(file);
      }
    }
  }

  const std::vector<const FileDescriptor*>& files() const { return files_; }

 private:
  DescriptorPool pool_;
  std::vector<const FileDescriptor*> files_;
};

}  // namespace

std::vector<const FileDescriptor*> DescribedFiles() {
  static const Description& description = *new Description();
  return description.files();
}

const google::protobuf::MethodDescriptor& CompiledMethod(
    const google::protobuf::MethodDescriptor& described) {
  return *DescriptorPool::generated_pool()->FindMethodByName(
      described.full_name());
}

}  // namespace tercet::http
