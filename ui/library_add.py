"""Adding a document: the file, what it says of itself, what only a person can say, and then into the library."""

import streamlit as st

from assistant.wording import counted
from hub.places import REGIONS
from ingest.errors import IngestError
from ingest.load import FORMATS
from ingest.uploads import MAX_BYTES, id_for
from ui import library_actions, library_held, library_reading, session, ways
from ui.library_draft import Draft, draft_of, fields_of, missing
from ui.markdown import escape
from ui.words import KINDS

_SHOWS = {"page": "The page itself", "quote": "The quote in its surroundings", "link": "The quote and a link"}
_PHASES = ("Primary", "Secondary", "All-through", "Special", "16 plus")
MOST_CHARACTERS = 300
"""Of a line that is typed."""


def show() -> None:
    """The page."""
    if page := ways.page("library"):
        st.page_link(page, label="Back to the library", icon=":material/arrow_back:")
    st.title("Add a document")
    st.markdown("It is kept with this library, read as any other document is, and quoted in answers. Add only what you may share.")
    if trouble := library_held.trouble():
        st.error(f"Nothing can be added now: {escape(trouble)}.", icon=":material/error:")
        return
    file = st.file_uploader(
        "The document", type=[f.removeprefix(".") for f in FORMATS], max_upload_size=MAX_BYTES // 1024**2, key="upload-file"
    )
    if file is None:
        return
    draft = _draft(file.name, file.getvalue())
    if draft.trouble:
        st.error(f"It cannot be added: {escape(draft.trouble)}.", icon=":material/error:")
        return
    read = " and ".join(p for p in (counted(draft.pages, "page") if draft.pages else "", f"{draft.words:,} words") if p)
    st.success(f"It can be read: {read}.", icon=":material/check:")
    for warning in draft.warnings:
        st.warning(escape(f"{warning[:1].upper()}{warning[1:]}"), icon=":material/warning:")
    if _wanted(draft):
        _form(file.name, file.getvalue(), draft)


def _draft(name: str, data: bytes) -> Draft:
    """What the file says, read once."""
    held: tuple[str, int, Draft] | None = st.session_state.get("draft")
    key = hash(data)
    if held is None or held[:2] != (name, key):
        with st.spinner("Reading the document …"):
            st.session_state["draft"] = (name, key, draft_of(name, data, session.assistant().shelf.library))
    made: Draft = st.session_state["draft"][2]
    return made


def _wanted(draft: Draft) -> bool:
    """Whether it is to be added although the library holds it already."""
    if not draft.same:
        return True
    titles = [f"“{escape(r.title)}”" for r in library_held.rows() if r.id in draft.same]
    st.warning(
        f"This very document is held already, as {' and '.join(titles)}. Held twice, it would count twice.", icon=":material/content_copy:"
    )
    return st.checkbox("Add it all the same", key=f"twice-{draft.hash}")


def _form(name: str, data: bytes, draft: Draft) -> None:
    replaces = _new_version(name)
    st.caption("What is filled in is what the file says of itself. Check each line.")
    key = draft.hash
    with st.form(f"add-{key}", enter_to_submit=False):
        typed: dict[str, object] = {}
        typed["title"] = st.text_input("Title", draft.title, key=f"title-{key}", max_chars=MOST_CHARACTERS)
        typed["kind"] = st.selectbox("Kind", list(KINDS), None, lambda k: KINDS[k], key=f"kind-{key}", placeholder="Choose what it is")
        names = f"The file names {', '.join(draft.names)}. " if draft.names else ""
        typed["organisation"] = st.text_input(
            "Trust or organisation",
            key=f"organisation-{key}",
            max_chars=MOST_CHARACTERS,
            placeholder="Whose practice or position it tells of",
        )
        st.caption(escape(f"{names}Evidence is counted by organisation, so use the same name each time."))
        typed["published"] = st.text_input(
            "Date of publication", draft.published, key=f"published-{key}", max_chars=10, placeholder=draft.perhaps("published", "2026-03")
        )
        with st.expander("More about it (optional)"):
            _more(typed, draft)
        sent = st.form_submit_button("Add to the library", type="primary", icon=":material/add:")
    if sent:
        _add(name, data, typed, replaces)


def _more(typed: dict[str, object], draft: Draft) -> None:
    key, context = draft.hash, draft.context
    typed["school"] = st.text_input("School", context.get("school", ""), key=f"school-{key}", placeholder=draft.perhaps("school"))
    typed["trust"] = st.text_input("Trust", "", key=f"trust-{key}", placeholder=draft.perhaps("trust"))
    phase = context.get("phase")
    typed["phase"] = st.selectbox(
        "Phase",
        _PHASES,
        _PHASES.index(phase) if phase in _PHASES else None,
        key=f"phase-{key}",
        placeholder=draft.perhaps("phase", "Not said"),
    )
    region = context.get("region")
    regions = list(REGIONS)
    typed["region"] = st.selectbox(
        "Region",
        regions,
        regions.index(region) if region in regions else None,
        key=f"region-{key}",
        placeholder=draft.perhaps("region", "Not said"),
    )
    typed["schools"] = st.text_input(
        "Number of schools", context.get("schools", ""), key=f"schools-{key}", placeholder=draft.perhaps("schools")
    )
    typed["pupils"] = st.text_input("Number of pupils", context.get("pupils", ""), key=f"pupils-{key}", placeholder=draft.perhaps("pupils"))
    typed["authors"] = st.text_input("Authors, separated by semicolons", key=f"authors-{key}")
    typed["url"] = st.text_input("Address on the web", key=f"url-{key}", placeholder="https://")
    typed["licence"] = st.text_input("Licence", key=f"licence-{key}")
    typed["show"] = st.radio("What a reader may see of it", list(_SHOWS), 0, lambda s: _SHOWS[s], key=f"show-{key}")
    typed["illustrative"] = st.checkbox("It is an invented example, never to be cited", key=f"invented-{key}")


def _new_version(name: str) -> str:
    """The upload that this one is to replace, where a file of that name was uploaded before."""
    before = next((s for s in library_actions.uploads().rows() if s.id == id_for(name)), None)
    if before is None:
        return ""
    st.info(f"A file of this name was added before, as “{escape(before.title)}”.", icon=":material/file_copy:")
    choice = st.radio("Is this one", ["a new version of it", "another document"], key=f"version-{before.id}", horizontal=True)
    return before.id if choice == "a new version of it" else ""


def _add(name: str, data: bytes, typed: dict[str, object], replaces: str) -> None:
    if lacking := missing(typed):
        st.error(f"Still needed: {', '.join(lacking)}.", icon=":material/error:")
        return
    try:
        source = library_actions.add(name, data, fields_of(typed), replaces)
    except IngestError as error:
        said = str(error).rpartition('": ')[2]  # without the manifest and the row, which nobody here has written
        st.error(f"It was not added: {escape(said)}.", icon=":material/error:")
        return
    st.session_state.pop("draft", None)
    library_reading.tell(f"“{source.title}” is kept, and is being read in.")
    library_reading.begin(library_actions.read_uploads)
    if page := ways.page("library"):
        st.switch_page(page)
