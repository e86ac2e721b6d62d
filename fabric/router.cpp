// SPDX-License-Identifier: Apache-2.0
#include "fabric/router.h"

namespace skyrun {
namespace {

const Way kUp{.kind = Way::Kind::up};

}  // namespace

Course Router::course_of(const Frame& frame, const Way& from) const {
  switch (frame.to) {
    case To::head:
      return to_head();
    case To::nodes:
      return to_nodes(from);
    case To::observers:
      return self_ == kClient ? Course{.here = true} : Course{.on = {kUp}};
    case To::peer:
      break;
  }
  return {.here = true};
}

Course Router::to_head() const {
  if (self_ == kHead) return {.here = true};
  if (self_ == kClient) return {.on = {{.kind = Way::Kind::child, .child = kHead}}};
  return {.on = {kUp}};
}

/// The client is no node, but hears what the head says to them.
Course Router::to_nodes(const Way& from) const {
  const bool is_own = from.kind == Way::Kind::here;
  Course course{.here = self_ != kClient || !is_own};
  if (self_ == kHead && is_own) course.on.push_back(kUp);
  for (const NodeId child : children_) {
    const Way down{.kind = Way::Kind::child, .child = child};
    if (down != from) course.on.push_back(down);
  }
  return course;
}

}  // namespace skyrun
