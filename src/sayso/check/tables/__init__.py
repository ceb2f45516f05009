"""Evidence tables as people have them: conflict events, sanctions lists. A format is known by what is in the file.

In:   files.   Out: Tables with rows that can be named, what they cover and cannot tell; error values, notices.
Knows nothing of: claims.
"""
