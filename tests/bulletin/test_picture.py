"""Whatever a leader uploads becomes a small upright JPEG without a trace of where it was taken, or is refused."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from photo_files import GREEN, RED, picture_file
from PIL import Image

from server.web.picture import LARGEST_FILE, NoPictureError, PictureTooLargeError, portrait


def made_of(data: bytes) -> Image.Image:
    made = Image.open(io.BytesIO(portrait(data)))
    assert made.format == "JPEG"
    made.load()
    return made


def is_near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(seen - meant) < 30 for seen, meant in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3000, 4000), (480, 600)),
        ((4000, 3000), (480, 600)),
        ((480, 600), (480, 600)),
        ((240, 600), (240, 300)),
        ((1000, 60), (48, 60)),
        ((1, 1), (1, 1)),
    ],
)
def test_photo_is_four_to_five_and_never_blown_up(form: str, size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert made_of(picture_file(size, form)).size == expected


def test_photo_taken_with_the_telephone_on_its_side_is_upright() -> None:
    """The camera wrote it lying, and said so: what is red in the file's left half belongs to the top."""
    lying = picture_file((1000, 800), "JPEG", turned=6)
    made = made_of(lying)
    assert made.size == (480, 600)
    assert is_near(made.getpixel((240, 20)), RED)
    assert is_near(made.getpixel((240, 580)), GREEN)


def test_nothing_tells_where_and_when_it_was_taken() -> None:
    data = picture_file((800, 1000), "JPEG", turned=1, note="N 30.25 E 120.16")
    assert b"120.16" in data
    made = portrait(data)
    assert b"120.16" not in made
    assert b"Exif" not in made
    assert not Image.open(io.BytesIO(made)).getexif()


def test_what_can_be_seen_through_is_white() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (480, 600), (0, 0, 0, 0)).save(clear, "PNG")
    assert is_near(made_of(clear.getvalue()).getpixel((1, 1)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "1", "I;16"])
def test_every_manner_of_colour_will_do(mode: str) -> None:
    written = io.BytesIO()
    Image.new(mode, (480, 600)).save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert made_of(written.getvalue()).mode == "RGB"


def test_grey_of_sixteen_bits_keeps_its_shades() -> None:
    written = io.BytesIO()
    Image.new("I;16", (480, 600), 0x8000).save(written, "PNG")
    assert is_near(made_of(written.getvalue()).getpixel((240, 300)), (128, 128, 128))


def test_edge_of_what_can_be_seen_through_has_no_dark_seam() -> None:
    """A face that was cut out: what colour its surroundings would have does not matter."""
    cut_out, written = Image.new("RGBA", (960, 1200), (0, 0, 0, 0)), io.BytesIO()
    cut_out.paste((255, 255, 255, 255), (0, 0, 481, 1200))
    cut_out.save(written, "PNG")
    assert is_near(made_of(written.getvalue()).getpixel((240, 300)), (255, 255, 255))


def test_picture_that_moves_stands_still() -> None:
    """A WebP, and what telephones write that keep two pictures in one JPEG."""
    red, green = Image.new("RGB", (480, 600), RED), Image.new("RGB", (480, 600), GREEN)
    for form in ("WEBP", "PNG", "MPO"):
        written = io.BytesIO()
        red.save(written, form, save_all=True, append_images=[green])
        assert is_near(made_of(written.getvalue()).getpixel((240, 300)), RED)


def test_drawing_that_could_run_scripts_is_no_photo() -> None:
    with pytest.raises(NoPictureError):
        portrait(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')


@pytest.mark.parametrize(("mode", "form"), [("RGBA", "PNG"), ("RGB", "WEBP")])
def test_small_file_that_would_fill_the_memory_is_refused(mode: str, form: str) -> None:
    """One colour all over: a hundred kilobytes that would take a gigabyte."""
    written = io.BytesIO()
    Image.new(mode, (4100, 4000)).save(written, form)
    assert len(written.getvalue()) < 200_000
    with pytest.raises(PictureTooLargeError):
        portrait(written.getvalue())


def test_large_photo_of_a_camera_is_taken() -> None:
    written = io.BytesIO()
    Image.new("RGB", (6500, 8600)).save(written, "JPEG")
    assert made_of(written.getvalue()).size == (480, 600)


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF"])
def test_other_formats_are_no_photos(form: str) -> None:
    with pytest.raises(NoPictureError):
        portrait(picture_file((10, 10), form))


def test_file_that_is_too_large_is_not_even_looked_at() -> None:
    with pytest.raises(PictureTooLargeError):
        portrait(b"\xff\xd8" + bytes(LARGEST_FILE))


def test_small_file_of_a_giant_picture_is_refused() -> None:
    header = (60_000).to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    chunk = b"IHDR" + header
    data = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    with pytest.raises(PictureTooLargeError):
        portrait(data + (0).to_bytes(4, "big") + b"IDAT" + zlib.crc32(b"IDAT").to_bytes(4, "big"))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_half_a_file_is_no_photo(form: str) -> None:
    data = picture_file((800, 1000), form, noise=True)
    with pytest.raises(NoPictureError):
        portrait(data[: len(data) // 2])


@given(data=st.binary(max_size=200))
def test_any_bytes_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(NoPictureError):
        portrait(data)


@given(
    form=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    harm=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8),
)
def test_any_damage_makes_another_photo_or_none(form: str, harm: list[tuple[int, int]]) -> None:
    data = bytearray(picture_file((40, 50), form))
    for place, value in harm:
        data[place % len(data)] = value
    try:
        made = portrait(bytes(data))
    except (NoPictureError, PictureTooLargeError):
        return
    assert Image.open(io.BytesIO(made)).format == "JPEG"
