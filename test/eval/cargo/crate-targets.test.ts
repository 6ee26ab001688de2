import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { installRustc } from '../../support/stand-in-compilers.ts';

test('for WebAssembly a program and a library to load of one name lie apart, which is told', () => {
  const host = new MemoryHost({});
  installRustc(host);
  const { error, model, diagnostics } = evaluateText(
    {
      'meson.build':
        "project('w', 'rust', meson_version: '>=1.12')\nimport('rust').workspace('r').build()\n",
      'r/.cargo/config.toml': '[build]\ntarget = "wasm32-unknown-unknown"\n',
      'r/Cargo.toml':
        '[package]\nname = "wa"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ncrate-type = ["cdylib"]\n',
      'r/Cargo.lock': 'version = 4\n[[package]]\nname = "wa"\nversion = "0.1.0"\n',
      'r/src/lib.rs': '',
      'r/src/main.rs': '',
    },
    { host },
  );
  expect(error).toBeUndefined();
  const folders = [...(model?.targets.values() ?? [])].map(({ buildSubdir }) => buildSubdir);
  expect(new Set(folders).size).toBe(2);
  expect(diagnostics.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('wa and wa both make wa.wasm: that of wa lies in'),
  );
});
