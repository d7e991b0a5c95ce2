"""System checks: what a host must provide for the pages of associations."""

from regiokit.checks import expect_sign_in

expect_sign_in("ehrenamt", check_id="ehrenamt.W001")
