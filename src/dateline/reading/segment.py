"""Cut a report's text into paragraphs, headline, dateline, notices and quotations."""

from dateline.model.text import Report
from dateline.reading.mentions import Layout, Paragraph


def segment(report: Report) -> Layout:
    """Placeholder segmentation: one paragraph per line, replaced by the full step."""
    text = report.text
    paragraphs: list[Paragraph] = []
    position = 0
    for line in text.split("\n"):
        if line.strip():
            start = position + len(line) - len(line.lstrip())
            paragraphs.append(Paragraph(start=start, end=position + len(line.rstrip()), kind="body"))
        position += len(line) + 1
    return Layout(text=text, paragraphs=tuple(paragraphs), quotations=())
