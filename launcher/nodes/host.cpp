// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/host.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr size_t kMaxName = 255;  // RFC 1035, section 2.3.4
constexpr size_t kMaxUser = 255;
constexpr int kMostCpus = 2000;  // the largest machines on one kernel have 1,792

/// A text for an error message: harmless and short.
std::string quoted(std::string_view text) {
  const bool is_long = text.size() > 60;
  return fmt::format("'{}{}'", printable(text.substr(0, 60)), is_long ? "…" : "");
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_name_char(char c) {
  return is_alnum(c) || c == '-' || c == '.' || c == '_';
}

/// With or without a zone ("fe80::1%eth0").
bool is_ipv6(std::string_view text) {
  const size_t percent = text.find('%');
  const std::string_view zone = percent == text.npos ? "zone" : text.substr(percent + 1);
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return ::inet_pton(AF_INET6, std::string(text.substr(0, percent)).c_str(), address.data()) == 1 &&
         !zone.empty() && std::all_of(zone.begin(), zone.end(), is_name_char);
}

Result<void> check_name(std::string_view name) {
  if (name.empty()) return failure("host name is missing");
  if (name.front() == '-') {
    return failure(quoted(name) + ": a host name cannot begin with '-'");
  }
  if (name.find('\0') != name.npos || name.size() > kMaxName) {
    return failure(quoted(name) + ": not a host name");
  }
  if (is_ipv6(name) || std::all_of(name.begin(), name.end(), is_name_char)) return {};
  return failure(quoted(name) + ": not a host name or address");
}

/// What OpenSSH refuses in a user name given on its command line (ssh.c, valid_ruser), and blanks.
Result<void> check_user(std::string_view user) {
  if (user.empty()) return failure("user name before '@' is missing");
  const bool bad = user.front() == '-' || user.back() == '\\' || user.size() > kMaxUser ||
                   std::any_of(user.begin(), user.end(), [](char c) {
                     return c <= ' ' || c == 0x7F ||
                            std::string_view("'`\";&<>|(){}$").find(c) != std::string_view::npos;
                   });
  if (bad) return failure(quoted(user) + ": not a user name");
  return {};
}

struct NameAndSlots {
  std::string_view name;
  std::string_view slots;
  bool has_slots = false;
};

Result<NameAndSlots> split_slots(std::string_view text) {
  if (text.substr(0, 1) == "[") {
    const size_t close = text.find(']');
    const std::string_view name = text.substr(1, close == text.npos ? close : close - 1);
    if (close == text.npos || !is_ipv6(name)) {
      return failure(quoted(text) + ": not an IPv6 address in brackets");
    }
    const std::string_view rest = text.substr(close + 1);
    if (rest.empty()) return NameAndSlots{name, {}};
    if (rest.front() != ':') return failure(quoted(text) + ": expected ':' after ']'");
    return NameAndSlots{name, rest.substr(1), true};
  }
  const size_t colon = text.find(':');
  if (colon == text.npos || colon != text.rfind(':')) return NameAndSlots{text, {}};
  return NameAndSlots{text.substr(0, colon), text.substr(colon + 1), true};
}

}  // namespace

Result<int> parse_count(std::string_view what, std::string_view text, int max) {
  const auto number = to_number<int>(text);
  if (!number || *number < 1 || *number > max) {
    return failure(fmt::format("{}={}: expected a number from 1 to {}", what,
                               printable(text.substr(0, 60)), max));
  }
  return *number;
}

Result<Host> parse_host(std::string_view text) {
  Host host;
  const size_t at = text.rfind('@');
  if (at != text.npos) {
    host.user = text.substr(0, at);
    if (auto good = check_user(host.user); !good) return tl::unexpected(std::move(good.error()));
    text.remove_prefix(at + 1);
  }
  const auto parts = split_slots(text);
  if (!parts) return tl::unexpected(parts.error());
  if (auto good = check_name(parts->name); !good) return tl::unexpected(std::move(good.error()));
  host.name = parts->name;
  if (!parts->has_slots || parts->slots == "*") return host;
  const auto slots = parse_count("slots", parts->slots, kMaxSlots);
  if (!slots) return tl::unexpected(Error(slots.error()).within(host.name));
  if (*slots > kMostCpus) {
    return failure(
        fmt::format("{0}:{1}: {1} slots are more than a machine has CPUs; a port is "
                    "said in a hostfile, as \"{0} port={1}\", or in ~/.ssh/config",
                    host.name, *slots));
  }
  host.slots = *slots;
  return host;
}

bool same_name(const Host& a, const Host& b) {
  return lower(a.name) == lower(b.name);
}

Result<void> HostCollector::add(Host host) {
  const auto [found, is_new] =
      index_.try_emplace(fmt::format("{} {}", lower(host.name), host.port), hosts_.size());
  if (!is_new) return merge(hosts_[found->second], host);
  if (hosts_.size() == kMaxHosts) return failure(fmt::format("more than {} hosts", kMaxHosts));
  hosts_.push_back(std::move(host));
  return {};
}

Result<void> HostCollector::merge(Host& host, const Host& again) {
  if (!host.user.empty() && !again.user.empty() && host.user != again.user) {
    return failure(fmt::format("host {} is listed with two users: {} and {}", host.name, host.user,
                               again.user));
  }
  const int slots = std::max(host.slots, 1) + std::max(again.slots, 1);
  if (slots > kMaxSlots)
    return failure(fmt::format("host {}: more than {} slots", host.name, kMaxSlots));
  if (host.user.empty()) host.user = again.user;
  host.slots = slots;
  return {};
}

}  // namespace skyrun
