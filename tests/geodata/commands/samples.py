"""What the tests of the commands share: a register and evidence in files, a program's answer."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from geodata.core.names import unaccent

HOME = Path(__file__).parents[3]
SITES = (
    "id,kind,name_vi,lifecycle\nT1,supermarket,Siêu thị A,operating\nT2,pilot_model,B,operating\n"
)
EVIDENCE = (
    "id,subject,axis,kind,event_date,recorded_at,grade,scope,topic,profile,answers,method\n"
    "X1,T1,outreach,held,2024-05-01,2024-05-02,A,site,scp,,,\n"
    "X2,T1,compliance,check,2024-06-01,2024-06-02,A,,,P45,R1=yes;R2=yes,inspection\n"
    "X3,T2,model,milestone,2024-06-01,2024-06-02,A,,applied,,,\n"
    "X4,T1,outreach,held,2024-07-01,2025-02-01,A,site,scp,,,\n"
)


def sentence(err):
    """The one line on stderr, in Vietnamese."""
    (line,) = err.splitlines()
    assert unaccent(line) != line.lower()
    assert "Traceback" not in line
    return line


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def python_m_geodata(store, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "geodata", *arguments],
        cwd=HOME,
        env={**os.environ, "HG_STORE": str(store)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
