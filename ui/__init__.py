"""The window: everything that needs PySide6, and the command `tredewijzer`.

Nobody imports this room. It holds no rule, no SQL and no letter text: for every job it calls `app.services`.
"""
