"""Questions in words: which canned query one means, and with which values of its parameters.

`words` stems, `lexicon` and `index` prepare in the build what is compared, `things` finds what a question names,
`wordings` compares it with how people ask, `choose` chooses, and `told` says what was understood.
"""
