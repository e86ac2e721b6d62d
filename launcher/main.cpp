// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <variant>

#include "launcher/command_line.h"
#include "launcher/hide_secrets.h"
#include "launcher/run_task.h"
#include "launcher/topo/topo.h"

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "topo") return skyrun::show_topology(argc, argv);
  const auto command_line = skyrun::parse_command_line(argc, argv);
  skyrun::hide_secrets(argc, argv);
  if (const int* code = std::get_if<int>(&command_line)) return *code;
  return skyrun::run_task(std::get<skyrun::Options>(command_line));
}
