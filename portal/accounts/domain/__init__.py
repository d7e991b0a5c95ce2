"""What can be done with accounts: `staff` invites people, `breakglass` lets them in when mail is down."""
