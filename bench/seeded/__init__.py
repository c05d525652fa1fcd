"""Mistakes seeded on purpose: what the guards of the project see of them, and what they cannot see.

    python -m bench.seeded [--seed N] [--per-kind N] [--kinds a,b] [--details]

One mistake at a time is made in the real data, at a random place with a fixed seed, and the
guards of `kg check` judge the result. No guard knows the data: none compares with a copy, a hash
or an expected answer.

    __main__   arguments and the table
      ▼
    run        many mistakes on several processors, counted by kind
      ▼
    guards     the guards on one mistaken dataset
      ▼
    kinds      the kinds of mistake
      ▼
    world      the data as the kinds look at them, and edits of them
"""
