# SPDX-License-Identifier: Apache-2.0
"""Cases beyond the tables."""
import rows


def cases():
    yield rows.Case("generated empty", b"")
