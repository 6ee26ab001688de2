#!/usr/bin/env python3
"""Runs Meson's own unit tests with kaon in Meson's and ninja's place.

    meson-unittests.py --corpus MESON-SOURCES [--kaon KAON] [PYTEST-WORDS ...]

Takes a copy of Meson's source distribution, since some tests write into it, and needs pytest. What only
starts `meson` is asked of kaon; where a test calls Meson's own code to set up, kaon is started instead and
its error raised as Meson's. Tests that fail and are listed in known-unittests.txt do so for the reason
told there; one that fails and is not listed, or is listed and passes, is an error.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FILES = ('allplatforms', 'linuxlike', 'platformagnostic', 'machinefile', 'failure', 'linuxcross',
         'python', 'rewrite', 'subprojectscommand')


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument('--corpus', required=True)
    parser.add_argument('--kaon', default=str(HERE.parent.parent / 'bin' / 'kaon'))
    own, words = parser.parse_known_args()
    corpus = pathlib.Path(own.corpus).resolve()
    with tempfile.TemporaryDirectory() as folder:
        programs = pathlib.Path(folder)
        (programs / 'meson').symlink_to(pathlib.Path(own.kaon).resolve())
        ninja = programs / 'ninja'
        ninja.write_text(f'#!/bin/sh\nexec {programs}/meson ninja "$@"\n', encoding='utf-8')
        ninja.chmod(0o755)
        environment = {
            **os.environ,
            'KAON_UNITTESTS': str(programs),
            'PATH': f'{programs}:{os.environ["PATH"]}',
            'PYTHONPATH': f'{HERE}:{corpus}',
            'MESON_EXE': str(programs / 'meson'),
        }
        files = [f'unittests/{name}tests.py' for name in FILES]
        chosen = words if any(word.startswith('unittests/') for word in words) else files + words
        run = subprocess.run(
            [sys.executable, '-m', 'pytest', '-p', 'meson_unittests_plugin', '-p', 'no:cacheprovider',
             '--tb=short', '-rA', *chosen],
            cwd=corpus, env=environment, stdout=subprocess.PIPE, encoding='utf-8')
    print(run.stdout)
    return judge(run.stdout)


def judge(output: str) -> int:
    told = {name: kind for kind, name in
            re.findall(r'^(PASSED|FAILED) unittests/\w+\.py::\w+::(\w+)', output, re.M)}
    # A test passes, too, of which a part fails.
    told |= {name: 'FAILED' for name in
             re.findall(r'^SUBFAILED.* unittests/\w+\.py::\w+::(\w+)', output, re.M)}
    listed = {line.split(':', 1)[0] for line in
              (HERE / 'known-unittests.txt').read_text(encoding='utf-8').splitlines()
              if line and not line.startswith('#')}
    unknown = sorted(name for name, kind in told.items() if kind == 'FAILED' and name not in listed)
    mended = sorted(name for name, kind in told.items() if kind == 'PASSED' and name in listed)
    for name in unknown:
        print(f'fails, and is not listed: {name}')
    for name in mended:
        print(f'passes, and is listed: {name}')
    if not told:
        print('no test was run')
    return 1 if unknown or mended or not told else 0


if __name__ == '__main__':
    sys.exit(main())
