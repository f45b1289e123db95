"""What should we ask next? Which unknown could still change the answer, in the order one talks."""
