"""How long work runs: events, run ids, the worker process, pace, cancellation and the inline driver."""
