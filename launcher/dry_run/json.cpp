// SPDX-License-Identifier: Apache-2.0
#include "launcher/dry_run/json.h"

#include <cmath>

#include "core/number_text.h"
#include "core/text.h"
#include "launcher/task/python_text.h"

namespace skyrun {
namespace {

class JsonWriter {
 public:
  explicit JsonWriter(bool indented) : indented_(indented) {}

  std::string take() { return std::move(out_); }

  void write(const Value& value) {
    switch (value.kind) {
      case Value::Kind::null:
        out_ += "null";
        break;
      case Value::Kind::boolean:
        out_ += value.truth ? "true" : "false";
        break;
      case Value::Kind::integer:
        out_ += value.text;
        break;
      case Value::Kind::real:
        out_ += std::isfinite(value.number) ? python_float(value.number)
                                            : json_quote(python_float(value.number));
        break;
      case Value::Kind::text:
      case Value::Kind::timestamp:
        out_ += json_quote(value.text);
        break;
      case Value::Kind::list:
      case Value::Kind::dict:
        write_items(value);
        break;
    }
  }

 private:
  void write_items(const Value& value) {
    out_ += value.is_dict() ? '{' : '[';
    ++depth_;
    for (size_t i = 0; i < value.items.size(); ++i) {
      if (i > 0) out_ += indented_ ? "," : ", ";
      break_line();
      if (value.is_dict()) out_ += json_quote(python_str(value.keys[i])) + ": ";
      write(value.items[i]);
    }
    --depth_;
    if (!value.items.empty()) break_line();
    out_ += value.is_dict() ? '}' : ']';
  }

  void break_line() {
    if (indented_) out_.append("\n").append(depth_ * 2, ' ');
  }

  bool indented_;
  size_t depth_ = 0;
  std::string out_;
};

std::string written(const Value& value, bool indented) {
  JsonWriter writer(indented);
  writer.write(value);
  return writer.take();
}

}  // namespace

std::string to_json(const Value& value) {
  return written(value, true) + "\n";
}

std::string to_json_line(const Value& value) {
  return written(value, false);
}

}  // namespace skyrun
