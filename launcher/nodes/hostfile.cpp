// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/hostfile.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/fd.h"
#include "core/text.h"

namespace skyrun {
namespace {

constexpr size_t kMaxFile = size_t{8} << 20U;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSlots[] = {"slots", "slot", "cpu", "cpus", "count"};
constexpr std::string_view kMaxSlotsKeys[] = {"max_slots", "max-slots", "slots_max", "slots-max",
                                              "cpu_max",   "cpu-max",   "cpus_max",  "cpus-max"};

template <size_t N>
bool is_one_of(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// What follows the host on its line.
struct Settings {
  std::optional<int> slots, max_slots, port;
};

Result<void> set_once(std::optional<int>& field, std::string_view key, std::string_view value,
                      int max) {
  const auto number = parse_count(key, value, max);
  if (!number) return tl::unexpected(number.error());
  if (field) return failure(fmt::format("{} is given twice", key));
  field = *number;
  return {};
}

Result<void> apply(Settings& settings, std::string_view word) {
  const size_t equals = word.find('=');
  const std::string_view key = word.substr(0, equals);
  if (equals != word.npos) {
    const std::string_view value = word.substr(equals + 1);
    if (key == "port") return set_once(settings.port, key, value, 65535);
    if (is_one_of(kSlots, key)) return set_once(settings.slots, key, value, kMaxSlots);
    if (is_one_of(kMaxSlotsKeys, key)) return set_once(settings.max_slots, key, value, kMaxSlots);
  }
  return failure(fmt::format("'{}': expected slots=N, max_slots=N or port=N after the host",
                             printable(word.substr(0, 60))));
}

Result<Host> parse_line(std::string_view line) {
  const std::string tight = without_blanks_around(line, '=');
  const auto words = split_words(tight);
  auto host = parse_host(words.front());
  if (!host) return host;
  Settings settings;
  if (host->slots != 0) settings.slots = host->slots;
  for (size_t i = 1; i < words.size(); ++i) {
    if (auto good = apply(settings, words[i]); !good)
      return tl::unexpected(std::move(good.error()));
  }
  host->slots = settings.slots.value_or(0);
  host->port = static_cast<uint16_t>(settings.port.value_or(0));
  if (settings.max_slots && *settings.max_slots < host->slots) {
    return failure(
        fmt::format("max_slots={} is less than slots={}", *settings.max_slots, host->slots));
  }
  return host;
}

Result<void> add_line(HostCollector& hosts, std::string_view line) {
  line = trim(line.substr(0, line.find('#')));
  if (line.empty()) return {};
  auto host = parse_line(line);
  if (!host) return tl::unexpected(std::move(host.error()));
  return hosts.add(std::move(*host));
}

}  // namespace

Result<std::vector<Host>> parse_hostfile(std::string_view text, std::string_view filename) {
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text.remove_prefix(kByteOrderMark.size());
  }
  HostCollector collector;
  for (size_t line = 1; !text.empty(); ++line) {
    const size_t end = std::min(text.find('\n'), text.size() - 1);
    if (auto good = add_line(collector, text.substr(0, end + 1)); !good) {
      return tl::unexpected(std::move(good.error()).within(fmt::format("{}:{}", filename, line)));
    }
    text.remove_prefix(end + 1);
  }
  auto hosts = collector.take();
  if (hosts.empty()) return failure(fmt::format("{}: no host in it", filename));
  return hosts;
}

Result<std::vector<Host>> load_hostfile(const std::string& path) {
  const auto text = read_file(path, kMaxFile);
  if (!text) return tl::unexpected(Error(text.error()).within("hostfile"));
  auto hosts = parse_hostfile(*text, path);
  if (!hosts) return tl::unexpected(std::move(hosts.error()).within("hostfile"));
  return hosts;
}

}  // namespace skyrun
