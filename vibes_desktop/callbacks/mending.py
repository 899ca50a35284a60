"""A forgiving reader for texts that are not JSON: it mends what documentation and pasting break.

Only called once a strict reader has refused. Every repair is listed with its place; where the text
ends early, what is incomplete is dropped and nothing is invented (callbacks.md §5).
"""

from __future__ import annotations

import re

from vibes_desktop.callbacks.payload import Json, JsonObject, Repair

MAX_DEPTH = 100
MAX_REPAIRS = 200
SPACE = " \t\r\n"
ODD_SPACE = "\u00a0\u200b\u2028\u2029\u2002\u2003\u2009\u202f\u3000\ufeff\u0000\u000b\u000c"
QUOTES = {'"': '"', "“": "”", "”": "”", "„": "“", "'": "'", "‘": "’", "’": "’"}
PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
WORD = re.compile(r"[^\s,:{}\[\]\"“”]+")
WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}
FOREIGN_WORDS: dict[str, Json] = {
    "none": None,
    "nil": None,
    "undefined": None,
    "nan": None,
    "infinity": None,
    "-infinity": None,
}
UNCLOSED_KEY = re.compile(r"\s*([A-Za-z_@][\w@.-]*)\s*:(?!//)")
COLON_KEY = re.compile(r'"\w+:\w+"\s*[,:]')
FLATTENED = re.compile(r"[\"“][A-Za-z_][\w:]*[\"”]\s*[:,]")
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
HEX = re.compile(r"[0-9A-Fa-f]{4}")
MAX_DIGITS = 4000


class CannotMend(Exception):
    """The text makes no sense at `position`; the text of the error is the reason."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(reason)
        self.position = position
        self.reason = reason


class _Ended(Exception):
    """The text ended inside something."""


class Mender:
    """Reads one text; `repairs` and `cut_off_at` tell afterwards what was done."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._inside_item = False
        self.repairs: list[Repair] = []
        self.cut_off_at: int | None = None

    def read(self) -> Json:
        """Read the first object or array in the text; raises CannotMend."""
        start = re.search(r"[{\[]", self._text)
        if start is None:
            raise CannotMend(0, "there is no JSON object in it")
        if self._text[: start.start()].strip(SPACE + ODD_SPACE):
            self._say(0, "text before the object skipped")
        self._at = start.start()
        value = self._value()
        if self.cut_off_at is None:
            self._rest()
        return value

    def _rest(self) -> None:
        self._skip()
        while self._peek() in {"}", "]", ";", ","}:
            self._say(self._at, f"'{self._peek()}' after the end dropped")
            self._at += 1
            self._skip()
        if self._at < len(self._text):
            self._say(self._at, "text after the object skipped")

    def _value(self) -> Json:
        self._skip()
        character = self._peek()
        if character in {"{", "["}:
            return self._deeper(character)
        if character in QUOTES:
            return self._string()
        return self._scalar()

    def _deeper(self, opener: str) -> Json:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise CannotMend(self._at, f"nested more than {MAX_DEPTH} levels deep, and damaged")
        value: Json = self._object() if opener == "{" else self._array()
        self._depth -= 1
        return value

    # ---- objects

    def _object(self) -> JsonObject:
        self._at += 1
        self._skip()
        while self._peek() == "{":
            self._say(self._at, "doubled opening brace dropped")
            self._at += 1
            self._skip()
        members: JsonObject = {}
        try:
            while self._member(members):
                pass
        except _Ended:
            self._end_early()
        return members

    def _member(self, members: JsonObject) -> bool:
        """Read one member; False after the object's end. Drops a member that the text's end cut."""
        self._skip()
        character = self._needed()
        if character == "}":
            self._at += 1
            return False
        if character == ",":
            self._say(self._at, "extra comma dropped")
            self._at += 1
            return True
        if character == "]":
            self._say(self._at, "missing closing brace added")
            return False
        self._inside_item = True
        key = self._key()
        members[key] = self._member_value()
        self._inside_item = False
        if self.cut_off_at is not None:
            return False
        return self._after_item()

    def _member_value(self) -> Json:
        self._skip()
        if self._needed() in {",", "}"}:
            self._say(self._at, "missing value read as null")
            return None
        return self._value()

    def _after_item(self) -> bool:
        """Step over a comma, or mend a missing one; an early end is the text's, not the item's."""
        self._skip()
        character = self._needed()
        if character != ",":
            if character not in {"}", "]"}:
                self._say(self._at, "missing comma added")
            return True
        comma = self._at
        self._at += 1
        self._skip()
        if self._needed() in {"}", "]"}:
            self._say(comma, "trailing comma dropped")
        return True

    def _key(self) -> str:
        start = self._at
        if self._text[start] not in QUOTES:
            return self._bare_key(start)
        key = self._unclosed_key(start)
        if key is not None:
            return key
        key = self._string(is_key=True)
        self._skip()
        character = self._needed()
        if character == ":":
            self._at += 1
        elif character == ",":
            key = self._comma_key(key, start)
        else:
            self._say(self._at, "missing colon added")
        return key

    def _comma_key(self, key: str, start: int) -> str:
        """Mend the documentation's own slip `"callback:id","DEF123"` (callbacks.md §5)."""
        self._say(self._at, "comma between key and value read as a colon")
        self._at += 1
        if ":" in key:
            self._say(start, f'key "{key}" read as "{key.replace(":", "_")}": the name is assumed')
        return key.replace(":", "_")

    def _unclosed_key(self, start: int) -> str | None:
        """Recognise a key whose closing quote is missing: `"timezone_source: "area_code"`."""
        match = UNCLOSED_KEY.match(self._text, start + 1)
        if match is None:
            return None
        inside = match.end()
        if self._closes_as_key(start) or COLON_KEY.match(self._text, start):
            return None
        self._say(match.end(1), f'missing closing quote of the key "{match[1]}" added')
        self._at = inside
        return match[1]

    def _closes_as_key(self, start: int) -> bool:
        """Tell whether the quoted text from here is followed by a colon, as a key is."""
        end = self._text.find('"', start + 1)
        return end > 0 and re.match(r"\s*:(?!\s*[,}])", self._text[end + 1 : end + 40]) is not None

    def _bare_key(self, start: int) -> str:
        match = WORD.match(self._text, start)
        if match is None:
            raise CannotMend(start, f"'{self._text[start]}' where a key belongs")
        self._at = match.end()
        self._skip()
        if self._needed() not in {":", '"'}:
            raise CannotMend(start, "text where a key belongs")
        self._say(start, f'quotes around the key "{match[0]}" added')
        if self._peek() == '"':
            self._at += 1
            self._skip()
        if self._needed() == ":":
            self._at += 1
        return match[0]

    # ---- arrays

    def _array(self) -> list[Json]:
        self._at += 1
        items: list[Json] = []
        try:
            while self._item(items):
                pass
        except _Ended:
            self._end_early()
        return items

    def _item(self, items: list[Json]) -> bool:
        self._skip()
        character = self._needed()
        if character == "]":
            self._at += 1
            return False
        if character == ",":
            self._say(self._at, "extra comma dropped")
            self._at += 1
            return True
        if character == "}":
            self._say(self._at, "missing closing bracket added")
            return False
        if character == ":":
            raise CannotMend(self._at, "a colon inside an array")
        self._inside_item = True
        items.append(self._value())
        self._inside_item = False
        return self.cut_off_at is None and self._after_item()

    # ---- scalars

    def _scalar(self) -> Json:
        start = self._at
        match = WORD.match(self._text, start)
        if match is None:
            raise CannotMend(start, f"'{self._text[start]}' where a value belongs")
        word = re.split(r"//|/\*", match[0])[0] or match[0]
        self._at = start + len(word)
        if self._at == len(self._text):
            raise _Ended  # 123 may have gone on to 1234
        if word in WORDS:
            return WORDS[word]
        if word.lower() in WORDS:
            self._say(start, f"{word} read as {word.lower()}")
            return WORDS[word.lower()]
        if word.lower() in FOREIGN_WORDS:
            self._say(start, f"{word} read as null")
            return None
        return self._number(word, start)

    def _number(self, word: str, start: int) -> Json:
        if self._peek() == '"' and not self._text[self._at + 1 :].lstrip(SPACE).startswith(":"):
            self._say(start, "missing opening quote of a value added")
            self._at += 1
            return word
        if NUMBER.fullmatch(word) and len(word) < MAX_DIGITS:
            number = float(word) if re.search(r"[.eE]", word) else int(word)
            if abs(number) != float("inf"):
                return number
        self._say(start, "quotes around a value added")
        return word

    def _string(self, *, is_key: bool = False) -> str:
        start = self._at
        opener = self._text[start]
        if opener != '"':
            self._say(start, f"quotation mark {opener} read as a plain one")
        closers = {QUOTES[opener], '"'} if opener != "'" else {"'"}
        self._at += 1
        parts: list[str] = []
        while True:
            self._plain(parts, closers)
            character = self._needed()
            if character in closers and self._really_closes(is_key=is_key):
                self._at += 1
                return "".join(parts)
            if character in "\r\n" and self._line_closes():
                self._say(self._at, "missing closing quote added")
                return "".join(parts).rstrip(", ")
            self._odd_character(character, parts)

    def _plain(self, parts: list[str], closers: set[str]) -> None:
        if closers == {'"'} and (match := PLAIN.match(self._text, self._at)):
            parts.append(match[0])
            self._at = match.end()

    def _odd_character(self, character: str, parts: list[str]) -> None:
        if character == "\\":
            self._escape(parts)
            return
        if character == '"':
            self._say(self._at, "quotation mark inside a text kept")
        elif character < " ":
            self._say(self._at, "control character inside a text kept")
        parts.append(character)
        self._at += 1

    def _really_closes(self, *, is_key: bool) -> bool:
        rest = self._text[self._at + 1 : self._at + 400]
        follower = rest.lstrip(SPACE + ODD_SPACE)
        if is_key or not follower or follower[0] in ",}]:/" or '"' not in rest.partition("\n")[0]:
            return True
        # `"say "hi" there",` goes on; `"a" "b": 1` and a comma forgotten at a line's end do not
        return follower[0] == '"' or "\n" in rest[: len(rest) - len(follower)]

    def _line_closes(self) -> bool:
        """Tell whether a new member or an end follows this line: then the text's quote was forgotten."""
        return re.match(r"\s*(?:\"[\w:]+\"\s*:|[}\]])", self._text[self._at : self._at + 400]) is not None

    def _escape(self, parts: list[str]) -> None:
        start = self._at
        self._at += 1
        letter = self._needed()
        self._at += 1
        if letter in ESCAPES:
            parts.append(ESCAPES[letter])
        elif letter == "u" and (match := HEX.match(self._text, self._at)):
            self._at += 4
            parts.append(self._unit(int(match[0], 16)))
        else:
            self._say(start, "unknown escape kept as it stands")
            parts.append("\\" + letter)

    def _unit(self, unit: int) -> str:
        if 0xD800 <= unit < 0xDC00 and self._text.startswith("\\u", self._at):
            match = HEX.match(self._text, self._at + 2)
            low = int(match[0], 16) if match else 0
            if 0xDC00 <= low < 0xE000:
                self._at += 6
                return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
        if 0xD800 <= unit < 0xE000:
            self._say(self._at, "half of a surrogate pair read as U+FFFD")
            return "\ufffd"
        return chr(unit)

    # ---- between values

    def _skip(self) -> None:
        """Step over white space and comments."""
        while self._at < len(self._text):
            character = self._text[self._at]
            if character in SPACE:
                self._at += 1
            elif character in ODD_SPACE:
                self._say(self._at, f"odd space U+{ord(character):04X} read as a space")
                self._at += 1
            elif self._text.startswith("//", self._at):
                self._line_comment()
            elif self._text.startswith("/*", self._at):
                self._block_comment()
            else:
                return

    def _line_comment(self) -> None:
        end = self._text.find("\n", self._at)
        end = len(self._text) if end < 0 else end
        flattened = FLATTENED.search(self._text, self._at, end)
        closing = re.search(r"\s[}\]][\s},\]]*$", self._text[self._at : end])
        if flattened:
            end = flattened.start()
            self._say(self._at, "comment dropped; the line went on after it")
        elif closing and end == len(self._text):
            end = self._at + closing.start()
            self._say(self._at, "comment dropped; the line went on after it")
        else:
            self._say(self._at, "comment dropped")
        self._at = end

    def _block_comment(self) -> None:
        end = self._text.find("*/", self._at + 2)
        self._say(self._at, "comment dropped" if end >= 0 else "comment without an end dropped")
        self._at = end + 2 if end >= 0 else len(self._text)

    def _peek(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

    def _needed(self) -> str:
        if self._at >= len(self._text):
            raise _Ended
        return self._text[self._at]

    def _end_early(self) -> None:
        """Close what is open: a forgotten brace if the text looks finished, otherwise a cut-off text."""
        readable = self._text.rstrip(SPACE + ODD_SPACE)
        finished = readable.endswith(("}", "]")) and not self._inside_item
        if finished and self._depth == 1 and self.cut_off_at is None:
            self._say(len(readable), "missing closing brace added")
        else:
            self.cut_off_at = len(readable)
        self._at = len(self._text)

    def _say(self, position: int, what: str) -> None:
        if len(self.repairs) < MAX_REPAIRS:
            self.repairs.append(Repair(position, what))
