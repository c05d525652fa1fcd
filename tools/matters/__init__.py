"""Does every term that the data use matter to a question with agreed rows?"""
