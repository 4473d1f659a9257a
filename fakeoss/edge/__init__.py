"""What every request passes through: address, route, authenticate, authorise, run, finish."""
