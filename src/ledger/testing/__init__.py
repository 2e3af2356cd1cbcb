"""What others test with: the contract that any store must keep."""
