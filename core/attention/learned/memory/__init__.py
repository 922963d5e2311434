"""Questions about simulated stories, answered by end-to-end memory with one, two or three hops."""
