"""A fuzzer that is led by what it reaches: mails are changed, and kept where new code runs."""
