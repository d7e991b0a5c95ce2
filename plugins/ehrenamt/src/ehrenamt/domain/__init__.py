"""What can be done with offers and enquiries; every view, task and API call goes through these verbs."""
