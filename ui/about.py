"""What is kept and for how long, how AI is used, and the limits."""

import streamlit as st

from ui import session

_TEXT = """
## What this is

An assistant over a library about how English school trusts improve schools. It answers from the documents held and from nothing else.
It is not a service of the Confederation of School Trusts. The conceptual model whose component names it uses is the work of Steve Rollett for the Confederation (April 2024).

## How an answer is made

- The program searches the library for your question, chooses sentences, and quotes them. Each quote is looked for again in its source before it is shown; what is not found is not shown.
- {llm}
- Numbers such as "5 of the 21 case studies" count passages that the program found. They say what the library holds, not what trusts do.
- Where there is not enough to answer, it says so and shows the nearest that is held.

## What is kept

- Your questions and their answers are kept {where}, until you delete them. Deleting a conversation removes it for good.
- E-mail addresses, telephone numbers and the like are masked before a question is kept or sent on. The program does not catch everything: leave personal details out.
- A message about a child at risk, or about someone in crisis, is neither searched nor kept.
- The program calls no service but the ones its operator named. It sends no usage statistics.

## Limits

- It knows only the documents in the library, as they were when they were read in.
- Components are attached to passages by the program and can be wrong; each card says how.
- A quote is the source's word. Whether the source is right is for you to judge.
- It ranks no trust and no school, and gives no legal, pay or inspection advice.
"""


def _judged(judge: str) -> str:
    if not judge:
        return "What it says in its own words is marked as not verified."
    return f"A second one, `{judge}`, is given each sentence with its quotes and says whether they support it; the sentence is marked as judged, or as not verified."


def show() -> None:
    """The page."""
    own = session.settings()
    st.title("About")
    llm = (
        f"A language model, `{own.llm}`, writes the prose. It is given your question and the passages found. Each of its sentences must name the quotes it rests on, and its figures and names must stand in them; sentences that fail are left out. {_judged(own.judge)}"
        if own.llm
        else "No language model is used: every statement is a quote."
    )
    where = "in the database that your operator chose" if own.database_url.get_secret_value() else "on this computer"
    st.markdown(_TEXT.format(llm=llm, where=where))
    st.header("Delete everything")
    with st.popover("Delete all my conversations", icon=":material/delete:"):
        st.markdown("Delete all your conversations? It cannot be undone.")
        if st.button("Delete all", type="primary"):
            session.delete()
            session.leave()
            st.success("All your conversations are deleted.")
