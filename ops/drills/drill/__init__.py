"""What the drills share: installations of their own, clients that remember, and the reckoning at the end."""
