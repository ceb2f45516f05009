"""The page: a case in the browser, for reading and reviewing. Server-rendered; nothing is loaded from anywhere else.

In:   HTTP requests.   Out: pages, and the same as JSON.
Knows nothing of: how anything is found or kept (case).
"""
