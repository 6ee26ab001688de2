import type { MethodTable, Module } from '../declare.ts';
import { cmakeModule } from './cmake/cmake.ts';
import { cmakeOptionsMethods } from './cmake/options.ts';
import { cmakeSubprojectMethods } from './cmake/subproject.ts';
import { codegenModule } from './codegen/codegen.ts';
import { lexMethods, yaccMethods } from './codegen/methods.ts';
import { cudaModule } from './cuda/cuda.ts';
import { dlangModule } from './dlang.ts';
import { externalProjectMethods, externalProjectModule } from './external-project.ts';
import { featuresModule } from './features/features.ts';
import { cpuFeatureMethods } from './features/methods.ts';
import { featureTargetsMethods } from './features/targets.ts';
import { fsModule } from './fs.ts';
import { gnomeModule } from './gnome/gnome.ts';
import { hotdocModule, hotdocTargetMethods } from './hotdoc/hotdoc.ts';
import { i18nModule } from './i18n/i18n.ts';
import { icestormModule } from './icestorm.ts';
import { javaModule } from './java.ts';
import { keyvalModule } from './keyval.ts';
import { modtestModule } from './modtest.ts';
import { pkgconfigModule } from './pkgconfig/pkgconfig.ts';
import { pythonMethods } from './python/methods.ts';
import { pythonModule } from './python/python.ts';
import { python3Module } from './python3.ts';
import { qtModules } from './qt/qt.ts';
import { rustCrateMethods, rustSubprojectMethods } from './rust/crate.ts';
import { rustCratesMethods } from './rust/crates.ts';
import { rustPackageMethods } from './rust/package.ts';
import { rustModule } from './rust/rust.ts';
import { rustWorkspaceMethods } from './rust/workspace.ts';
import { simdModule } from './simd.ts';
import { snippetsModule } from './snippets.ts';
import { sourceFilesMethods, sourceSetMethods, sourcesetModule } from './sourceset.ts';
import { typescriptModule } from './typescript/typescript.ts';
import { waylandModule } from './wayland.ts';
import { windowsModule } from './windows.ts';

/** Every module that `import()` knows. A new one is one file and one line. */
export const modules: readonly Module[] = [
  cmakeModule,
  codegenModule,
  cudaModule,
  dlangModule,
  externalProjectModule,
  featuresModule,
  fsModule,
  gnomeModule,
  hotdocModule,
  i18nModule,
  icestormModule,
  javaModule,
  keyvalModule,
  modtestModule,
  pkgconfigModule,
  pythonModule,
  python3Module,
  ...qtModules,
  rustModule,
  simdModule,
  snippetsModule,
  sourcesetModule,
  typescriptModule,
  waylandModule,
  windowsModule,
];

/** Methods of the objects that modules give. */
export const moduleMethods: readonly MethodTable[] = [
  cmakeOptionsMethods,
  cmakeSubprojectMethods,
  externalProjectMethods,
  cpuFeatureMethods,
  featureTargetsMethods,
  hotdocTargetMethods,
  lexMethods,
  yaccMethods,
  pythonMethods,
  rustWorkspaceMethods,
  rustCratesMethods,
  rustPackageMethods,
  rustSubprojectMethods,
  rustCrateMethods,
  sourceSetMethods,
  sourceFilesMethods,
];
