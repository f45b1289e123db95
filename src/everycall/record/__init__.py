"""What was decided, by whom, provably: the chain, its checks, and making the past again."""
