"""Who: the people here, the units and lines of the chart, the directory, and who sits at which browser.

What a person says, follows or reads never lives here: upper folders hold it, and show it on a profile as a panel.
"""
