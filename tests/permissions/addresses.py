"""Every address of ours with its rule. `/admin/` is held by one rule in `test_matrix`, closed doors in `test_doors`."""

from tests.permissions.table import (
    LOGIN,
    OUTSIDE,
    Rule,
    _all,
    address,
    by_link,
    closed,
    key,
    of_organisation,
    open_form,
    open_page,
    own_action,
    own_page,
    signed_in,
)

SIGNED_OUT_ONLY = Rule({**_all(302), **dict.fromkeys(OUTSIDE, 200)}, {**_all(302), **dict.fromkeys(OUTSIDE, 200)})
WITHOUT_CODE = Rule({**_all(302), **dict.fromkeys(OUTSIDE, LOGIN)}, {**_all(302), **dict.fromkeys(OUTSIDE, LOGIN)})
"""Nobody asked for a code: back to the sign-in."""

SENSITIVE = Rule(
    {**_all(302), **dict.fromkeys(OUTSIDE, LOGIN)},
    {**_all(302), **dict.fromkeys(OUTSIDE, LOGIN)},
)
"""Asks again who is there."""

ACCOUNTS = {
    "account_home": signed_in(),
    "account_login": SIGNED_OUT_ONLY,
    "account_signup": SIGNED_OUT_ONLY,
    "account_confirm_login_code": WITHOUT_CODE,
    "account_email_verification_sent": WITHOUT_CODE,
    "account_logout": Rule({**_all(200), **dict.fromkeys(OUTSIDE, 302)}, _all(302)),
    "account_inactive": open_page(),
    "account_break_glass": Rule(_all(410), _all(410), lambda things: ["not-a-token"]),
    "account_sessions": signed_in(post=302),
    "account_reauthenticate": signed_in(post=422),
    # Sensitive: whoever signed in without a code, as the people of this test did, is asked for one first.
    **dict.fromkeys(
        [
            "account_change_address",
            "account_confirm_address",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_add_webauthn",
            "mfa_view_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_generate_recovery_codes",
        ],
        SENSITIVE,
    ),
    "mfa_remove_webauthn": Rule(SENSITIVE.get, SENSITIVE.post, lambda things: [1]),
    "mfa_index": signed_in(),
    "mfa_authenticate": WITHOUT_CODE,
    "mfa_reauthenticate": SENSITIVE,
    "mfa_reauthenticate_webauthn": SENSITIVE,
    "organisation_create": signed_in(post=422),
    "organisation_edit": own_page(key("organisation"), post=422),
    "organisation_people": own_page(key("organisation"), foreign_post=404),
    "organisation_role": own_page(of_organisation("colleague"), post=200),
    "organisation_remove": own_page(of_organisation("colleague"), post=302),
    "organisation_leave": own_page(key("organisation"), post=302),
    "organisation_claim": Rule(
        {**_all(404), **dict.fromkeys(OUTSIDE, LOGIN), "member": 302},
        {**_all(404), **dict.fromkeys(OUTSIDE, LOGIN), "member": 302},
        key("organisation"),
    ),
    "organisation_invite": own_page(key("organisation"), post=422),
    "organisation_invite_again": own_action(of_organisation("invitation"), foreign_get=404),
    "organisation_invite_withdraw": own_action(of_organisation("invitation"), foreign_get=404),
    "organisation_invitation": by_link("invitation_token", post=403),
    "account_change_password": closed(),
    "account_set_password": closed(),
    "account_reset_password": closed(),
    "account_reset_password_done": closed(),
    "account_email": closed(),
    "account_request_login_code": closed(),
}

PORTAL = {
    "site_search": open_page(),
    "site_suggestions": open_page(),
    "healthz": Rule(_all((200, 503)), _all(405)),
    "metrics": Rule(_all(404), _all(404)),
    "robots": open_page(),
    "sitemap_index": Rule(_all(200), _all(200)),
    "sitemap": Rule(_all(200), _all(200), lambda things: ["pages"]),
    "imprint": open_page(),
    "privacy": open_page(),
    "accessibility": open_page(),
    "contact": open_page(),
    "barrier_report": open_form(),
    "barrier_report_done": open_page(lambda things: [things["report"].reference]),
    "media": Rule(_all(404), _all(404), lambda things: ["images/not-there.webp"]),
    "postbox": open_page(),
    "postbox_letter": open_page(lambda things: [things["mail"].key]),
    "api-1.0.0:openapi-json": Rule(_all(200), _all(200)),
    "api_unknown": Rule(_all(404), _all(404)),
    "api-1.0.0:api-root": Rule(_all(404), _all(404)),
}


def alerts(app: str) -> dict[str, Rule]:
    """Return the addresses of saved searches and feeds, which every plugin with a list mounts."""
    return {
        f"{app}:alert_new": open_form(),
        f"{app}:alert_sent": open_page(),
        f"{app}:alert_confirm": by_link(f"{app}_alert_confirm", post=302),
        f"{app}:alert": by_link(f"{app}_alert", post=422),
        f"{app}:alert_data": by_link(f"{app}_alert"),
        f"{app}:alert_stop": by_link(f"{app}_alert_stop", post=200),
        f"{app}:feed": open_page(),
        f"{app}:calendar": open_page(),
    }


EHRENAMT = {
    "ehrenamt:offers": open_page(),
    **alerts("ehrenamt"),
    "ehrenamt:suggestions": open_page(),
    "ehrenamt:offer": open_page(address("offer")),
    "ehrenamt:enquiry_new": open_form(key("offer")),
    "ehrenamt:enquiry_sent": by_link("enquiry_sent"),
    "ehrenamt:enquiry_confirm": by_link("enquiry_confirm", post=302),
    "ehrenamt:enquiry_answer": by_link("enquiry_answer", post=422),
    "ehrenamt:enquiry_status": by_link("enquiry_status", post=302),
    "ehrenamt:my_offers": signed_in(),
    "ehrenamt:my_enquiry": own_page(key("enquiry"), post=422),
    "ehrenamt:offer_new": Rule(
        {**_all(302), **dict.fromkeys(OUTSIDE, LOGIN), "member": 200, "stranger": 200},
        {**_all(302), **dict.fromkeys(OUTSIDE, LOGIN), "member": 422, "stranger": 422},
    ),
    "ehrenamt:offer_edit": own_page(key("offer"), post=422),
    "ehrenamt:offer_picture": own_page(key("offer"), post=409),
    "ehrenamt:offer_preview": own_page(key("offer")),
    "ehrenamt:offer_submit": own_action(key("offer")),
    "ehrenamt:offer_pause": own_action(key("offer")),
    "ehrenamt:offer_resume": own_action(key("offer")),
    "ehrenamt:offer_confirm": own_action(key("offer")),
    "ehrenamt:offer_withdraw": own_page(key("offer"), post=302),
    "api-1.0.0:list_offers": open_page(),
    "api-1.0.0:get_offer": open_page(key("offer")),
}

COWORKING = {
    "coworking:spaces": open_page(),
    **alerts("coworking"),
    "coworking:suggestions": open_page(),
    "coworking:space": open_page(address("space")),
    "coworking:ask_trial_day": open_form(address("space"), empty=422),
    "coworking:trial_day_sent": by_link("trial_sent"),
    "coworking:trial_day_confirm": by_link("trial_confirm", post=302),
    "coworking:trial_day_answer": by_link("trial_answer", post=422),
    "coworking:trial_day": by_link("trial_state"),
    "coworking:trial_day_withdraw": Rule(_all(405), _all(302), lambda things: [things["trial_state"]]),
    "coworking:trial_day_calendar": Rule(_all(302), _all(405), lambda things: [things["trial_state"]]),
    "coworking:my_spaces": signed_in(),
    "coworking:new_space": signed_in(post=422),
    "coworking:my_space": own_page(key("space"), post=422),
    "coworking:my_space_preview": own_page(key("space")),
    "coworking:my_space_pictures": own_page(key("space"), post=409),
    "coworking:my_space_withdraw": own_page(key("space"), post=302),
    "coworking:my_space_act": own_action(lambda things: [things["space"].pk, "bestaetigen"]),
    "api-1.0.0:spaces": open_page(),
    "api-1.0.0:spaces_geojson": open_page(),
    "api-1.0.0:space": open_page(key("space")),
    "coworking:my_trial_day": own_page(key("trial_day"), post=422),
}

ADDRESSES = {**ACCOUNTS, **PORTAL, **EHRENAMT, **COWORKING}
