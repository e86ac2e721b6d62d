// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace skyrun {

/// A picture in the making, for light and dark pages alike: it has a background of its own. Units
/// are pixels from the upper left corner. Texts may be anything; they are made harmless here.
class Svg {
 public:
  struct Box {
    double x = 0, y = 0, width = 0, height = 0;
  };
  enum class Anchor { start, middle, end };
  struct Style {
    double size = 12;  ///< of the letters
    std::string_view colour = "#1f2937";
    Anchor anchor = Anchor::start;
    bool bold = false;
  };

  void rectangle(const Box& box, std::string_view fill, std::string_view stroke = "none",
                 double radius = 0);
  /// `y` is that of the middle of the line.
  void text(double x, double y, std::string_view words, const Style& style);
  /// From left to right, bent so that many of them can be told apart.
  void curve(double x1, double y1, double x2, double y2, std::string_view colour);

  /// The whole document. `title` is what screen readers say of it.
  std::string document(double width, double height, std::string_view title) const;

 private:
  std::string shapes_;
};

/// At most so many characters, the last one "…" where there are more.
std::string shortened(std::string_view text, size_t characters);

}  // namespace skyrun
