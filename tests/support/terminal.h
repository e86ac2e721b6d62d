// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <string>

#include "core/event_loop.h"
#include "core/fd.h"

namespace skyrun {

/// A pseudo terminal that passes every byte: `first` is the terminal's side, `second` the
/// program's.
inline FdPair make_raw_pty(uint16_t columns = 80) {
  int terminal = -1;
  int program = -1;
  termios raw{};
  ::cfmakeraw(&raw);
  const winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
  EXPECT_EQ(::openpty(&terminal, &program, nullptr, &raw, &size), 0);
  return {Fd(terminal), Fd(program)};
}

/// Reads what comes on `fd` while the loop turns, until `enough` of it is there or it ends.
inline std::string read_through_loop(EventLoop& loop, int fd,
                                     const std::function<bool(const std::string&)>& enough) {
  std::string got;
  auto watch = FdWatch::open(loop, fd, [&got, &loop, &enough, fd](FdWatch::Ready) {
    std::array<char, 65536> block{};
    const ssize_t n = ::read(fd, block.data(), block.size());
    if (n > 0) got.append(block.data(), static_cast<size_t>(n));
    if (n <= 0 || enough(got)) loop.stop();
  });
  watch->want({.read = true});
  loop.run();
  return got;
}

inline std::string read_through_loop(EventLoop& loop, int fd, size_t size) {
  return read_through_loop(loop, fd, [size](const std::string& got) { return got.size() >= size; });
}

}  // namespace skyrun
