// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/patterns.h"
#include "launcher/task/schemas.h"

namespace skyrun {
namespace {

Schema text_or_null() {
  return of_type(Schema::text | Schema::null);
}

Schema workdir() {
  return any_of(
      {a_text(), a_closed_dict().with("url", a_text()).with("ref", a_text()).require("url")});
}

Schema envs() {
  return a_dict_of(text_or_null()).named(is_env_name, "^[a-zA-Z_][a-zA-Z0-9_]*$");
}

/// Values in plain form, or references to a store of secrets.
Schema secrets() {
  Schema values = a_dict_of(text_or_null());
  values.others[0].secret = true;
  Schema names = a_list_of(a_text());
  names.items[0].secret = true;
  Schema schema = any_of({std::move(values), std::move(names)});
  for (Schema& choice : schema.choices) choice.secret = true;
  schema.secret = true;
  return schema;
}

Schema managed_secrets() {
  Schema mounted = a_dict_of(a_closed_dict().with("mount_path", a_text())).sized(0, 1);
  return a_list_of(any_of({a_text(), std::move(mounted)}));
}

Schema data_size() {
  return a_dict_of(a_number()).sized(0, 1);
}

/// config.hooks: what to run when the nodes are about to go.
Schema hooks() {
  constexpr size_t kLongestRun = size_t{16} * 1024;
  Schema events = a_list_of(a_text().one_of_words({"stop", "preemption", "down"})).sized(1);
  events.unique = true;
  return a_list_of(a_closed_dict()
                       .with("run", a_text().sized(1, kLongestRun))
                       .with("events", std::move(events))
                       .with("timeout", an_integer().from(1))
                       .require("run"))
      .sized(0, 32);
}

bool is_one_line(std::string_view text) {
  return text.find('\n') == std::string_view::npos;
}

Schema slurm() {
  Schema option =
      any_of({a_text().matching(is_one_line, "^[^\\n]*$"), a_number(), a_boolean(), a_null()});
  return an_open_dict()
      .with("sbatch_options", a_dict_of(std::move(option)))
      .with("cpu_partition", a_text())
      .with("quota", an_open_dict());
}

/// Overrides of SkyPilot's own configuration; what a cloud alone understands stays open.
Schema config() {
  return a_closed_dict()
      .with("docker", an_open_dict().with("run_options", any_of({a_text(), a_list_of(a_text())})))
      .with("nvidia_gpus", an_open_dict().with("disable_ecc", a_boolean()))
      .with("ssh", an_open_dict())
      .with("kubernetes", an_open_dict())
      .with("azure", an_open_dict())
      .with("gcp", an_open_dict())
      .with("vast", an_open_dict())
      .with("slurm", slurm())
      .with("active_workspace", a_text())
      .with("hooks", hooks());
}

}  // namespace

const Schema& task_schema() {
  static const Schema schema = a_closed_dict()
                                   .with("name", a_text())
                                   .with("workdir", workdir())
                                   .with("event_callback", a_text())
                                   .with("num_nodes", an_integer())
                                   .with("resources", an_open_dict())
                                   .with("file_mounts", an_open_dict())
                                   .with("service", an_open_dict())
                                   .with("pool", an_open_dict())
                                   .with("setup", a_text())
                                   .with("run", a_text())
                                   .with("envs", envs())
                                   .with("secrets", secrets())
                                   .with("managed_secrets", managed_secrets())
                                   .with("inputs", data_size())
                                   .with("outputs", data_size())
                                   .with("file_mounts_mapping", an_open_dict())
                                   .with("config", config())
                                   .with("volumes", an_open_dict())
                                   .with("volume_mounts", a_list_of(any_value()))
                                   .with("api_server_access", a_boolean())
                                   .with("_metadata", an_open_dict())
                                   .with("_user_specified_yaml", a_text());
  return schema;
}

}  // namespace skyrun
