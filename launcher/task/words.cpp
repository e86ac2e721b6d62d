// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/words.h"

namespace skyrun {

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::string upper_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

const std::vector<std::string>& cloud_names() {
  // sky/skylet/constants.py, ALL_CLOUDS.
  static const std::vector<std::string> names = {
      "aws",     "azure",     "gcp",        "ibm",        "lambda",
      "scp",     "oci",       "kubernetes", "runpod",     "vast",
      "vsphere", "cudo",      "fluidstack", "paperspace", "primeintellect",
      "do",      "nebius",    "ssh",        "slurm",      "hyperbolic",
      "seeweb",  "shadeform", "yotta",      "mithril",    "verda"};
  return names;
}

}  // namespace skyrun
