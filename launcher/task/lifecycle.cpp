// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/lifecycle.h"

namespace skyrun {
namespace {

int number_or(const Value& dict, const char* field, int otherwise) {
  const Value* value = dict.find(field);
  return value != nullptr && value->is_number() ? static_cast<int>(value->number) : otherwise;
}

Hook read_hook(const Value& dict) {
  Hook hook;
  hook.run = dict.find("run")->text;
  hook.timeout_seconds = number_or(dict, "timeout", hook.timeout_seconds);
  if (const Value* events = dict.find("events")) {
    for (const Value& event : events->items) hook.events.push_back(event.text);
  } else {
    hook.events = {"stop", "preemption", "down"};
  }
  return hook;
}

}  // namespace

std::vector<Hook> hooks_of(const Value& config, const Value& resources) {
  std::vector<Hook> out;
  if (const Value* hooks = config.find("hooks")) {
    for (const Value& hook : hooks->items) out.push_back(read_hook(hook));
  }
  const Value* autostop = resources.find("autostop");
  const Value* old = autostop != nullptr ? autostop->find("hook") : nullptr;
  if (old == nullptr || !old->is_text()) return out;
  const Value* down = autostop->find("down");
  Hook hook;
  hook.run = old->text;
  hook.events = {down != nullptr && down->truth ? "down" : "stop"};
  hook.timeout_seconds = number_or(*autostop, "hook_timeout", hook.timeout_seconds);
  out.push_back(std::move(hook));
  return out;
}

std::optional<JobRecovery> job_recovery_of(const Resources& resources) {
  const Value* dict = resources.given.find("job_recovery");
  if (dict == nullptr) return std::nullopt;
  JobRecovery out;
  const Value* strategy = dict->find("strategy");
  if (strategy != nullptr && strategy->is_text()) out.strategy = strategy->text;
  out.max_restarts_on_errors = number_or(*dict, "max_restarts_on_errors", 0);
  const Value* codes = dict->find("recover_on_exit_codes");
  if (codes == nullptr) return out;
  if (codes->is_number()) out.recover_on_exit_codes.push_back(static_cast<int>(codes->number));
  for (const Value& code : codes->items) {
    out.recover_on_exit_codes.push_back(static_cast<int>(code.number));
  }
  return out;
}

}  // namespace skyrun
