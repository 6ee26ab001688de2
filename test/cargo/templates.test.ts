import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseToml } from '../../src/cargo/manifest/toml.ts';

const root = resolve(import.meta.dirname, '../../rust-project-templates');
const placeholders = ['@NAME@', '@CRATE@'];
/** What `custom_target()` fills in. */
const ofMeson = ['@INPUT@', '@OUTPUT@'];
const templates = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory());

function texts(template: string): ReadonlyMap<string, string> {
  const names = readdirSync(join(root, template), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(root, template, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(root, template, name), 'utf8')]));
}

test('the README tells of every template and every placeholder', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const name of [...templates, ...placeholders]) expect(readme).toContain(`\`${name}\``);
});

test.each(templates)('%s has a build file, a manifest, and no other placeholders', (template) => {
  const files = texts(template);
  // A Cargo workspace needs no build file.
  const build = files.get('meson.build');
  expect(build ?? files.get('Cargo.toml')).toMatch(/project\('@NAME@'|name = "@NAME@"/);
  for (const [name, text] of files) {
    for (const [found] of `${name}\n${text}`.matchAll(/@\w+@/g))
      expect([...placeholders, ...ofMeson]).toContain(found);
    expect(text).not.toMatch(/https?:\/\//);
    if (name.endsWith('Cargo.toml'))
      expect(parseToml({ path: name, text: text.replaceAll('@NAME@', 'my-timer') }).ok).toBe(true);
  }
});

test('crates of templates have the versions that kaon has rules for', () => {
  const wraps = resolve(root, '../wraps');
  const bundled = new Map(
    readdirSync(wraps).map((name) => {
      const text = readFileSync(join(wraps, name), 'utf8');
      const [, crate = '', version = ''] = /^crate = (.*)\nversion = (.*)$/m.exec(text) ?? [];
      return [crate, version] as const;
    }),
  );
  for (const template of templates)
    for (const [name, text] of texts(template)) {
      if (!name.endsWith('Cargo.toml')) continue;
      for (const [, crate = '', version] of text.matchAll(
        /^(\S+) = (?:\{ version = )?"=([^"]+)"/gm,
      ))
        expect([crate, version]).toEqual([crate, bundled.get(crate)]);
    }
});
