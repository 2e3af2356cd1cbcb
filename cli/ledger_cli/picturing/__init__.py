"""Pages with pictures of engagements: drawn when they are asked for, and read anywhere without anything else (ADR 20)."""
