"""Letters that were made, one after the other as one file for the printer."""

import io
import logging
from collections.abc import Sequence

from app.base.errors import AppError, FileError
from app.base.formatting import count


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Return PDFs one after the other as one PDF, printed as the first one asks and in its language.

    What is the same in all of them, such as the fonts, is in the file once. The same PDFs give the same bytes.
    Raises `AppError` when there is none, `FileError` when one is damaged.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError
    from pypdf.generic import NameObject

    if not pdfs:
        raise AppError("Er zijn geen brieven om af te drukken.")
    # What it finds odd in a file it says to a logger; a damaged file has a message of its own here.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    whole = PdfWriter()
    try:
        for place, pdf in enumerate(pdfs):
            reader = PdfReader(io.BytesIO(pdf))
            if place == 0:
                # One-sided and not scaled: what pages say themselves comes along, what the file says does not.
                for key in ("/Lang", "/ViewerPreferences"):
                    if key in reader.trailer["/Root"]:  # type: ignore[operator]  # it is a dictionary
                        value = reader.trailer["/Root"][key].clone(whole)  # type: ignore[index]
                        whole.root_object[NameObject(key)] = value
                author = reader.metadata.author if reader.metadata else None
            whole.append_pages_from_reader(reader)
        whole.metadata = {
            "/Title": count(len(pdfs), "brief", "brieven"), "/Author": author or "", "/Producer": "Tredewijzer",
        }  # fmt: skip
        whole.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
        stream = io.BytesIO()
        whole.write(stream)
    except (PyPdfError, KeyError, ValueError, TypeError) as error:
        raise FileError("De pdf van een brief is beschadigd.", "Controleer het register.") from error
    return stream.getvalue()
