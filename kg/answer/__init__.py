"""What an answer holds beyond its rows: its grounds, its period, disputes, and what it means if it is empty.

All of it works on the columns of a canned query whose things are stated by claims (`evidence` of its header).
Imported on the path of every question: each part is imported when it is asked for.
"""
