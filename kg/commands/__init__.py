"""Commands that are modules of their own: each has SUMMARY, MORE (its epilog), `options(parser)` and `run(options)`."""

NAMES = ("ask", "cite", "coverage", "disputes", "evidence", "exposure", "find", "trends", "verify", "why")
