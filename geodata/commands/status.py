"""``status``: the status of every site, from the store or from files given instead.

Not here: what a status is (``rules.status``).
"""

import argparse
from typing import Any

import pandas as pd

from geodata.commands.common import DONE, add_json, add_question, print_json
from geodata.commands.material import material_of
from geodata.commands.question import question_of
from geodata.rules.status import basis_of, status_of


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_question(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the status of every site."""
    question = question_of(options)
    material = material_of(options, question)
    about = material.sites, material.evidence, question.plan, question.as_of
    status = status_of(*about)
    if options.json:
        print_json(_rows(material.sites, status, basis_of(*about)))
        return DONE
    print(question.heading())
    kinds = material.sites["kind"]
    for site, kind, row in zip(kinds.index, kinds, _plain(status), strict=True):
        print(site, kind, row["outreach"], row["compliance"], row["stage"] or "", sep="\t")
    return DONE


def _rows(sites: pd.DataFrame, status: pd.DataFrame, basis: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one plain record a site; models also have their stage."""
    behind = {
        axis: group.groupby("site")["evidence"].agg(list).to_dict()
        for axis, group in basis.groupby("axis")
    }
    return [
        {
            "id": site,
            "kind": kind,
            "outreach": row["outreach"],
            "compliance": row["compliance"],
            "profile": row["profile"],
            "outreach_evidence": behind.get("outreach", {}).get(site, []),
            "compliance_evidence": behind.get("compliance", {}).get(site, []),
        }
        | ({} if row["stage"] is None else {"stage": row["stage"]})
        for site, kind, row in zip(sites.index, sites["kind"], _plain(status), strict=True)
    ]


def _plain(status: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the status of each site as plain data, missing as none."""
    return status.astype(object).where(status.notna(), None).to_dict("records")
