import type { Module } from '../../declare.ts';
import { gnomeCompileResources } from './compile-resources.ts';
import { gnomeCompileSchemas } from './compile-schemas.ts';
import { gnomeGdbusCodegen } from './gdbus-codegen.ts';
import { gnomeGenerateGir } from './generate-gir.ts';
import { gnomeGenerateVapi } from './generate-vapi.ts';
import { gnomeGenmarshal } from './genmarshal.ts';
import { gnomeGtkdoc, gnomeGtkdocHtmlDir } from './gtkdoc.ts';
import { gnomeMkenums } from './mkenums.ts';
import { gnomeMkenumsSimple } from './mkenums-simple.ts';
import { gnomePostInstall } from './post-install.ts';
import { gnomeYelp } from './yelp.ts';

/** Meson's module `gnome`: what GLib's and GNOME's generators make. */
export const gnomeModule: Module = {
  name: 'gnome',
  doc: "Resources, introspection, enums, D-Bus code and documentation by GNOME's tools.",
  functions: [
    gnomeCompileResources,
    gnomeCompileSchemas,
    gnomeGenerateGir,
    gnomeGenerateVapi,
    gnomeMkenums,
    gnomeMkenumsSimple,
    gnomeGenmarshal,
    gnomeGdbusCodegen,
    gnomeGtkdoc,
    gnomeGtkdocHtmlDir,
    gnomeYelp,
    gnomePostInstall,
  ],
};
