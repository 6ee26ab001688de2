import { parseJson } from '../../base/parse-json.ts';

/** A value of a JSON file that another program wrote. It may be anything: the readers below look before they take. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Undefined where the text is no JSON. */
export function readJson(text: string): Json | undefined {
  return parseJson(text) as Json | undefined; // what JSON.parse gives is Json by its definition
}

/** A field of an object; undefined where there is none, or where the value is no object. */
export function fieldOf(value: Json | undefined, name: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as { readonly [key: string]: Json })[name] : undefined; // no array, so an object
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The items of a list; none where the value is no list. */
export function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a list, or undefined where it is no list of texts alone. */
export function textsOf(value: Json | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((item): item is string => typeof item === 'string');
  return texts.length === value.length ? texts : undefined;
}

/** A text field of an object, and what it is where it is missing. */
export function textField(value: Json | undefined, name: string, fallback = ''): string {
  return textOf(fieldOf(value, name)) ?? fallback;
}
