"""Letters as PDF in the shape of GB/T 9704-2012, set by typst."""
