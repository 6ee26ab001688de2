"""Prints what a Meson source tree declares, as JSON: functions, methods, modules, with their keywords.

    python3 test/conformance/meson-declarations.py MESON_SOURCE_TREE

Meson checks calls by decorators; this records what each decorator is given, and nothing is run.
"""
import ast
import importlib
import inspect
import json
import pkgutil
import sys
import textwrap

sys.path.insert(0, sys.argv[1])

from mesonbuild.interpreterbase import baseobjects, decorators  # noqa: E402


def describe(kind):
    if isinstance(kind, decorators.ContainerTypeInfo):
        return kind.description()
    return kind.__name__


def types_of(kinds):
    return [describe(kind) for kind in (kinds if isinstance(kinds, tuple) else (kinds,))]


def shown(value):
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [shown(one) for one in value]
    if isinstance(value, dict):
        return {str(key): shown(one) for key, one in value.items()}
    return str(value)


def feature_name(value):
    if isinstance(value, decorators.ContainerTypeInfo):
        return f'of type {value.description()}'
    if isinstance(value, type):
        return f'of type {value.__name__}'
    return f'value "{value}"'


def versions(values, listified):
    # A list is never of the type that its items have: Meson does not tell of such.
    return {
        feature_name(value): version[0] if isinstance(version, tuple) else version
        for value, version in (values or {}).items()
        if not (listified and isinstance(value, type) and value not in (list, dict))
    }


def describe_keyword(info):
    kinds = info.types if isinstance(info.types, tuple) else (info.types,)
    return {
        'types': types_of(info.types),
        'default': shown(info.default),
        'required': info.required,
        'listifies': info.listify,
        'since': info.since,
        'deprecated': info.deprecated,
        'sinceValues': versions(info.since_values, info.listify),
        'deprecatedValues': versions(info.deprecated_values, info.listify),
        'pairs': any(getattr(kind, 'pairs', False) for kind in kinds),
        'checks': info.validator is not None,
        'features': info.feature_validator is not None,
        'asDefault': [shown(one[0]) for one in info.as_default or []],
    }


def recording(decorator, note):
    def noting(*args, **kwargs):
        inner = decorator(*args, **kwargs)

        def outer(function):
            wrapped = inner(function)
            noted = dict(getattr(function, 'noted', {}))
            note(noted, *args, **kwargs)
            wrapped.noted = noted
            return wrapped

        return outer

    return noting


def note_keywords(noted, label, *infos, allow_unknown=False):
    known = dict(noted.get('keywords', {}))
    known.update({info.name: describe_keyword(info) for info in infos})
    noted.update(label=label, keywords=known, anyKeywords=allow_unknown)


def note_positional(noted, label, *kinds, varargs=None, optargs=None, min_varargs=0, max_varargs=0):
    noted.update(
        positionalLabel=label,
        positional=[types_of(kind) for kind in kinds],
        optional=[types_of(kind) for kind in optargs or []],
        rest=None if varargs is None else types_of(varargs),
        min=min_varargs,
        max=max_varargs,
    )


def note_plain(name):
    plain = getattr(decorators, name)

    def noting(function):
        wrapped = plain(function)
        wrapped.noted = {**getattr(function, 'noted', {}), name: True}
        return wrapped

    return noting


def note_feature(key):
    plain = getattr(decorators, key).__call__

    def noting(self, function):
        wrapped = plain(self, function)
        noted = dict(getattr(function, 'noted', {}))
        noted[key] = [self.feature_name, self.feature_version_for_msg, self.extra_message or '']
        wrapped.noted = noted
        return wrapped

    getattr(decorators, key).__call__ = noting


def note_keyword_feature(key, field):
    plain = getattr(decorators, key).__call__

    def noting(self, function):
        wrapped = plain(self, function)
        noted = dict(getattr(function, 'noted', {}))
        late = dict(noted.get(field, {}))
        late.update({name: self.feature_version for name in self.kwargs})
        noted[field] = late
        wrapped.noted = noted
        return wrapped

    getattr(decorators, key).__call__ = noting


def patch():
    replaced = {
        'typed_kwargs': recording(decorators.typed_kwargs, note_keywords),
        'typed_pos_args': recording(decorators.typed_pos_args, note_positional),
        **{name: note_plain(name) for name in ('noPosargs', 'noKwargs', 'noArgsFlattening')},
    }
    package = importlib.import_module('mesonbuild.interpreterbase')
    for name, value in replaced.items():
        setattr(decorators, name, value)
        setattr(package, name, value)
    for key in ('FeatureNew', 'FeatureDeprecated', 'FeatureBroken'):
        note_feature(key)
    note_keyword_feature('FeatureNewKwargs', 'keywordsSince')
    note_keyword_feature('FeatureDeprecatedKwargs', 'keywordsDeprecated')


def functions():
    from mesonbuild.interpreter import Interpreter

    bare = Interpreter.__new__(Interpreter)
    bare.funcs = {}
    bare.build_func_dict()
    return {name: getattr(function, 'noted', {}) for name, function in bare.funcs.items()}


def methods_in_constructor(kind):
    """`self.methods.update({'name': self.function})` of a module's object."""
    result = {}
    for base in reversed(kind.__mro__):
        constructor = base.__dict__.get('__init__')
        if constructor is None or base is object:
            continue
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(constructor)))
        except (OSError, TypeError):
            continue
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) == 'self.methods.update'):
                continue
            for table in node.args:
                if not isinstance(table, ast.Dict):
                    continue
                for key, value in zip(table.keys, table.values):
                    function = getattr(kind, value.attr, None) if isinstance(value, ast.Attribute) else None
                    result[key.value] = getattr(function, 'noted', {})
    return result


def declared_by(kind):
    result = {name: getattr(one, 'noted', {}) for name, one in getattr(kind, 'METHODS', {}).items()}
    result.update(methods_in_constructor(kind))
    return result


def classes(module):
    for _, kind in inspect.getmembers(module, inspect.isclass):
        if kind.__module__ == module.__name__:
            yield kind


def main():
    patch()
    from mesonbuild import modules as package
    from mesonbuild.modules import ModuleObject, NewExtensionModule

    result = {'functions': functions(), 'objects': {}, 'modules': {}}
    for name in ('compiler', 'interpreterobjects', 'mesonmain', 'primitives.array', 'primitives.boolean',
                 'primitives.dict', 'primitives.integer', 'primitives.range', 'primitives.string'):
        module = importlib.import_module(f'mesonbuild.interpreter.{name}')
        for kind in classes(module):
            if issubclass(kind, baseobjects.InterpreterObject):
                result['objects'][kind.__name__] = declared_by(kind)
    for _, name, _ in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f'mesonbuild.modules.{name}')
        objects = {}
        for kind in classes(module):
            noted = declared_by(kind)
            if issubclass(kind, NewExtensionModule) and 'INFO' in kind.__dict__:
                info = kind.INFO
                result['modules'][name] = {
                    'name': info.name,
                    'since': info.added,
                    'deprecated': info.deprecated,
                    'unstable': info.unstable,
                    'stabilized': info.stabilized,
                    'functions': noted,
                }
            elif issubclass(kind, (ModuleObject, baseobjects.InterpreterObject)) or noted:
                objects[kind.__name__] = noted
        result['objects'].update({f'{name}.{key}': value for key, value in objects.items()})
    json.dump(result, sys.stdout, indent=1, sort_keys=True)


main()
