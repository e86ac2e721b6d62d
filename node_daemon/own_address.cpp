// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/own_address.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "core/text.h"
#include "protocol/network.h"

namespace skyrun {
namespace {

std::string numeric(const sockaddr& address) {
  const socklen_t size = address.sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
  std::array<char, NI_MAXHOST> text{};
  const int status =
      ::getnameinfo(&address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
  return status == 0 ? text.data() : std::string();
}

uint32_t count_bits(const unsigned char* bytes, size_t size) {
  uint32_t bits = 0;
  for (size_t i = 0; i < size; ++i) bits += static_cast<uint32_t>(__builtin_popcount(bytes[i]));
  return bits;
}

uint32_t prefix_of(const sockaddr* mask, int family) {
  if (mask == nullptr) return family == AF_INET ? 32 : 128;
  if (family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in*>(mask)->sin_addr;
    return count_bits(reinterpret_cast<const unsigned char*>(&v4), sizeof v4);
  }
  const auto& v6 = reinterpret_cast<const sockaddr_in6*>(mask)->sin6_addr;
  return count_bits(v6.s6_addr, sizeof v6);
}

bool is_loopback(const std::string& address) {
  return address.rfind("127.", 0) == 0 || address == "::1";
}

bool is_for_others(const ifaddrs& each) {
  const bool usable = (each.ifa_flags & IFF_UP) != 0 && (each.ifa_flags & IFF_LOOPBACK) == 0;
  return usable && each.ifa_addr != nullptr;
}

}  // namespace

std::vector<NodeAddress> own_addresses() {
  ifaddrs* list = nullptr;
  std::vector<NodeAddress> found;
  if (::getifaddrs(&list) != 0) return found;
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> owner(list, ::freeifaddrs);
  for (const int family : {AF_INET, AF_INET6}) {
    for (const ifaddrs* each = list; each != nullptr; each = each->ifa_next) {
      if (!is_for_others(*each) || each->ifa_addr->sa_family != family) continue;
      const std::string address = numeric(*each->ifa_addr);
      if (address.empty() || address.rfind("fe80:", 0) == 0) continue;
      found.push_back({.interface = each->ifa_name,
                       .address = address,
                       .prefix = prefix_of(each->ifa_netmask, family)});
    }
  }
  return found;
}

bool is_of_interface(const NodeAddress& address, const std::string& interface) {
  const size_t slash = interface.find('/');
  if (slash == std::string::npos) return address.interface == interface;
  const auto prefix = to_number<uint32_t>(std::string_view(interface).substr(slash + 1));
  return prefix && is_in_network(address.address, interface.substr(0, slash), *prefix);
}

SshConnection read_ssh_connection(const char* text) {
  if (text == nullptr) return {};
  const auto words = split_words(text);
  if (words.size() != 4) return {};
  SshConnection seen{.peer = std::string(words[0]), .own = std::string(words[2])};
  return is_loopback(seen.own) || is_loopback(seen.peer) ? SshConnection{} : seen;
}

void find_own_address(const NodeSpec& self, const std::string& interface, NodeFacts& facts) {
  facts.addresses = own_addresses();
  facts.address = self.address;
  if (!self.home.empty()) return;  // an embedded node
  const auto& all = facts.addresses;
  if (!interface.empty()) {
    const auto fits = [&](const NodeAddress& each) { return is_of_interface(each, interface); };
    const auto found = std::find_if(all.begin(), all.end(), fits);
    facts.address.clear();
    if (found == all.end()) return;
    facts.address = found->address;
    facts.addresses = {*found};
    return;
  }
  // A node that its parent started without ssh has the variable of another connection.
  if (!self.local) {
    const auto ssh = read_ssh_connection(std::getenv("SSH_CONNECTION"));
    if (facts.address.empty()) facts.address = ssh.own;
    facts.reached_from = ssh.peer;
  }
  if (facts.address.empty()) facts.address = all.empty() ? "127.0.0.1" : all[0].address;
}

}  // namespace skyrun
