"""The report's part on the Integrationskonzept and its measures.

Belongs here: fields, measures, duties, papers. Does not belong here: indicators.
"""
