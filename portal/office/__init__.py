"""The office: who may do what in the Wagtail admin, what they see there, and the way of a page to the public."""
