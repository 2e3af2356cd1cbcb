"""The metrics of the domain, reckoned a second time from an export; nothing here imports anything of the product."""
