// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/host_list.h"

#include "core/text.h"

namespace skyrun {

Result<std::vector<Host>> parse_host_list(std::string_view text) {
  HostCollector collector;
  for (const std::string_view piece : split(text, ',')) {
    const std::string_view word = trim(piece);
    auto host = parse_host(word);
    if (!host) return tl::unexpected(std::move(host.error()).within("--host"));
    const bool all_cores = word.size() > 2 && word.substr(word.size() - 2) == ":*";
    if (host->slots == 0 && !all_cores) host->slots = 1;
    if (auto good = collector.add(std::move(*host)); !good) {
      return tl::unexpected(std::move(good.error()).within("--host"));
    }
  }
  return collector.take();
}

}  // namespace skyrun
