"""Answers in forms that cost an import: a page, a map, a workbook. Each is imported when it is asked for."""
