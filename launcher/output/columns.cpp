// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/columns.h"

#include <sys/ioctl.h>

#include <clocale>
#include <cwchar>

#include "core/utf8.h"

namespace skyrun {
namespace {

/// The C library's widths are those of a locale; ours must not depend on the person's. Where the
/// system has no C.UTF-8, every character counts one.
class Utf8Locale {
 public:
  Utf8Locale() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) before_ = ::uselocale(locale_);
  }
  ~Utf8Locale() {
    if (locale_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t locale_;
  locale_t before_ = nullptr;
};

size_t width_of(uint32_t code_point) {
  if (code_point < 0x80) return 1;
  const int width = ::wcwidth(static_cast<wchar_t>(code_point));
  return width < 0 ? 1 : static_cast<size_t>(width);
}

}  // namespace

std::string_view first_columns(std::string_view text, size_t columns) {
  const Utf8Locale locale;
  size_t end = 0;
  while (end < text.size()) {
    const Utf8Char next = front_char(text.substr(end));
    const size_t width = width_of(next.code_point);
    if (width > columns) break;
    columns -= width;
    end += next.length;
  }
  return text.substr(0, end);
}

size_t terminal_columns(int fd) {
  winsize size{};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 ? size.ws_col : 80;
}

}  // namespace skyrun
