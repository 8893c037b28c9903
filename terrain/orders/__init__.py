"""Legal orders: what the law makes two stewards read of what was said directly, and how those who said it are told.

It takes two people and a reason, it ends after a week, and it stands in the public log without a name. It is never a
way to read without its being told: a delay has its own reason in law, its end, and is counted in public.
"""
