"""The report of a year: what every service counted, on one page and in one workbook."""
