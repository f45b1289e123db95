"""An optional second reader of a log's words, off by default: a language model that may only add "possible, check"."""
