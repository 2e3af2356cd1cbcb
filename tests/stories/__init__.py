"""Numbers of dispute stories, reckoned without the product."""
