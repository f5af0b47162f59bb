"""What notes say of the files that show how far an organisation is."""

from __future__ import annotations

from cjmine.codes import Code
from cjmine.sentences import Written


class MaturitySentence(Written):
    """Sentences on files that show nothing, and on days that are not known."""

    MISTAKEN = Code.EVIDENCE_MISTAKEN, "{} shows nothing, because it has mistakes: {*}"
    SHALLOW = (
        Code.HISTORY_CUT,
        "the history of this repository is cut off: files that did not change since have the day of"
        " its first commit",
    )
    TOO_MANY = Code.FOLDER_LARGE, "the folder has more files than were looked at: {*}"
