import type { Module } from '../declare.ts';
import { gnomeCompileResources } from './gnome-compile-resources.ts';
import { gnomeCompileSchemas } from './gnome-compile-schemas.ts';
import { gnomeGdbusCodegen } from './gnome-gdbus-codegen.ts';
import { gnomeGenerateGir } from './gnome-generate-gir.ts';
import { gnomeGenerateVapi } from './gnome-generate-vapi.ts';
import { gnomeGenmarshal } from './gnome-genmarshal.ts';
import { gnomeGtkdoc, gnomeGtkdocHtmlDir } from './gnome-gtkdoc.ts';
import { gnomeMkenums } from './gnome-mkenums.ts';
import { gnomeMkenumsSimple } from './gnome-mkenums-simple.ts';
import { gnomePostInstall } from './gnome-post-install.ts';
import { gnomeYelp } from './gnome-yelp.ts';

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
