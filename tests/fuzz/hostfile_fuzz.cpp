// SPDX-License-Identifier: Apache-2.0
//
// Hostile hostfiles and host lists: no crash, and what is accepted is safe to hand to ssh.
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "launcher/nodes/host_list.h"
#include "launcher/nodes/hostfile.h"

namespace {

void check(const skyrun::Result<std::vector<skyrun::Host>>& hosts) {
  if (!hosts) {
    SKYRUN_ASSERT(!hosts.error().text().empty());
    return;
  }
  SKYRUN_ASSERT(!hosts->empty());
  for (const skyrun::Host& host : *hosts) {
    SKYRUN_ASSERT(!host.name.empty() && host.name[0] != '-');
    SKYRUN_ASSERT(host.user.empty() || host.user[0] != '-');
    SKYRUN_ASSERT((host.name + host.user).find_first_of(" \t\r\n'\"`$;&|<>(){}") ==
                  std::string::npos);
    SKYRUN_ASSERT(host.slots >= 0 && host.slots <= skyrun::kMaxSlots);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(skyrun::parse_hostfile(text, "hosts"));
  check(skyrun::parse_host_list(text));
  return 0;
}
