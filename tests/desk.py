"""A desk with a few articles, and ways to run the commands on it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from click.testing import CliRunner, Result

from sayso.cli import cli

BRIDGE = """\
---
title: The bridge at Karsk
outlet: The Karsk Lantern
author: Mira Dohl
published: 2031-05-06
---
Ann Lee, who runs the harbour office, said on Monday that the bridge was safe. "We checked every bolt," she said.

According to the Karsk Courier, the ministry denied that the bridge had been closed. Residents said it may fall.

The crossing is older than the town. It was reported that two lorries had been turned away.
"""
FERRY = """\
---
outlet: The Sund Mirror
published: 2031-07-01
---
Tom Reyk denied that the ferry had sunk. An official who asked not to be named said the ferry would sail on Friday.
"""
DOCUMENTS = "\n".join(
    (
        '{"id": "one", "text": "Pia Holm said the mole was closed.", "published": "2031-06"}',
        "this line is no JSON",
        '{"id": "two", "text": "Tom Reyk promised that the mole would be repaired."}',
    )
)
FRENCH = "Le maire a déclaré que le pont était sûr, mais les habitants restent inquiets. " * 6


def run(*arguments: str, stdin: str | bytes = "", code: int = 0) -> Result:
    result = CliRunner().invoke(cli, arguments, input=stdin, prog_name="sayso")
    assert result.exit_code == code, (result.output, result.exception)
    return result


def records(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--format", "jsonl").stdout.splitlines()]


def started(*arguments: str, **settings: Any) -> subprocess.Popen[str]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | settings
    return subprocess.Popen([sys.executable, "-m", "sayso", *arguments], text=True, encoding="utf-8", **pipes)
