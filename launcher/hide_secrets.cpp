// SPDX-License-Identifier: Apache-2.0
#include "launcher/hide_secrets.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace skyrun {
namespace {

/// "K=V" becomes "K=*".
void hide_value(char* text) {
  char* const equals = std::strchr(text, '=');
  if (equals != nullptr) std::fill(equals + 1, equals + std::strlen(equals), '*');
}

/// "https://login@host" becomes "https://*****@host".
void hide_login(char* text) {
  char* const scheme = std::strstr(text, "://");
  if (scheme == nullptr) return;
  char* const begin = scheme + 3;
  char* const end = begin + std::strcspn(begin, "/?#");
  char* const at =
      std::find(std::make_reverse_iterator(end), std::make_reverse_iterator(begin), '@').base();
  if (at != begin) std::fill(begin, at - 1, '*');
}

}  // namespace

void hide_secrets(int argc, char** argv) {
  struct Secretive {
    std::string_view option;
    void (*hide)(char*);
  };
  constexpr Secretive kOptions[] = {{"--secret", hide_value}, {"--git-url", hide_login}};
  for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i) {
    const std::string_view argument = argv[i];
    for (const auto& [option, hide] : kOptions) {
      if (argument == option && i + 1 < argc) hide(argv[i + 1]);
      if (argument.substr(0, option.size()) == option && argument.size() > option.size() &&
          argument[option.size()] == '=')
        hide(argv[i] + option.size() + 1);
    }
  }
}

}  // namespace skyrun
