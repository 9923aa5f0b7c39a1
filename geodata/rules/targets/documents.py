"""T1: central documents that a provincial one implements in time. A count without a threshold."""

import pandas as pd

from geodata.register import evidence as ev
from geodata.rules.plan import Target
from geodata.rules.targets.case import Case, behind, in_window, left_out, listed
from geodata.rules.targets.result import Count, Result


def policies(case: Case, target: Target) -> Result:
    """Count central documents of the window that a provincial one implements (T1)."""
    documents = case.records("policy", "document")
    topic = documents["topic"]
    scp_tags = case.plan.topics["T3"]
    scp = ev.names_any(topic, scp_tags)
    central = documents[scp & ev.names_any(topic, ("central",)) & in_window(documents, case.plan)]
    needless = ev.names_any(central["topic"], ("no_local_action",))
    undecided = ev.names_any(central["topic"], ("local_action_open",)) & ~needless
    asked = central[~needless & ~undecided]
    local = documents[ev.names_any(topic, ("provincial",))]
    answers = replies(local).groupby("answered")["event_date"].min()
    issued = answers.reindex(asked["id"]).set_axis(asked.index)
    days = (issued - asked["event_date"]).dt.days.dropna()
    answered = issued.notna().map({True: "answered", False: "open"})
    own = local[ev.names_any(local["topic"], scp_tags) & in_window(local, case.plan)]
    return Result(
        target,
        Count(int(issued.notna().sum()), len(asked)),
        counted=listed(asked["id"], answered).assign(
            name=asked["doc_no"].to_numpy(),
            issued=asked["event_date"].to_numpy(),
            answered_on=issued.to_numpy(),
        ),
        left_out=pd.concat(
            left_out(central["id"][rows], reason).assign(name=central["doc_no"][rows].to_numpy())
            for rows, reason in ((needless, "no-local-action"), (undecided, "to-be-decided"))
        ),
        figures={
            "median_days": None if days.empty else float(days.median()),
            "provincial_documents": len(own),
        },
        behind=behind(own["id"], "provincial_documents").assign(name=own["doc_no"].to_numpy()),
    )


def replies(local: pd.DataFrame) -> pd.DataFrame:
    """Return provincial documents once for each document that they answer, its id `answered`."""
    named = local["refers_to"].str.split(r"\s*;\s*", regex=True)
    return local.assign(answered=named).explode("answered")
