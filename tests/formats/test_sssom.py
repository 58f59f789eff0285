"""SSSOM TSV as rows with their lines."""

from __future__ import annotations

from comity.formats.sssom import expand, read

HEADER = "# curie_map:\n#   a: http://a.example/\n"


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    # Lines 1 and 2 are the header, 3 the columns, 4 the first row, 5 empty, 6 the second row.
    file = read(f"{HEADER}subject_id\tobject_id\na:1\ta:2\n\na:3\ta:4\n".encode(), "m")
    assert [row.line for row in file.rows] == [4, 6]
    assert file.findings == ()


def test_a_cell_over_two_lines_moves_the_lines_below() -> None:
    file = read(f'{HEADER}subject_id\tcomment\na:1\t"two\nlines"\na:2\tx\n'.encode(), "m")
    assert [(row.line, row.cells["comment"]) for row in file.rows] == [(4, "two\nlines"), (6, "x")]


def test_a_header_without_spaces_after_its_marks_is_read_too() -> None:
    # sssom-py writes "#curie_map:", most people write "# curie_map:".
    assert read(b"#curie_map:\n#  a: http://a.example/\nsubject_id\n", "m").prefixes == {"a": "http://a.example/"}


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    file = read("\ufeff# license: x\r\nsubject_id\tobject_id\r\na:1\ta:2\r\n".encode(), "m")
    assert file.header == {"license": "x"}
    assert dict(file.rows[0].cells) == {"subject_id": "a:1", "object_id": "a:2"}


def test_no_bad_row_is_dropped_in_silence() -> None:
    rows = ["a:1\ta:2", "a:1\ta:2\ta:3", '"a:1"x\ta:2', "a:5\ta:6"]
    file = read((f"{HEADER}subject_id\tobject_id\n" + "\n".join(rows) + "\n").encode(), "m")
    assert [row.line for row in file.rows] == [4, 7]
    assert [(f.code, f.place.pointer) for f in file.findings] == [("sssom-row", "line 5"), ("sssom-row", "line 6")]


def test_a_short_row_lacks_its_last_cells() -> None:
    file = read(b"subject_id\tobject_id\tcomment\na:1\ta:2\n", "m")
    assert "comment" not in file.rows[0].cells


def test_bytes_that_are_no_utf_8_have_their_line() -> None:
    file = read(b"subject_id\tobject_id\na:1\t\xff\n", "m")
    assert [(f.code, f.place.pointer) for f in file.findings] == [("not-utf-8", "line 2")]


def test_curies_are_written_out() -> None:
    prefixes = {"a": "http://a.example/"}
    assert expand("a:3.1", prefixes) == "http://a.example/3.1"
    assert expand("https://b.example/x", prefixes) == "https://b.example/x"
    assert expand("did:web:b.example", prefixes) == "did:web:b.example"
    assert expand("c:1", prefixes) is None
    assert expand("plain", prefixes) is None
