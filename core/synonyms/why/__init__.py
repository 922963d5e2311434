"""Why a method says what it says of a pair: its neighbourhood, its sentences, its patterns, its features."""
