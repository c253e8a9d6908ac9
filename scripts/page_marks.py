"""Tables in pages, between the lines <!-- MARK begin --> and <!-- MARK end -->."""


def write_between(page, mark, lines):
    """Replaces what stands between the marks of a page."""
    begin, end = f"<!-- {mark} begin -->", f"<!-- {mark} end -->"
    text = page.read_text(encoding="utf-8")
    head, rest = text.split(begin)
    page.write_text(head + begin + "\n" + "\n".join(lines) + "\n" + end + rest.split(end)[1], encoding="utf-8")
