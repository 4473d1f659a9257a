"""What a refusal is made of: a `Row` of the catalogue, and the `OSSError` raised from it."""

from __future__ import annotations

from dataclasses import dataclass


class OSSError(Exception):
    """A refusal by the service: code, status, message, and the further elements of its error document.

    `detail` are the children of `AccessDeniedDetail`, which some refusals have. `why` explains the refusal to the
    person at the keyboard; it never travels in the reply.
    """

    def __init__(
        self,
        row: Row,
        message: str,
        elements: dict[str, str],
        *,
        headers: tuple[tuple[str, str], ...] = (),
        why: str | None = None,
    ) -> None:
        """Raised through `Row.__call__`; `elements` are children of `Error` in order."""
        super().__init__(f"{row.code}: {message}")
        self.row = row
        self.message = message
        self.elements = elements
        self.headers = headers
        self.detail: tuple[tuple[str, str], ...] = ()
        self.why = why

    def __str__(self) -> str:
        """Code and message, the elements, and the reason: what a test that seeds or looks without a client is shown."""
        elements = ", ".join(f"{name}={value}" for name, value in self.elements.items())
        shown = f"{self.code}: {self.message}" + (f" ({elements})" if elements else "")
        return f"{shown}; {self.why}" if self.why else shown

    @property
    def code(self) -> str:
        """The `Code` element, for instance `NoSuchKey`."""
        return self.row.code

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.row.status

    @property
    def ec(self) -> str:
        """The fine-grained code of `x-oss-ec`, or an empty string where none is known."""
        return self.row.ec

    def because(self, why: str) -> OSSError:
        """The same refusal with an explanation for the journal and the failure report."""
        self.why = why
        return self

    def with_detail(self, **children: str) -> OSSError:
        """The same refusal with an `AccessDeniedDetail`."""
        self.detail = tuple(children.items())
        return self

    def with_headers(self, *headers: tuple[str, str]) -> OSSError:
        """The same refusal with further response headers."""
        self.headers += headers
        return self


@dataclass(frozen=True, slots=True)
class Row:
    """One situation the service refuses: code, status, message template, fine-grained code, source.

    Calling it makes the exception: `raise errors.NoSuchKey(Key=key)`. Braces in the message are filled
    from the keywords (`{Name}`); `message=` replaces the message. Keywords become children of `Error`, except
    those that begin in lower case: they only fill the message.
    """

    code: str
    status: int
    message: str
    ec: str = ""
    source: str = ""

    def __call__(self, *, message: str | None = None, **elements: str) -> OSSError:
        """The exception to raise."""
        text = self.message if message is None else message
        if message is None and "{" in text:
            text = text.format(**elements)
        return OSSError(self, text, {name: value for name, value in elements.items() if not name[:1].islower()})
