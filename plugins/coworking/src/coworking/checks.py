"""System checks: what a host must provide for the pages of operators."""

from regiokit.checks import expect_sign_in

expect_sign_in("coworking", check_id="coworking.W001")
