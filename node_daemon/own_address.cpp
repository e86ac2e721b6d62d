// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/own_address.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <sys/socket.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "core/text.h"

namespace skyrun {
namespace {

std::string numeric(const sockaddr* address, socklen_t size) {
  std::array<char, NI_MAXHOST> text{};
  if (::getnameinfo(address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0)
    return {};
  return text.data();
}

/// The first address of an interface that is up and no loopback; IPv4 before IPv6.
std::string first_interface_address() {
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return {};
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> owner(list, ::freeifaddrs);
  for (const int family : {AF_INET, AF_INET6}) {
    for (const ifaddrs* each = list; each != nullptr; each = each->ifa_next) {
      const bool usable = (each->ifa_flags & IFF_UP) != 0 && (each->ifa_flags & IFF_LOOPBACK) == 0;
      if (!usable || each->ifa_addr == nullptr || each->ifa_addr->sa_family != family) continue;
      auto text =
          numeric(each->ifa_addr, family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
      if (text.rfind("fe80:", 0) != 0) return text;
    }
  }
  return {};
}

}  // namespace

std::string address_of_ssh_connection(const char* ssh_connection) {
  if (ssh_connection == nullptr) return {};
  const auto words = split_words(ssh_connection);
  if (words.size() != 4 || words[2].rfind("127.", 0) == 0 || words[2] == "::1") return {};
  return std::string(words[2]);
}

std::string own_address(const NodeSpec& self) {
  if (!self.address.empty()) return self.address;
  std::string address = address_of_ssh_connection(std::getenv("SSH_CONNECTION"));
  if (address.empty()) address = first_interface_address();
  return address.empty() ? "127.0.0.1" : address;
}

}  // namespace skyrun
