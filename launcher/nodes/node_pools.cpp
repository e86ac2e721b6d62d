// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/node_pools.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "bringup/ssh_config.h"
#include "core/fd.h"
#include "core/nearest.h"
#include "core/run_program.h"
#include "core/text.h"
#include "launcher/task/python_text.h"
#include "launcher/task/site.h"
#include "launcher/task/yaml.h"

namespace skyrun {
namespace {

constexpr int kMaxPort = 65535;

/// A field as text; empty when it is missing or null.
std::string text_of(const Value& dict, const char* field) {
  const Value* value = dict.find(field);
  return value == nullptr || value->is_null() ? "" : python_str(*value);
}

/// Login data, of a pool or of one of its hosts.
struct Login {
  std::string user;
  std::string identity_file;
};

/// What `dict` says, else what the pool does.
Result<Login> read_login(const Value& dict, const Login& pool, const Site& site,
                         const PoolSurroundings& surroundings) {
  Login login = pool;
  if (const std::string user = text_of(dict, "user"); !user.empty()) login.user = user;
  const std::string key = text_of(dict, "identity_file");
  if (key.empty()) return login;
  login.identity_file = expand_home(key, surroundings.home);
  std::error_code error;
  login.identity_file = std::filesystem::absolute(login.identity_file, error);
  if (std::filesystem::is_regular_file(login.identity_file, error)) return login;
  return site.error_in(dict, "identity_file", "identity_file", "SSH Identity File Missing: " + key);
}

/// `[user@]name[:port]`: a pool has no slots.
Result<Host> parse_pool_host(std::string text) {
  const size_t colon = text.rfind(':');
  const bool bracketed = !text.empty() && text[text.rfind('@') + 1] == '[';
  const bool has_port = bracketed ? text.find("]:") != std::string::npos
                                  : colon != std::string::npos && text.find(':') == colon;
  if (!has_port) return parse_host(text);
  const auto port = parse_count("port", std::string_view(text).substr(colon + 1), kMaxPort);
  if (!port) return tl::unexpected(port.error());
  auto host = parse_host(text.substr(0, colon));
  if (host) host->port = static_cast<uint16_t>(*port);
  return host;
}

class PoolReader {
 public:
  PoolReader(const Site& site, const PoolSurroundings& surroundings)
      : site_(site), surroundings_(surroundings) {}

  Result<NodePool> read(const std::string& name, const Value& config) {
    pool_.name = name;
    const Value* hosts = config.find("hosts");
    if (hosts == nullptr || !hosts->is_list() || hosts->items.empty()) {
      return site_.error(hosts != nullptr && !hosts->is_null() ? hosts->mark : config.mark, name,
                         fmt::format("No hosts defined in cluster {} configuration", name));
    }
    auto login = read_login(config, {}, site_, surroundings_);
    if (!login) return tl::unexpected(std::move(login.error()));
    for (const Value& entry : hosts->items) {
      if (auto good = add(entry, *login); !good) return tl::unexpected(std::move(good.error()));
    }
    pool_.hosts = hosts_.take();
    return std::move(pool_);
  }

 private:
  Result<void> add(const Value& entry, const Login& defaults) {
    const std::string address = entry.is_dict() ? text_of(entry, "ip") : python_str(entry);
    if (entry.is_null() || entry.is_list() || address.empty()) {
      pool_.notices.push_back(
          fmt::format("{}:{}: a host without ip, skipped", site_.file, entry.mark.line));
      return {};
    }
    if (auto good = check_keys(entry); !good) return good;
    auto host = parse_pool_host(address);
    if (!host) return site_.error(entry.mark, pool_.name, host.error().text());
    if (auto good = add_port(*host, entry); !good) return good;
    if (auto good = add_login(*host, entry, defaults); !good) return good;
    if (auto good = hosts_.add(std::move(*host)); !good)
      return site_.error(entry.mark, pool_.name, good.error().text());
    return {};
  }

  Result<void> check_keys(const Value& entry) {
    static const std::vector<std::string> known{"ip", "port", "user", "identity_file", "password"};
    for (const Value& key : entry.is_dict() ? entry.keys : std::vector<Value>{}) {
      const std::string name = python_str(key);
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      return site_.error(key.mark, pool_.name,
                         fmt::format("a host has no '{}'{}; it has {}", printable(name),
                                     did_you_mean(name, known), join(known, ", ")));
    }
    return {};
  }

  Result<void> add_port(Host& host, const Value& entry) {
    const std::string text = entry.is_dict() ? text_of(entry, "port") : "";
    if (text.empty()) return {};
    const auto port = parse_count("port", text, kMaxPort);
    if (!port) return site_.error_in(entry, "port", pool_.name, port.error().text());
    host.port = static_cast<uint16_t>(*port);
    return {};
  }

  Result<void> add_login(Host& host, const Value& entry, const Login& defaults) {
    auto login = read_login(entry, defaults, site_, surroundings_);
    if (!login) return tl::unexpected(std::move(login.error()));
    if (login->user.empty() && login->identity_file.empty()) return {};
    if (surroundings_.is_configured(host.name)) return {};
    if (!login->user.empty()) {
      const auto checked = parse_host(login->user + "@host");
      if (!checked) return site_.error(entry.mark, pool_.name, checked.error().text());
      host.user = login->user;
    }
    host.identity_file = login->identity_file;
    return {};
  }

  const Site& site_;
  const PoolSurroundings& surroundings_;
  NodePool pool_;
  HostCollector hosts_;
};

/// Whether a stanza of ssh_config(5) other than `Host *` applies to the host: where one may, ssh
/// says so itself.
bool ssh_knows(const SshConfig& config, const std::string& host) {
  const auto& all = config.stanzas();
  if (std::none_of(all.begin(), all.end(), [&host](const auto& each) {
        return !each.is_for_all() && each.may_apply(host);
      })) {
    return false;
  }
  constexpr std::string_view kSign = "Applying options for ";
  const auto end = run_program({.argv = {"ssh", "-vvG", "--", host}});
  if (!end) return false;
  for (const auto line : split(end->err, '\n')) {
    const size_t at = line.find(kSign);
    if (at != std::string_view::npos && trim(line.substr(at + kSign.size())) != "*") return true;
  }
  return false;
}

}  // namespace

Result<NodePool> parse_node_pool(std::string_view text, const std::string& file,
                                 const std::string& name, const PoolSurroundings& surroundings) {
  const Site site{file};
  auto documents = parse_yaml(text, file);
  if (!documents) return tl::unexpected(std::move(documents.error()));
  const Value pools = documents->empty() ? Value{} : std::move((*documents)[0]);
  if (!pools.is_dict() || pools.keys.empty()) return failure(file + ": has no pools");
  std::vector<std::string> names;
  for (size_t i = 0; i < pools.keys.size(); ++i) {
    names.push_back(python_str(pools.keys[i]));
    if (!name.empty() && names.back() != name) continue;
    return PoolReader(site, surroundings).read(names.back(), pools.items[i]);
  }
  return failure(fmt::format("{}: has no pool '{}', only {}{}", file, name, join(names, ", "),
                             did_you_mean(name, names)));
}

Result<NodePool> load_node_pool(const std::string& name, const std::string& home) {
  const std::string file = home + "/.sky/ssh_node_pools.yaml";
  auto text = read_file(file, size_t{8} << 20U);
  if (!text) return tl::unexpected(std::move(text.error()));
  const auto config = SshConfig::load({"ssh"});
  return parse_node_pool(*text, file, name,
                         {.home = home, .is_configured = [&config](const std::string& host) {
                            return ssh_knows(config, host);
                          }});
}

}  // namespace skyrun
