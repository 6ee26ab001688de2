import { expect, test } from 'vitest';
import {
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  HoverRequest,
  ReferencesRequest,
  RenameRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
} from 'vscode-languageserver-protocol/node';
import { Editor } from './support/editor.ts';
import { project } from './support/project.ts';

const files = {
  'meson.build':
    "project('p', 'c')\nfs = import('fs')\nname = 'prog'\nsubdir('src')\nmessage(get_option('fast'))\n",
  'src/meson.build': "exe = executable(name, 'a.c')\nmessage(fs.name('x'),name)\n",
  'src/a.c': '',
  'meson.options': "option('fast', type: 'boolean', description: 'Be quick.')\n",
};

test('an editor gets all it asks for, over the real protocol', async () => {
  const editor = new Editor(project(files).folder);
  await editor.start();
  const { connection } = editor;
  expect(await editor.open('meson.build')).toEqual([]);
  expect(await editor.open('src/meson.build')).toEqual([]);
  const textDocument = { uri: editor.uri('src/meson.build') };
  const at = (line: number, character: number) => ({ textDocument, position: { line, character } });

  const completed = await connection.sendRequest(CompletionRequest.type, at(1, 11));
  const items = Array.isArray(completed) ? completed : (completed?.items ?? []);
  expect(items.map(({ label }) => label)).toContain('replace_suffix');
  const hovered = await connection.sendRequest(HoverRequest.type, at(0, 10));
  expect(JSON.stringify(hovered?.contents)).toContain('executable(name, sources…');
  const signature = await connection.sendRequest(SignatureHelpRequest.type, at(0, 25));
  expect(signature).toMatchObject({ activeParameter: 1 });
  const [defined] = [await connection.sendRequest(DefinitionRequest.type, at(0, 19))].flat();
  expect(defined).toMatchObject({ uri: editor.uri('meson.build'), range: { start: { line: 2 } } });
  const context = { includeDeclaration: true };
  const used = await connection.sendRequest(ReferencesRequest.type, { ...at(0, 19), context });
  expect(used).toHaveLength(3);
  const renamed = await connection.sendRequest(RenameRequest.type, {
    ...at(0, 19),
    newName: 'program',
  });
  expect(Object.keys(renamed?.changes ?? {})).toHaveLength(2);
  await expect(
    connection.sendRequest(RenameRequest.type, { ...at(0, 19), newName: 'if' }),
  ).rejects.toThrow("'if' means something else already.");
  const symbols = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
  expect(symbols?.map(({ name }) => name)).toEqual(['exe']);
  const options = { tabSize: 4, insertSpaces: true };
  const edits = await connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument,
    options,
  });
  expect(edits).toMatchObject([{ newText: "message(fs.name('x'), name)\n" }]);
  const tokens = await connection.sendRequest(SemanticTokensRequest.type, { textDocument });
  expect(tokens?.data.length).toBeGreaterThan(20);
  expect(await editor.end()).toBe(0);
});

test('what is wrong is told as it is typed, in unsaved files too', async () => {
  const editor = new Editor(project(files).folder);
  await editor.start();
  await editor.open('meson.build');
  const start = { line: 2, character: 0 };
  const elsewhere = editor.told('src/meson.build');
  const wrong = await editor.change('meson.build', {
    range: { start, end: { line: 2, character: 4 } },
    text: 'nome',
  });
  // It is used in the other file.
  expect(wrong.map(({ message }) => message)).toEqual(['Variable "nome" is never used.']);
  expect((await elsewhere).map(({ message }) => message)).toEqual([
    'Unknown variable name "name".\nDid you mean \'nome\'?',
    'Unknown variable name "name".\nDid you mean \'nome\'?',
  ]);
  const broken = await editor.change('meson.build', {
    range: { start, end: { line: 2, character: 4 } },
    text: 'name = (1\nx = ] 2\n',
  });
  expect(broken.length).toBeGreaterThan(1);
  expect(await editor.end()).toBe(0);
});
