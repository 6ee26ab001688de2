"""A plugin of pytest for meson-unittests.py: what Meson's tests ask of Meson, they ask of kaon."""
import json
import os
import re
import subprocess
import sys
import unittest

import run_tests
import mesonbuild.coredata
import mesonbuild.mesonlib
import unittests.baseplatformtests as base
from mesonbuild.dependencies.base import DependencyException
from mesonbuild.interpreterbase import InvalidArguments, InvalidCode

PROGRAMS = os.environ['KAON_UNITTESTS']
MESON = f'{PROGRAMS}/meson'


class Told(InvalidArguments, InvalidCode, DependencyException):
    """What kaon says is wrong."""


def configure(words, env=None, catch_exception=False):
    done = subprocess.run([MESON, *words], env={**os.environ, **(env or {})}, capture_output=True,
                          encoding='utf-8', errors='replace')
    if done.returncode != 0 and not catch_exception:
        said = done.stdout + done.stderr
        if skipped := re.search(r'MESON_SKIP_TEST (.*)', said):
            raise unittest.SkipTest(skipped.group(1))
        error = re.search(r'ERROR: (.*)', said, re.S)
        raise Told(error.group(1).rstrip() if error else said)
    return done.returncode, done.stdout, done.stderr


def run_tests_of(words):
    done = subprocess.run([MESON, 'test', *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding='utf-8')
    return done.returncode, done.stdout


class Options:
    """Options as introspection tells them, in the place of Meson's pickle."""

    def __init__(self, build):
        with open(f'{build}/meson-info/intro-buildoptions.json', encoding='utf-8') as file:
            self.values = {row['name']: row['value'] for row in json.load(file)}
        self.optstore = self

    def get_value_for(self, name, subproject=None):
        key = str(name) if subproject is None else f'{subproject}:{name}'
        return self.values[key.lstrip(':')]


base_set_up = base.BasePlatformTests.setUpClass.__func__


def set_up(cls):
    base_set_up(cls)
    cls.meson_command = [MESON]
    cls.setup_command = [MESON, 'setup', *cls.meson_args]
    for name, word in (('mconf', 'configure'), ('mintro', 'introspect'), ('wrap', 'wrap'),
                       ('rewrite', 'rewrite')):
        setattr(cls, f'{name}_command', [MESON, word])


base.BasePlatformTests.setUpClass = classmethod(set_up)
for module in (run_tests, base):
    module.run_configure_inprocess = configure
    module.run_mtest_inprocess = run_tests_of
run_tests.get_meson_script = lambda: MESON
run_tests.NINJA_CMD = [f'{PROGRAMS}/ninja']


def load(build, suggest_reconfigure=True):
    # Meson's own environments, in the test's process, begin anew: there is no pickle to read.
    if not suggest_reconfigure:
        raise FileNotFoundError(build)
    return Options(build)


mesonbuild.coredata.load = load
mesonbuild.mesonlib.set_meson_command(MESON)
mesonbuild.mesonlib.python_command = [sys.executable]
