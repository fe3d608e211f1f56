"""The filters on the page: they narrow the answer, stay in sight and across pages and reloads, and go in one click."""

from streamlit.testing.v1 import AppTest

from hub.settings import ROOT


def box(app: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(b for b in app.selectbox if b.label == label)


def labels(app: AppTest) -> list[str]:
    return [b.label for b in app.button]


def said(app: AppTest) -> str:
    return "\n".join(str(e.value) for group in (app.markdown, app.info) for e in group).replace("\\", "")


def ask(app: AppTest, question: str) -> AppTest:
    app.session_state["ask"] = question
    return app.run()


def test_a_filter_narrows_the_answer_stays_in_sight_and_goes_in_one_click(app: AppTest) -> None:
    box(app.run(), "Phase").select("primary").run()
    assert "Primary" in labels(app)
    ask(app, "How have others handled De-implement?")
    assert "of the 6 primary case studies" in said(app)
    assert "Asked within your filters (primary)" in said(app)
    assert "Primary" in labels(app)
    assert "Clear all" not in labels(app)  # it would say the same as the one filter's own button
    box(app, "Region").select("South West").run()
    next(b for b in app.button if b.label == "Clear all").click().run()
    assert not {"Primary", "South West"} & set(labels(app))
    ask(app, "How have others handled De-implement?")
    assert "of the 18 case studies" in said(app)


def test_one_of_two_filters_is_dropped_by_its_own_button(app: AppTest) -> None:
    box(app.run(), "Phase").select("primary").run()
    box(app, "Region").select("South West").run()
    next(b for b in app.button if b.label == "Primary").click().run()
    assert "Primary" not in labels(app)
    assert "South West" in labels(app)
    assert box(app, "Phase").value is None


def test_filters_outlast_a_reload_and_one_that_is_not_held_is_let_go(app: AppTest) -> None:
    box(app.run(), "Phase").select("primary").run()
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    again.query_params["f"] = app.query_params["f"]
    assert "Primary" in labels(again.run())
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    other.query_params["f"] = "phase=submarine&nonsense=1"
    assert "Clear all" not in labels(other.run())
    assert not other.exception


def test_a_refusal_within_filters_offers_the_question_without_them(app: AppTest) -> None:
    box(app.run(), "Kind of document").select("guide").run()
    box(app, "Trust or organisation").select("Umberfield Learning Trust").run()
    ask(app, "How have others handled De-implement?")
    assert "Nothing held fits these filters together" in said(app)
    next(b for b in app.button if b.label == "Ask again without filters").click().run()
    assert "of the 18 case studies" in said(app)
    assert "Clear all" not in labels(app)
