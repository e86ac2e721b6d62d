// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/patterns.h"
#include "launcher/task/schemas.h"
#include "launcher/task/words.h"

namespace skyrun {
namespace {

Schema text_or_number() {
  return any_of({a_text(), a_number()});
}

Schema disk_size() {
  return any_of({a_text().matching(is_memory_size, kMemorySizePattern), an_integer()});
}

Schema exit_code() {
  return an_integer().from(0).to(255);
}

Schema job_recovery() {
  Schema codes = a_list_of(exit_code());
  codes.unique = true;
  return any_of(
      {a_text(), a_closed_dict()
                     .with("strategy", any_of({a_text(), a_null()}))
                     .with("max_restarts_on_errors", an_integer().from(0))
                     .with("recover_on_exit_codes", any_of({exit_code(), std::move(codes)}))});
}

Schema autostop() {
  Schema minutes =
      any_of({a_text().matching(is_minutes, "^[0-9]+(m|h|d|w|M|H|D|W)?$"), an_integer()});
  return any_of(
      {a_boolean(), std::move(minutes),
       a_closed_dict()
           .with("idle_minutes", an_integer().from(0))
           .with("down", a_boolean())
           .with("wait_for", a_text().one_of_words({"jobs_and_ssh", "jobs", "none"}, true))
           .with("hook", a_text())
           .with("hook_timeout", an_integer().from(1))});
}

Schema ports() {
  return any_of({a_text(), an_integer(), a_list_of(any_of({a_text(), an_integer()})), a_null()});
}

Schema disks() {
  return a_list_of(an_open_dict()
                       .with("disk_size", disk_size())
                       .with("disk_tier", a_text())
                       .with("path", a_text())
                       .with("auto_delete", a_boolean())
                       .with("storage_type", a_text())
                       .with("name", a_text())
                       .with("attach_mode", a_text()));
}

Schema accelerator_args() {
  return a_closed_dict()
      .with("runtime_version", a_text())
      .with("tpu_name", a_text())
      .with("tpu_vm", a_boolean())
      .with("gcp_queued_resource", a_boolean());
}

Schema docker_login() {
  Schema text = a_text();
  text.secret = true;
  return a_closed_dict()
      .with("username", text)
      .with("password", text)
      .with("server", text)
      .require("username")
      .require("password")
      .require("server");
}

/// The fields that the base and every candidate share.
Schema candidate(Schema accelerators) {
  return a_closed_dict()
      .with("cloud", a_text().one_of_words(cloud_names(), true))
      .with("region", a_text())
      .with("zone", a_text())
      .with("infra", a_text().matching(is_infra, "^cloud[/region[/zone]]$"))
      .with("cpus", text_or_number())
      .with("memory", text_or_number())
      .with("accelerators", std::move(accelerators))
      .with("instance_type", a_text())
      .with("use_spot", a_boolean())
      .with("job_recovery", job_recovery())
      .with("volumes", disks())
      .with("disk_size", disk_size())
      .with("ephemeral_storage", disk_size())
      .with("disk_tier", a_text())
      .with("network_tier", a_text())
      .with("local_disk", a_text())
      .with("max_hourly_cost", a_number().over(0))
      .with("ports", ports())
      .with("labels", a_dict_of(a_text()))
      .with("accelerator_args", accelerator_args())
      .with("_no_missing_accel_warnings", a_boolean())
      .with("image_id", any_of({a_text(), an_open_dict(), a_null()}))
      .with("autostop", autostop())
      .with("priority", an_integer().from(-1000).to(1000))
      .with("priority_class", a_text())
      .with("_docker_login_config", docker_login())
      .with("_is_image_managed", a_boolean())
      .with("_requires_fuse", a_boolean())
      .with("_cluster_config_overrides", an_open_dict());
}

}  // namespace

const Schema& resources_schema() {
  static const Schema one = candidate(any_of({a_text(), a_dict_of(a_number()).sized(0, 1)}));
  static const Schema schema =
      candidate(any_of({a_text(), a_dict_of(any_of({a_null(), a_number()})), a_list_of(a_text())}))
          .with("any_of", a_list_of(one))
          .with("ordered", a_list_of(one));
  return schema;
}

}  // namespace skyrun
