"""How fast, and how much faster than others: `python -m bench.speed` (or `make bench`).

    __main__  the command line: graphs of each size, interleaved runs, medians, the table
      ▼
    tasks     what is measured, one process for each run
      ▼
    engines   the engines beside our own

Each figure is a median of runs in which all engines of a task take turns, on graphs of `bench.generate`;
ratios are between medians of one run of this program. Where an engine needs more than a minute it runs
once, and where it needs more than the limit its cell says so: nothing is estimated.
"""
