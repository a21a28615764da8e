"""Checks PDFs against PDF/UA-1 (ISO 14289-1) with an outside checker. For maintainers only.

The checker is `page-validation` from PyPI: 104 rules, written independently of this project; its makers say that it
passes the test files of veraPDF. It says what a program can see: whether a text makes sense, nobody has checked.

Run:  python3 run.py leaflet --all --out pages
      python3 run.py tour --out pages/tour
      python .ci/maintain/pdf_ua.py pages        (in an environment with the dependency group `maintainer`)

The last line says how many files have a finding; then the exit code is 1.
"""

import sys
from collections import Counter
from pathlib import Path

import page


def main(words: list[str]) -> int:
    """Check every PDF below the folders, or the files, that are named."""
    named = [Path(word) for word in words]
    files = sorted(file for one in named for file in (one.rglob("*.pdf") if one.is_dir() else [one]))
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    found: Counter[str] = Counter()
    bad = 0
    for file in files:
        report = page.validate_pdf(file, profile="ua1")
        bad += not report.is_compliant
        for failure in report.failures:
            found[failure.rule_id] += 1
            print(f"{file}: {failure.rule_id}: {failure.message}")
    for rule, count in found.most_common():
        print(f"{rule}: {count}")
    print(f"{len(files)} files, {bad} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
