"""A picture of somebody's, PNG or JPEG, made ready for letters: no larger than a printer can show it."""

import io
import warnings
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING

from app.base.errors import AppError
from app.letters.drawable import Drawable, Text

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
JPEG_QUALITY = 90


class UnreadablePictureError(AppError):
    """A picture that cannot be read."""


def copied_picture(data: bytes, *, most_px: tuple[int, int]) -> Drawable:
    """Return a picture of at most so many pixels wide and high.

    Raises `UnreadablePictureError` when it is damaged or far too large; its size is known before it is opened.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            # Pillow warns of a picture that fills the memory; it is refused just below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_large()
        is_photo = picture.format == "JPEG"
        upright = ImageOps.exif_transpose(picture)
        if upright.mode.startswith("I"):
            # Of greys in two bytes Pillow would keep the lower one.
            upright = upright.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
        upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError,
            MemoryError, zlib.error) as error:  # fmt: skip
        # A file can be wrong in every place, and the library then stumbles in its own way at each.
        raise UnreadablePictureError(
            "Dit plaatje is beschadigd of geen png of jpg.", "Open het in een tekenprogramma en sla het opnieuw op."
        ) from error
    upright.thumbnail(most_px, Image.Resampling.LANCZOS, reducing_gap=None)
    name = sha256(data).hexdigest()[:16]
    objects: dict[str, Text] = {}
    extra: list[bytes | str] = []
    if upright.mode == "RGBA":
        shade = upright.getchannel("A")
        upright = upright.convert("RGB")
        if shade.getextrema() != (255, 255):
            objects[f"{name}.shade"] = _image(shade, [], is_photo=False)
            extra = [b"/SMask ", f"{name}.shade"]
    objects[name] = _image(_grey_if_it_is(upright), extra, is_photo=is_photo)
    return Drawable(name=name, width=float(upright.width), height=float(upright.height), objects=objects)


def _grey_if_it_is(picture: "Image") -> "Image":
    red, green, blue = picture.split()
    return red if red.tobytes() == green.tobytes() == blue.tobytes() else picture


def _image(picture: "Image", extra: list[bytes | str], *, is_photo: bool) -> Text:
    if is_photo:
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        kind, data = b"/DCTDecode", stream.getvalue()
    else:
        kind, data = b"/FlateDecode", zlib.compress(picture.tobytes(), 9)
    colours = b"/DeviceGray" if picture.mode == "L" else b"/DeviceRGB"
    start = b"<</Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace %s /Filter %s " % (
        picture.width,
        picture.height,
        colours,
        kind,
    )
    return (start, *extra, b"/Length %d>>\nstream\n" % len(data), data, b"\nendstream")


def _too_large() -> UnreadablePictureError:
    return UnreadablePictureError("Dit plaatje heeft te veel beeldpunten.", "Verklein het en kies het opnieuw.")
