"""What the app says by itself: what is due, to who is responsible for it today (design §6).

Each reminder is one kind of due thing: a module says what is due and who is responsible (`intakes`, `meetings` …),
`kinds` lists them, `sending` tells the first responsible person who sees the record today. The words are a
Notification's, which the administrator edits; what is to be done is a ToDo of the Desk, which is also the mark that
it was said, and closes by itself when the thing is done.
"""
