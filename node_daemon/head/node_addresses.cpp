// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/node_addresses.h"

#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "protocol/network.h"

namespace skyrun {
namespace {

using Machines = std::set<uint32_t>;

class Neighbourhood {
 public:
  explicit Neighbourhood(const std::vector<NodeFacts>& facts)
      : facts_(facts), machine_of_(first_of_machine(facts)) {
    for (size_t i = 0; i < facts.size(); ++i) {
      for (const auto& each : facts[i].addresses) owners_[each.address].insert(machine_of_[i]);
    }
    for (size_t i = 0; i < facts.size(); ++i) {
      reached_from_[facts[i].reached_from].insert(machine_of_[i]);
      for (const auto& each : facts[i].addresses) {
        if (says_something(each))
          networks_[network_of(each.address, each.prefix)].insert(machine_of_[i]);
      }
    }
  }

  std::string best_of(size_t node) const {
    std::string best = facts_[node].address;
    auto most = std::tuple(size_t{0}, size_t{0}, false);
    for (const auto& each : facts_[node].addresses) {
      if (!says_something(each)) continue;
      const size_t voters = others(reached_from_, each.address, node).size();
      const auto score = std::tuple(near(each, node), voters, each.address == facts_[node].address);
      if (std::get<0>(score) == 0 || score <= most) continue;
      most = score;
      best = each.address;
    }
    return best;
  }

 private:
  bool says_something(const NodeAddress& address) const {
    return owners_.at(address.address).size() == 1;
  }

  Machines others(const std::map<std::string, Machines>& by, const std::string& key,
                  size_t node) const {
    const auto found = by.find(key);
    Machines machines = found != by.end() ? found->second : Machines{};
    machines.erase(machine_of_[node]);
    return machines;
  }

  /// How many other machines were reached from the address, or are in its network.
  size_t near(const NodeAddress& address, size_t node) const {
    const auto voters = others(reached_from_, address.address, node);
    const std::string network = network_of(address.address, address.prefix);
    if (voters.empty()) return networks_.at(network).size() - 1;
    Machines all = others(networks_, network, node);
    all.insert(voters.begin(), voters.end());
    return all.size();
  }

  const std::vector<NodeFacts>& facts_;
  std::vector<uint32_t> machine_of_;
  std::map<std::string, Machines> owners_;        // of an address
  std::map<std::string, Machines> networks_;      // who is in one
  std::map<std::string, Machines> reached_from_;  // an address
};

}  // namespace

std::vector<std::string> choose_addresses(const std::vector<NodeFacts>& facts,
                                          const std::vector<bool>& fixed) {
  const Neighbourhood neighbourhood(facts);
  std::vector<std::string> chosen;
  for (size_t i = 0; i < facts.size(); ++i)
    chosen.push_back(fixed[i] ? facts[i].address : neighbourhood.best_of(i));
  return chosen;
}

std::vector<uint32_t> first_of_machine(const std::vector<NodeFacts>& facts) {
  std::map<std::string, uint32_t> known;
  std::vector<uint32_t> first;
  for (const auto& node : facts) {
    const auto place = static_cast<uint32_t>(first.size());
    std::string mark = node.hostname;
    for (const auto& each : node.addresses) mark += "\n" + each.address;
    const bool is_known = !node.addresses.empty();
    first.push_back(is_known ? known.try_emplace(mark, place).first->second : place);
  }
  return first;
}

}  // namespace skyrun
