"""The command `readout`: what a person at a shell does with articles and the library.

    readout add news/ https://example.org/article --published 2016-11-09
    readout serve

This file says what can be asked; a room beside it does it, and is loaded when it is asked for. Results go to standard
output, what went wrong to standard error, a sentence each. The exit code is 0 where all went well, 1 where something
did not, 2 where the command itself was not understood, 130 after Ctrl+C.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from readout.days import is_taken, refusal
from readout.errors import ReadoutError

if TYPE_CHECKING:
    from readout.shell.adding import About


def main(argv: Sequence[str] | None = None) -> int:
    """Do what a command line says; gives the exit code.

    Args:
        argv: its words; without any, those that this process was started with.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    asked = _parser().parse_args(argv)
    try:
        code: int = asked.run(asked)
        sys.stdout.flush()
    except ReadoutError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has read enough; Python would complain once more when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="readout", description="Who said what, about when, in what tone: news articles and your library of them."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    home = argparse.ArgumentParser(add_help=False)
    home.add_argument(
        "--home", type=_folder, metavar="FOLDER", help="where the library lies (else READOUT_HOME, else your user data)"
    )

    add = commands.add_parser("add", parents=[home], help="put articles into the library")
    add.add_argument("sources", nargs="+", metavar="FILE|FOLDER|URL", help="what to open; folders are walked")
    add.add_argument("--published", type=_day, metavar="DAY", help="the day of publication, such as 2016-11-09")
    add.add_argument("--title", metavar="WORDS", help="the title, for one article")
    add.add_argument("--publisher", metavar="WORDS")
    add.set_defaults(run=_add, refuse=add.error)

    reading = commands.add_parser("read", help="print the reading of one article, which is not kept")
    reading.add_argument("source", metavar="FILE|URL", help="what to read; - reads standard input")
    reading.add_argument("--published", type=_day, metavar="DAY", help="the day of publication, such as 2016-11-09")
    reading.add_argument("--title", metavar="WORDS")
    reading.add_argument("--publisher", metavar="WORDS")
    form = reading.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="the whole reading as JSON")
    form.add_argument("--csv", dest="form", action="store_const", const="csv", help="the table of its quotes as CSV")
    reading.set_defaults(run=_show, form="text")

    serve = commands.add_parser("serve", parents=[home], help="start the dashboard")
    serve.add_argument("--host", default="localhost", help="the address to be reached at (localhost: by nobody else)")
    serve.add_argument("--port", type=_port, default=8501, help="8501 unless it is said")
    serve.add_argument("--fetch", action="store_true", help="let its readers open public pages by their address")
    serve.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a further name that it is called by, such as a proxy's; may be given several times",
    )
    serve.add_argument(
        "--auth",
        type=Path,
        metavar="FILE.toml",
        help="have readers log in; the file says with which provider, and who may do what (docs/newsroom.md)",
    )
    serve.add_argument("--read-only", action="store_true", help="nobody may change anything")
    serve.add_argument("--prefix", default="", metavar="PATH", help="the path that it lies below, behind a proxy")
    serve.set_defaults(run=_serve)

    audit = commands.add_parser("audit", parents=[home], help="print who changed what, where readers log in")
    audit.add_argument("--last", type=_count, default=100, metavar="N", help="so many acts, the last one first (100)")
    audit.add_argument("--json", action="store_true", help="as lines of JSON")
    audit.set_defaults(run=_audit)

    score = commands.add_parser("score", parents=[home], help="the engine against what readers corrected")
    score.add_argument("articles", nargs="*", metavar="ID", help="which articles; all that were corrected unless said")
    score.add_argument("--json", action="store_true", help="the figures as JSON")
    score.set_defaults(run=_score)

    export = commands.add_parser("export", parents=[home], help="write the library as a zip of plain files")
    export.add_argument("file", type=Path, metavar="FILE.zip")
    export.add_argument("--force", action="store_true", help="overwrite a file that is there")
    export.set_defaults(run=_export)

    bring = commands.add_parser("import", parents=[home], help="bring an exported library into this one")
    bring.add_argument("file", type=Path, metavar="FILE.zip")
    bring.set_defaults(run=_import)

    backup = commands.add_parser("backup", parents=[home], help="copy the library into one file, while it is in use")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("--force", action="store_true", help="overwrite a file that is there")
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore", parents=[home], help="put your own backup in the library's place")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--force", action="store_true", help="give up the articles that are there, or a damaged file")
    restore.set_defaults(run=_restore)

    rescue = commands.add_parser("rescue", help="save what can be read of a damaged library as a zip to import")
    rescue.add_argument("folder", type=_folder, metavar="FOLDER", help="where the damaged library lies")
    rescue.add_argument("file", type=Path, nargs="?", default=Path("rescued-library.zip"), metavar="FILE.zip")
    rescue.add_argument("--force", action="store_true", help="overwrite a file that is there")
    rescue.set_defaults(run=_rescue)

    check = commands.add_parser("check", parents=[home], help="look whether the library's file is sound")
    check.set_defaults(run=_check)
    return parser


def _add(asked: argparse.Namespace) -> int:
    from readout.shell import adding

    about = _about(asked)
    sources = adding.sources_of(asked.sources)
    if about.title and len(sources) > 1:
        asked.refuse(f"--title is for one article, and these are {len(sources):,}")
    return adding.add(sources, about, asked.home)


def _show(asked: argparse.Namespace) -> int:
    from readout.shell import reading

    return reading.show(asked.source, _about(asked), asked.form)


def _about(asked: argparse.Namespace) -> About:
    from readout.shell.adding import About

    return About(asked.published, (asked.title or "").strip(), (asked.publisher or "").strip())


def _serve(asked: argparse.Namespace) -> int:
    from readout.shell import serving

    sharing = serving.Sharing(tuple(asked.allow_host), asked.auth, asked.read_only, asked.prefix)
    return serving.serve(asked.host, asked.port, asked.fetch, asked.home, sharing)


def _audit(asked: argparse.Namespace) -> int:
    from readout.shell import auditing

    return auditing.show(asked.last, asked.home, as_json=asked.json)


def _score(asked: argparse.Namespace) -> int:
    from readout.shell import scoring

    return scoring.score(asked.articles, asked.home, as_json=asked.json)


def _export(asked: argparse.Namespace) -> int:
    from readout.shell import moving

    return moving.export(asked.file, asked.home, force=asked.force)


def _import(asked: argparse.Namespace) -> int:
    from readout.shell import moving

    return moving.bring_in(asked.file, asked.home)


def _backup(asked: argparse.Namespace) -> int:
    from readout.shell import moving

    return moving.back_up(asked.file, asked.home, force=asked.force)


def _restore(asked: argparse.Namespace) -> int:
    from readout.shell import moving

    return moving.restore(asked.file, asked.home, force=asked.force)


def _rescue(asked: argparse.Namespace) -> int:
    from readout.shell import moving

    return moving.save_what_can_be(asked.folder, asked.file, force=asked.force)


def _check(asked: argparse.Namespace) -> int:
    from readout.shell import moving

    return moving.check(asked.home)


def _folder(written: str) -> Path:
    return Path(written).expanduser().absolute()


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as trouble:
        raise argparse.ArgumentTypeError(f"“{written}” is no day such as 2016-11-09") from trouble
    if not is_taken(day):
        raise argparse.ArgumentTypeError(refusal(day))
    return day


def _count(written: str) -> int:
    if written.isascii() and written.isdigit() and int(written[:9]) > 0:
        return int(written[:9])
    raise argparse.ArgumentTypeError(f"“{written}” is no number of acts")


def _port(written: str) -> int:
    if written.isascii() and written.isdigit() and 0 < int(written) < 65_536:
        return int(written)
    raise argparse.ArgumentTypeError(f"“{written}” is no port; ports are numbers from 1 to 65535")
