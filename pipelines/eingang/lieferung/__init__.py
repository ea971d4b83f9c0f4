"""A delivery as such, whatever it holds: where it lies, how it is known again, what is remembered and told of it.

Belongs here: files in raw/, checksums, records, findings. Does not belong here: reading its content.
"""
