// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/result.h"

namespace skyrun {

/// A machine as the person named it.
struct Host {
  std::string name;           ///< name or address, IPv6 without brackets
  std::string user;           ///< empty: not said
  uint16_t port = 0;          ///< of its ssh server; 0: not said
  std::string identity_file;  ///< ssh key; empty: ssh decides
  int slots = 0;              ///< how many ranks fit; 0: not said, as many as it has cores

  friend bool operator==(const Host&, const Host&) = default;
};

constexpr int kMaxSlots = 1'000'000;
constexpr size_t kMaxHosts = 1'000'000;

/// `[user@]name[:slots]`, where a name is a host name, an IPv4 or an IPv6 address; an IPv6 address
/// needs brackets when slots follow. `:*` means as many slots as it has cores. More slots than a
/// machine can have CPUs are refused, for they are a port. Refused is whatever
/// ssh or a shell could take for something other than a host, as a leading '-'.
Result<Host> parse_host(std::string_view text);

/// A decimal number from 1 to `max`: the value of `what` in the error.
Result<int> parse_count(std::string_view what, std::string_view text, int max);

/// Names in upper and lower case are the same (RFC 4343).
bool same_name(const Host& a, const Host& b);

/// The hosts in the order of their first mention. A host is its name and port; mentioned again,
/// its slots add up, and a mention without slots counts one.
class HostCollector {
 public:
  Result<void> add(Host host);
  std::vector<Host> take() { return std::move(hosts_); }

 private:
  Result<void> merge(Host& host, const Host& again);

  std::vector<Host> hosts_;
  std::unordered_map<std::string, size_t> index_;  // "name port" -> position in hosts_
};

}  // namespace skyrun
