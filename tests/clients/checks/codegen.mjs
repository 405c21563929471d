// graphql-codegen's client preset makes typed documents, tsc takes them, and its manifest is written.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { HERE, SCHEMA, WORK, check, documents, end } from './lib.mjs';

const root = path.join(WORK, 'codegen');
const out = path.join(root, 'gql') + '/';
mkdirSync(root, { recursive: true });
symlinkSync(path.join(HERE, 'node_modules'), path.join(root, 'node_modules'));

await check('graphql-codegen', async () => {
  await generate(
    {
      cwd: root,
      silent: true,
      errorsOnly: true,
      schema: SCHEMA,
      documents: path.join(HERE, 'documents', '*.graphql'),
      generates: {
        [out]: {
          preset: 'client',
          presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
          config: { useTypeImports: true, strictScalars: true, scalars: { Date: 'string', DateTime: 'string', UUID: 'string' }, enumsAsTypes: true },
        },
      },
    },
    true,
  );
});

// A document that came out as `any` or `never` fails the conditional type.
const consumer = [
  `import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';`,
  `import * as documents from './gql/graphql';`,
  `type IsAny<T> = 0 extends 1 & T ? true : false;`,
  `type Solid<T> = IsAny<T> extends true ? never : [T] extends [never] ? never : T extends object ? true : never;`,
  ...Object.keys(documents).map(
    (name) => `export const typed${name}: Solid<ResultOf<typeof documents.${name}Document>> = true;`,
  ),
  `type Page = ResultOf<typeof documents.CountryPageDocument>;`,
  `export const title = (page: Page): string | undefined => page.country?.title;`,
  `// @ts-expect-error a title is no number`,
  `export const wrong = (page: Page): number | undefined => page.country?.title;`,
  `export const variables: VariablesOf<typeof documents.CountryPageDocument> = { code: 'MX', locale: 'AR' };`,
  `// @ts-expect-error no such locale`,
  `export const nowhere: VariablesOf<typeof documents.CountryPageDocument> = { code: 'MX', locale: 'XX' };`,
];
writeFileSync(path.join(root, 'consumer.ts'), consumer.join('\n') + '\n');
const compilerOptions = {
  strict: true,
  noEmit: true,
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  skipLibCheck: true,
  types: [],
};
writeFileSync(
  path.join(root, 'tsconfig.json'),
  JSON.stringify({ compilerOptions, files: ['consumer.ts', 'gql/index.ts'] }),
);
await check('tsc --noEmit on the typed documents', () => {
  const typescript = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const options = { encoding: 'utf8', timeout: 120_000 };
  const run = spawnSync(process.execPath, [path.join(typescript, 'bin', 'tsc'), '--noEmit', '-p', root], options);
  return run.status === 0 ? '' : `${run.stdout}${run.stderr}`;
});
mkdirSync(path.join(WORK, 'manifests'), { recursive: true });
copyFileSync(path.join(out, 'persisted-documents.json'), path.join(WORK, 'manifests', 'persisted-documents.json'));
end();
