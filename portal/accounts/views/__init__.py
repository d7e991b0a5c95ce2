"""Pages of the accounts: `entrance` (sign in, register), `home`, `organisation`, `breakglass`."""
