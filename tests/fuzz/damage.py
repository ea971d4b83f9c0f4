"""Damage to a file's bytes: what mail, disks, spreadsheets and people do to it, chosen by a seeded random generator.

Belongs here: one function a kind of damage. Each takes bytes and a generator and gives bytes.

Long because every kind of damage is a few lines of its own.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

Damage = Callable[[bytes, random.Random], bytes]

SIGNS = (
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\r",
    b"\x1a",
    b"\xc3",
    b'"',
    b"'",
    b";",
    b",",
    b"\t",
    b"=1+1",
    b"%00",
    b"\\",
)
WORDS = (
    b"NaN", b"inf", b"-0", b"1e309", b"99999999999999999999", b"31.02.2020", b"00.00.0000", b"2020-13-45", b"NULL", b"true",
    b"../../etc",
    b"'; drop table x; --", b"=cmd|' /C calc'!A0", b"x" * 5_000, "Ä".encode("cp1252"), "ǅ\u202e".encode(), b"|", b"-" * 40,
    b".", b"x",
)  # fmt: skip


def flip(data: bytes, rng: random.Random) -> bytes:
    """Change some bytes anywhere."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        if out:
            out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def cut(data: bytes, rng: random.Random) -> bytes:
    """End in the middle."""
    return data[: rng.randint(0, len(data))]


def insert(data: bytes, rng: random.Random) -> bytes:
    """Something strange in between."""
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(SIGNS + WORDS) * rng.choice((1, 1, 1, 3, 200)) + data[at:]


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def repeat_line(data: bytes, rng: random.Random) -> bytes:
    """A line twice or a hundred times."""
    lines = _lines(data)
    if lines:
        at = rng.randrange(len(lines))
        lines[at:at] = [lines[at]] * rng.choice((1, 2, 100))
    return b"".join(lines)


def drop_line(data: bytes, rng: random.Random) -> bytes:
    """A line missing, the head included."""
    lines = _lines(data)
    if lines:
        del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def swap_lines(data: bytes, rng: random.Random) -> bytes:
    """Two lines in each other's place."""
    lines = _lines(data)
    if len(lines) > 1:
        i, j = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[i], lines[j] = lines[j], lines[i]
    return b"".join(lines)


def field(data: bytes, rng: random.Random) -> bytes:
    """One field with another content."""
    parts = re.split(rb"([;\n])", data)
    at = rng.randrange(0, len(parts), 2)
    parts[at] = rng.choice(WORDS)
    return b"".join(parts)


def separators(data: bytes, rng: random.Random) -> bytes:
    """Another separator, in one line or everywhere."""
    lines = _lines(data)
    if not lines:
        return data
    other = rng.choice((b",", b"\t", b"|", b"", b";;"))
    if rng.random() < 0.5:
        return data.replace(b";", other)
    at = rng.randrange(len(lines))
    lines[at] = lines[at].replace(b";", other)
    return b"".join(lines)


def encoding(data: bytes, rng: random.Random) -> bytes:
    """The same text in another encoding."""
    text = data.decode("utf-8", errors="replace")
    return text.encode(
        rng.choice(("utf-16", "utf-16-le", "cp1252", "utf-32", "utf-8-sig", "cp437", "utf-7")), errors="replace"
    )


def line_ends(data: bytes, rng: random.Random) -> bytes:
    """Other ends of lines, or none."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", rng.choice((b"\r", b"\r\n", b"\n\n", b"\n\r", b"\x0b", b"")))


TEXT: tuple[Damage, ...] = (
    flip, cut, insert, repeat_line, drop_line, swap_lines, field, field, field, separators, encoding, line_ends,
)  # fmt: skip


def _entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {i.filename: package.read(i) for i in package.infolist()}


def _packed(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return out.getvalue()


def part(data: bytes, rng: random.Random) -> bytes:
    """A part of the workbook missing, empty, cut or with another's content."""
    entries = _entries(data)
    name, other = rng.choice(list(entries)), rng.choice(list(entries))
    kind = rng.randrange(4)
    if kind == 0:
        del entries[name]
    else:
        entries[name] = (b"", entries[name][: len(entries[name]) // 2], entries[other])[kind - 1]
    return _packed(entries)


def xml_text(data: bytes, rng: random.Random) -> bytes:
    """A number, text, reference or attribute of a sheet with another content."""
    entries = _entries(data)
    sheets = [n for n in entries if n.endswith(".xml")]
    name = rng.choice(sheets)
    pieces = re.split(rb"(>[^<]*<|\"[^\"]*\")", entries[name])
    if len(pieces) > 1:
        at = rng.randrange(1, len(pieces), 2)
        word = rng.choice(WORDS).replace(b"<", b"").replace(b"&", b"")
        pieces[at] = b">" + word + b"<" if pieces[at].startswith(b">") else b'"' + word.replace(b'"', b"") + b'"'
    entries[name] = b"".join(pieces)
    return _packed(entries)


def dimension(data: bytes, rng: random.Random) -> bytes:
    """A sheet that says it is huge, or has a cell at the far end."""
    entries = _entries(data)
    name = rng.choice([n for n in entries if n.startswith("xl/worksheets/sheet")])
    far = rng.choice((b"XFD1048576", b"A1048576", b"XFD1", b"ZZZZ9", b"A0", b"1A"))
    content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:' + far + b'"', entries[name])
    if rng.random() < 0.5:
        content = content.replace(
            b"</sheetData>", b'<row r="1048576"><c r="' + far + b'"><v>1</v></c></row></sheetData>'
        )
    entries[name] = content
    return _packed(entries)


def styles(data: bytes, rng: random.Random) -> bytes:
    """Formats that are missing, point nowhere, or that no program knows."""
    entries = _entries(data)
    name = "xl/styles.xml"
    kinds: tuple[Callable[[bytes], bytes], ...] = (
        lambda _: b"",
        lambda c: re.sub(rb"<cellXfs.*?</cellXfs>", b"", c, flags=re.DOTALL),
        lambda c: re.sub(rb'numFmtId="\d+"', b'numFmtId="9999"', c),
        lambda c: re.sub(rb'formatCode="[^"]*"', b'formatCode="[$-F800]yyyy\\&quot;;;@[Red"', c),
        lambda c: c.replace(b"<fills", b"<fills0"),
        lambda c: re.sub(rb'count="\d+"', b'count="4294967295"', c),
    )
    entries[name] = rng.choice(kinds)(entries.get(name, b""))
    if rng.random() < 0.5:
        sheet = rng.choice([n for n in entries if n.startswith("xl/worksheets/sheet")])
        entries[sheet] = re.sub(rb' s="\d+"', b' s="70000"', entries[sheet])
    return _packed(entries)


def entity(data: bytes, rng: random.Random) -> bytes:
    """Entities that name a file of the machine, or multiply."""
    entries = _entries(data)
    name = rng.choice([n for n in entries if n.endswith(".xml")])
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    kinds = ('<!ENTITY x SYSTEM "file:///etc/passwd">', f'<!ENTITY l0 "lol">{laughs}')
    doctype = f"<!DOCTYPE x [{rng.choice(kinds)}]>".encode()
    content = re.sub(rb"(<\?xml[^>]*\?>)?", lambda m: m[0] + doctype, entries[name], count=1)
    entries[name] = content.replace(b"<v>", b"<v>&l8;&x;", 1)
    return _packed(entries)


def bomb(data: bytes, rng: random.Random) -> bytes:
    """A part that unpacks to hundreds of megabytes."""
    entries = _entries(data)
    name = rng.choice(("xl/sharedStrings.xml", "xl/media/image1.png", "xl/worksheets/sheet1.xml"))
    entries[name] = b" " * (300 * 1024 * 1024) + entries.get(name, b"")
    return _packed(entries)


WORKBOOK: tuple[Damage, ...] = (flip, cut, part, part, xml_text, xml_text, xml_text, dimension, styles, entity)
RARE: tuple[Damage, ...] = (bomb,)  # costs seconds each: one of a few hundred


def yaml_word(data: bytes, rng: random.Random) -> bytes:
    """A value of the configuration of another kind."""
    values = (
        b"[]", b"{}", b"null", b"yes", b"1e400", b"-1", b"2020-02-31", b"''", b"../../../etc/passwd", b"/etc/passwd",
        b"!!python/object:os.system x",
        b"*nirgends", b"&a [*a]", b"[" * 300, b"{a: " * 200, b"\"'; drop table x; --\"", b"0o17",
        b"1:30:00", b"'\\0'", b"<<: {a: 1}",
        b"x" * 3_000,
    )  # fmt: skip
    lines = _lines(data)
    at = [i for i, line in enumerate(lines) if b":" in line and not line.lstrip().startswith(b"#")]
    if at:
        i = rng.choice(at)
        lines[i] = lines[i].split(b":", 1)[0] + b": " + rng.choice(values) + b"\n"
    return b"".join(lines)


def yaml_key(data: bytes, rng: random.Random) -> bytes:
    """A key misspelt, twice, or indented otherwise."""
    lines = _lines(data)
    at = [i for i, line in enumerate(lines) if b":" in line]
    if at:
        i = rng.choice(at)
        lines[i] = rng.choice(
            (
                b"  " + lines[i],
                lines[i].lstrip(),
                lines[i] + lines[i],
                lines[i][:1].swapcase() + lines[i][1:],
                b"\t" + lines[i],
            )
        )
    return b"".join(lines)


def yaml_bomb(data: bytes, rng: random.Random) -> bytes:
    """Aliases that multiply, or nesting without end."""
    if rng.random() < 0.5:
        return (
            data
            + b"\n"
            + b"\n".join(
                b"b%d: &b%d [%s]" % (n, n, b", ".join([b"*b%d" % (n - 1)] * 9) if n else b"x") for n in range(9)
            )
        )
    return data + b"\ntief: " + b"[" * 2_000 + b"]" * 2_000


def yaml_deep(data: bytes, rng: random.Random) -> bytes:
    """A condition or filter nested beyond reason."""
    depth = rng.choice((50, 500, 5_000))
    return re.sub(
        rb"(wenn|filter|formel): .*",
        lambda m: m[1] + b': "' + b"(" * depth + b"deutsch" + b")" * depth + b'"',
        data,
        count=1,
    )


def _give_value(data: bytes, rng: random.Random, key: bytes, values: Sequence[bytes]) -> bytes:
    """One of the lines that match `key` with one of these values."""
    lines = _lines(data)
    if at := [i for i, line in enumerate(lines) if re.match(key, line)]:
        i = rng.choice(at)
        lines[i] = lines[i].split(b":", 1)[0] + b": " + rng.choice(values) + b"\n"
    return b"".join(lines)


PLACES = (
    b"../../../../etc/passwd", b"/etc/passwd", b"../andere/tabellen/t_{stichtag}.csv", b"~/x.csv", b"..", b".", b"''",
    b"'*'", b"'**/*'", b"'t_{stichtag}/../../x.csv'", b"'\\\\server\\x.csv'", b"'C:\\x.csv'", b"'{stichtag}{stichtag}'", b"'{'",
    b"'t_[0-9]*.csv'", b"'t\0.csv'", b"'" + b"../" * 400 + b"x'", b"'$(id)'", b"'t;drop table x.csv'", b"file:///etc/passwd",
)  # fmt: skip


def yaml_place(data: bytes, rng: random.Random) -> bytes:
    """Where a file is to be found, outside of its folder."""
    return _give_value(data, rng, rb"[\s-]*(datei|ordner|blatt|muster|titel|id):", PLACES)


QUOTES = (
    b"\"x'; drop table marts.massnahme; --\"", b"\"a' or '1'='1\"", b"'a\"); attach ''/etc/passwd'' as x; --'", b"\"$1 {x} %s\"",
    b"\"read_csv('/etc/passwd')\"", b"\"select 1\"", b"\"x\\u0000y\"", b"\"\\u202e\"",
)  # fmt: skip


def yaml_quote(data: bytes, rng: random.Random) -> bytes:
    """SQL where a name, a title or a condition is expected."""
    return _give_value(data, rng, rb"[\s-]*[a-z_]+: +[^\s\[{|>]", QUOTES)


YAML: tuple[Damage, ...] = (
    flip, cut, insert, drop_line, swap_lines, yaml_word, yaml_word, yaml_word, yaml_key, yaml_key, yaml_bomb,
    yaml_deep, yaml_place, yaml_place, yaml_quote, yaml_quote, encoding,
)  # fmt: skip


NUMBERS = (b"1e999", b"NaN", b"-Infinity", b"1e308", b"null", b'"7"', b"[]", b"{}", b"7" * 400, b"-0.0", b"true")


def json_number(data: bytes, rng: random.Random) -> bytes:
    """Numbers that are none, or beyond every measure."""
    numbers = [*re.finditer(rb"-?\d+\.\d+", data)]
    for found in sorted(rng.sample(numbers, min(len(numbers), rng.choice((1, 1, 2, 10)))), key=lambda m: -m.start()):
        data = data[: found.start()] + rng.choice(NUMBERS) + data[found.end() :]
    return data


def json_deep(data: bytes, rng: random.Random) -> bytes:
    """Lists within lists beyond reason."""
    depth = rng.choice((3, 50, 100_000))
    at = rng.choice([m.start() for m in re.finditer(rb"\[", data)] or [0])
    return data[:at] + b"[" * depth + data[at : at + 40] + b"]" * depth + data[at + 40 :]


def json_word(data: bytes, rng: random.Random) -> bytes:
    """Another word where a form, a key or an area is named."""
    words = [*re.finditer(rb'"[^"]*"', data)]
    if not words:
        return data
    found = rng.choice(words)
    other = rng.choice(
        (*(w[0] for w in words), b'"Point"', b'"GeometryCollection"', b'""', b"null", b'"\\ud800"', b"1")
    )
    return data[: found.start()] + other + data[found.end() :]


JSON: tuple[Damage, ...] = (
    flip, cut, insert, drop_line, repeat_line, swap_lines, encoding, json_number, json_number, json_deep, json_word, json_word,
)  # fmt: skip
