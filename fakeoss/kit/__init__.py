"""For Hypothesis: strategies, a reference model, state machines, comparison of two targets."""
