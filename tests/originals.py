"""Files of many formats, made by code for the tests of intake; texts are of our own writing."""

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

PDF_LINES = (
    "Shells fell on the market in Kadugli on Sunday and killed eleven people, hospital",
    "staff said. The army denied that its guns had fired on the town, and blamed uni-",
    "dentified rebels.",
    "A second barrage struck the road to El Obeid before dawn, drivers told us.",
)


def zipped(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def record(
    kind: str, body: bytes, *, url: str = "https://n.example/1", number: int = 1, **headers: str
) -> bytes:
    """Return one WARC record; `headers` are further ones, "_" standing for "-"."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>",
        "WARC-Date: 2024-01-31T10:00:00Z",
        f"WARC-Target-URI: {url}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    if "Content_Length" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"


def answer(body: bytes, *, status: str = "200 OK", kind: str = "text/html", **headers: str) -> bytes:
    """Return an HTTP response as a WARC record holds it."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def warc(records: Sequence[bytes], *, packed: bool = False) -> bytes:
    """Return a WARC file, each record packed by itself if wished."""
    return b"".join(gzip.compress(part) if packed else part for part in records)


def pdf(pages: Sequence[Sequence[str]], *, info: str = "", extra: str = "") -> bytes:
    """Return a PDF with these lines of text on its pages; written by hand, so that it can be bent too."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids: list[str] = []
    for lines in pages:
        shown = " ".join(
            "({}) Tj 0 -14 Td".format(line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"))
            for line in lines
        )
        stream = f"BT /F1 11 Tf 50 780 Td {shown} ET" if lines else ""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R {extra} /Resources "
            "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    return pdf_of(objects, info=len(objects))


def pdf_of(objects: Sequence[str], *, info: int = 0, trailer: str = "") -> bytes:
    """Return a PDF file of these objects, numbered from 1, the first of them its catalog."""
    out = b"%PDF-1.4\n"
    places: list[int] = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    told = f"/Info {info} 0 R" if info else ""
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R {told} {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + end.encode("latin-1")


def mail(
    headers: Mapping[str, str], plain: str | None, html: str | None = None, *, attached: bytes | None = None
) -> bytes:
    """Return an e-mail."""
    message = EmailMessage()
    for name, value in headers.items():
        message[name] = value
    if plain is not None:
        message.set_content(plain)
        if html is not None:
            message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    if attached is not None:
        message.add_attachment(attached, maintype="image", subtype="png", filename="map.png")
    return bytes(message)
