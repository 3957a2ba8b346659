"""How fast it is: `python -m tests.benchmarks [names] [--mails N]`. Never collected as tests."""
