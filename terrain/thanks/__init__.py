"""Thanks with a reason, marks of use, and the contributions that a person shows of themselves.

From one person to another, tied to what it is for, five a week.
No points, no ranking, no count of days, and nothing that a third party can export.
"""
