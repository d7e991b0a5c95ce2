"""All mails of the demo, readable by everybody; exists in demo mode alone."""
