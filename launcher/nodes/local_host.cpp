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
#include <cerrno>
#include <climits>
#include <memory>

#include "core/fd.h"

namespace skyrun {
namespace {

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

Result<std::string> source_towards(const addrinfo& peer) {
  const Fd socket(::socket(peer.ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket || ::connect(socket.get(), peer.ai_addr, peer.ai_addrlen) != 0) {
    return tl::unexpected(errno_error("no route"));
  }
  sockaddr_storage own{};
  socklen_t size = sizeof(own);
  auto* address = reinterpret_cast<sockaddr*>(&own);
  if (::getsockname(socket.get(), address, &size) != 0) {
    return tl::unexpected(errno_error("getsockname"));
  }
  return numeric(*address);
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
  return own;
}

bool OwnNames::has_name(std::string_view name) const {
  const std::string wanted = lower(name);
  const std::string full = lower(hostname);
  return wanted == "localhost" ||
         (!full.empty() && (wanted == full || wanted == full.substr(0, full.find('.'))));
}

bool OwnNames::has_address(std::string_view address) const {
  in_addr v4{};
  if (::inet_pton(AF_INET, std::string(address).c_str(), &v4) == 1 &&
      (ntohl(v4.s_addr) >> 24U) == IN_LOOPBACKNET) {
    return true;
  }
  return std::find(addresses.begin(), addresses.end(), address) != addresses.end();
}

bool is_this_machine(const Host& host, const OwnNames& own) {
  if (!host.user.empty() || host.port != 0) return false;
  if (own.has_name(host.name)) return true;
  const auto found = resolve(host.name);
  if (!found) return false;
  for (const addrinfo* each = found->get(); each != nullptr; each = each->ai_next) {
    if (own.has_address(numeric(*each->ai_addr))) return true;
  }
  return false;
}

Result<std::string> own_address_towards(const std::string& peer) {
  const auto found = resolve(peer);
  if (!found) return tl::unexpected(found.error());
  Result<std::string> source = failure("no address");
  for (const addrinfo* each = found->get(); each != nullptr; each = each->ai_next) {
    source = source_towards(*each);
    if (source) return source;
  }
  return tl::unexpected(std::move(source.error()).within(peer));
}

}  // namespace skyrun
