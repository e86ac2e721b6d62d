// SPDX-License-Identifier: Apache-2.0
//
// The compiled part of fmt, built into our programs: Debian has it as a shared object only, which a
// node need not have, and whose loading every start of a daemon would pay for.
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
namespace detail {
template thousands_sep_result<char> thousands_sep_impl(locale_ref);
template char decimal_point_impl(locale_ref);
template dragonbox::decimal_fp<float> dragonbox::to_decimal(float);
template dragonbox::decimal_fp<double> dragonbox::to_decimal(double);
template void buffer<char>::append(const char*, const char*);
template locale_ref::locale_ref(const std::locale&);
template std::locale locale_ref::get<std::locale>() const;
}  // namespace detail
FMT_END_NAMESPACE
