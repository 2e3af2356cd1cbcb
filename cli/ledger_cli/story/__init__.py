"""The story that `engage demo` tells, and its files."""
