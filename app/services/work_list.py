"""The work list: what to do today, the largest amount first."""

from datetime import date

from app.base.progress import Progress
from app.domain.work import WorkItem
from app.services.list_suppliers import judge_everyone
from app.storage.register import Register


def list_work(register: Register, *, on: date, progress: Progress | None = None) -> tuple[WorkItem, ...]:
    """Return what there is to do on a day, in `work_order`, also what was set aside. Raises `Cancelled`.

    Whoever shows the table of suppliers too takes both from `judge_everyone`, which judges once.
    """
    return tuple(judge_everyone(register, on=on, progress=progress).work)
