// SPDX-License-Identifier: Apache-2.0
#include <variant>

#include "launcher/command_line.h"
#include "launcher/hide_secrets.h"
#include "launcher/run_task.h"

int main(int argc, char** argv) {
  const auto command_line = skyrun::parse_command_line(argc, argv);
  skyrun::hide_secrets(argc, argv);
  if (const int* code = std::get_if<int>(&command_line)) return *code;
  return skyrun::run_task(std::get<skyrun::Options>(command_line));
}
