// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/screen.h"

#include <fmt/format.h>

#include "core/text.h"
#include "launcher/output/columns.h"

namespace skyrun {
namespace {

/// Without "\x1b[…m": the colours of our own lines.
std::string without_colours(std::string_view text) {
  std::string plain;
  for (;;) {
    const size_t begin = text.find("\x1b[");
    plain += text.substr(0, begin);
    if (begin == text.npos) return plain;
    const size_t end = text.find_first_not_of("0123456789;", begin + 2);
    const bool is_colour = end != text.npos && text[end] == 'm';
    if (!is_colour) plain += text.substr(begin, 2);
    text.remove_prefix(is_colour ? end + 1 : begin + 2);
  }
}

}  // namespace

Screen::Screen(EventLoop& loop, FdWriter& out, FdWriter* log, Look look)
    : out_(out), log_(log), look_(look), on_screen_(look), redraw_timer_(loop, [this] {
        redraw();
      }) {}

void Screen::output(const Origin& origin, std::string_view pieces) {
  show(on_screen_.output(origin, pieces));
  record(in_log_.output(origin, pieces));
}

void Screen::record_output(const Origin& origin, std::string_view pieces) {
  record(in_log_.output(origin, pieces));
}

void Screen::message(std::string_view line) {
  const std::string plain = without_colours(line);
  show(on_screen_.message(look_.coloured ? line : look_.ascii ? in_ascii(plain) : plain));
  record(in_log_.message(plain));
}

void Screen::record_message(std::string_view line) {
  record(in_log_.message(without_colours(line)));
}

void Screen::status(std::string_view text) {
  if (!look_.terminal) return;
  status_ = printable(look_.ascii ? in_ascii(text) : text);
  if (status_.empty()) {
    erase_status();
  } else {
    redraw_later();
  }
}

void Screen::finish() {
  status({});
  show(on_screen_.close());
  record(in_log_.close());
}

void Screen::show(std::string_view text) {
  if (text.empty()) return;
  erase_status();
  out_.write(text);
  redraw_later();
}

void Screen::record(std::string_view text) {
  if (log_ != nullptr) log_->write(text);
}

void Screen::erase_status() {
  if (!drawn_) return;
  out_.write("\r\x1b[K");
  drawn_ = false;
}

void Screen::redraw_later() {
  if (!status_.empty() && !redraw_timer_.active()) redraw_timer_.start(kRedrawDelay);
}

void Screen::redraw() {
  if (status_.empty() || on_screen_.has_open_line()) return;  // closing the line comes back here
  if (!out_.empty()) {
    redraw_later();  // a terminal that is behind would show what is old by then
    return;
  }
  // The last column stays free: some terminals wrap as soon as it is written.
  const std::string_view text = first_columns(status_, terminal_columns(out_.fd()) - 1);
  out_.write(fmt::format("{}{}\x1b[K", drawn_ ? "\r" : "", text));
  drawn_ = true;
}

}  // namespace skyrun
