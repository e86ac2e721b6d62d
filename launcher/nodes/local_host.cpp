// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/local_host.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <memory>

#include "core/fd.h"
#include "core/text.h"

namespace skyrun {
namespace {

constexpr size_t kMaxHostsFile = 1U << 20U;

using AddressList = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

/// Empty for an address of another family.
std::string numeric(const sockaddr& address) {
  const bool v4 = address.sa_family == AF_INET;
  if (!v4 && address.sa_family != AF_INET6) return {};
  std::array<char, NI_MAXHOST> text{};
  const socklen_t size = v4 ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
  const int status =
      ::getnameinfo(&address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
  return status == 0 ? text.data() : std::string();
}

Result<AddressList> resolve(const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  // A port makes the result fit for connect(2); which one does not matter, nothing is sent.
  const int status = ::getaddrinfo(name.c_str(), "9", &hints, &found);
  if (status == EAI_SYSTEM) return tl::unexpected(errno_error(name));
  if (status != 0) return failure(name + ": " + ::gai_strerror(status));
  return AddressList(found, &::freeaddrinfo);
}

/// Any of 127.0.0.0/8, ::1, and the addresses of nobody, by which connect(2) means this machine.
bool is_loopback(const std::string& text) {
  in_addr v4{};
  if (::inet_aton(text.c_str(), &v4) == 1)  // "127.1" too, as ssh reads it
    return v4.s_addr == INADDR_ANY || (ntohl(v4.s_addr) >> 24U) == IN_LOOPBACKNET;
  in6_addr v6{};
  if (::inet_pton(AF_INET6, text.c_str(), &v6) != 1) return false;
  const bool mapped = IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == IN_LOOPBACKNET;
  return IN6_IS_ADDR_LOOPBACK(&v6) || IN6_IS_ADDR_UNSPECIFIED(&v6) || mapped;
}

/// A numeric address as the system writes it; other texts as they are.
std::string normal(const std::string& text) {
  in6_addr v6{};
  if (::inet_pton(AF_INET6, text.c_str(), &v6) != 1) return text;
  std::array<char, INET6_ADDRSTRLEN> spelled{};
  return ::inet_ntop(AF_INET6, &v6, spelled.data(), spelled.size());
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

OwnNames OwnNames::gather() {
  OwnNames own;
  std::array<char, HOST_NAME_MAX + 1> hostname{};
  if (::gethostname(hostname.data(), hostname.size() - 1) == 0) own.hostname = hostname.data();
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return own;
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(first, &::freeifaddrs);
  for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr) continue;
    std::string address = numeric(*each->ifa_addr);
    if (!address.empty()) own.addresses.push_back(std::move(address));
  }
  own.aliases = aliases_in(read_file("/etc/hosts", kMaxHostsFile).value_or(""), own);
  return own;
}

bool OwnNames::has_name(std::string_view name) const {
  const std::string wanted = lower(name);
  const std::string full = lower(hostname);
  if (wanted == "localhost" || ends_with(wanted, ".localhost")) return true;
  if (std::find(aliases.begin(), aliases.end(), wanted) != aliases.end()) return true;
  return !full.empty() && (wanted == full || wanted == full.substr(0, full.find('.')));
}

bool OwnNames::has_address(std::string_view address) const {
  const std::string spelled = normal(std::string(address));
  return is_loopback(spelled) ||
         std::find(addresses.begin(), addresses.end(), spelled) != addresses.end();
}

bool is_this_machine(const Host& host, const OwnNames& own) {
  if (!host.user.empty() || host.port != 0) return false;
  if (own.has(host.name)) return true;
  const auto found = resolve(host.name);
  if (!found) return false;
  for (const addrinfo* each = found->get(); each != nullptr; each = each->ai_next) {
    if (own.has_address(numeric(*each->ai_addr))) return true;
  }
  return false;
}

std::vector<std::string> aliases_in(std::string_view hosts_file, const OwnNames& own) {
  std::vector<std::string> aliases;
  for (const auto line : split(hosts_file, '\n')) {
    const auto words = split_words(line.substr(0, line.find('#')));
    if (words.empty() || !own.has_address(words[0])) continue;
    for (size_t i = 1; i < words.size(); ++i) aliases.push_back(lower(words[i]));
  }
  return aliases;
}

}  // namespace skyrun
