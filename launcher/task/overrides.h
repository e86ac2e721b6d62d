// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace skyrun {

/// What the command line says over the file, each as the user typed it; the texts are checked when
/// the task is loaded. "none" resets gpus, cpus, memory and infra to "not asked for".
struct Overrides {
  std::optional<std::string> name;         ///< -n, --name
  std::optional<std::string> workdir;      ///< --workdir
  std::optional<std::string> git_url;      ///< --git-url
  std::optional<std::string> git_ref;      ///< --git-ref
  std::optional<int> num_nodes;            ///< --num-nodes
  std::optional<std::string> infra;        ///< --infra
  std::optional<std::string> gpus;         ///< --gpus NAME[:COUNT], or auto
  std::optional<std::string> cpus;         ///< --cpus
  std::optional<std::string> memory;       ///< --memory
  std::optional<std::string> image_id;     ///< --image-id, of which only "none" has an effect
  std::optional<std::string> env_file;     ///< --env-file, a path
  std::vector<std::string> envs;           ///< --env K=V, or K for the local value
  std::optional<std::string> secret_file;  ///< --secret-file, a path
  std::vector<std::string> secrets;        ///< --secret K=V or K
  std::vector<std::string> config;         ///< --config key.path=value
  bool skip_remote_mounts = false;         ///< --skip-remote-mounts
};

}  // namespace skyrun
