// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/svg.h"

#include <fmt/format.h>

#include "core/text.h"
#include "core/utf8.h"

namespace skyrun {
namespace {

/// For an attribute or the content of an element (XML 1.0, section 2.4).
std::string escaped(std::string_view text) {
  std::string out;
  for (const char each : well_formed_utf8(printable(text))) {
    switch (each) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += each;
    }
  }
  return out;
}

const char* word(Svg::Anchor anchor) {
  if (anchor == Svg::Anchor::start) return "start";
  return anchor == Svg::Anchor::middle ? "middle" : "end";
}

}  // namespace

void Svg::rectangle(const Box& box, std::string_view fill, std::string_view stroke, double radius) {
  shapes_ += fmt::format(R"(<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" fill="{}")", box.x,
                         box.y, box.width, box.height, fill);
  if (stroke != "none") shapes_ += fmt::format(R"( stroke="{}")", stroke);
  if (radius > 0) shapes_ += fmt::format(R"( rx="{:g}")", radius);
  shapes_ += "/>\n";
}

void Svg::text(double x, double y, std::string_view words, const Style& style) {
  shapes_ += fmt::format(R"(<text x="{:g}" y="{:g}" font-size="{:g}" fill="{}")", x,
                         y + style.size * 0.35, style.size, style.colour);
  if (style.anchor != Anchor::start) {
    shapes_ += fmt::format(R"( text-anchor="{}")", word(style.anchor));
  }
  if (style.bold) shapes_ += R"( font-weight="600")";
  shapes_ += fmt::format(">{}</text>\n", escaped(words));
}

void Svg::curve(double x1, double y1, double x2, double y2, std::string_view colour) {
  const double middle = (x1 + x2) / 2;
  shapes_ += fmt::format(
      R"(<path d="M{0:g} {1:g}C{4:g} {1:g} {4:g} {3:g} {2:g} {3:g}" fill="none" stroke="{5}"/>)"
      "\n",
      x1, y1, x2, y2, middle, colour);
}

std::string Svg::document(double width, double height, std::string_view title) const {
  return fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:g} {1:g}" width="{0:g}" )"
      R"(height="{1:g}" role="img" font-family="system-ui, 'Helvetica Neue', Arial, sans-serif">)"
      "\n<title>{2}</title>\n"
      R"(<rect width="{0:g}" height="{1:g}" rx="8" fill="#ffffff"/>)"
      "\n{3}</svg>\n",
      width, height, escaped(title), shapes_);
}

std::string shortened(std::string_view text, size_t characters) {
  const std::string whole = well_formed_utf8(std::string(text));
  std::string out;
  size_t count = 0;
  for (size_t at = 0; at < whole.size(); ++count) {
    const size_t length = front_char(std::string_view(whole).substr(at)).length;
    if (count + 1 == characters && at + length < whole.size()) return out + "…";
    out += whole.substr(at, length);
    at += length;
  }
  return out;
}

}  // namespace skyrun
