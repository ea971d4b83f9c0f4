"""Council papers: a municipality's published figures as a paper for its bodies, as DOCX to edit and as PDF.

Belongs here: kinds of papers, what each consists of, both files. Does not belong here: sentences and tables, which are those of
the report (bericht), and any figure of its own.
"""
