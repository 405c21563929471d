// Relay's compiler takes the schema and documents with connections, and writes its manifest of persisted documents.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { HERE, SCHEMA, WORK, check, end } from './lib.mjs';

const root = path.join(WORK, 'relay');
mkdirSync(path.join(root, 'src', '__generated__'), { recursive: true });
cpSync(path.join(HERE, 'relay'), path.join(root, 'src'), { recursive: true });
copyFileSync(SCHEMA, path.join(root, 'schema.graphql'));
writeFileSync(path.join(root, 'manifest.json'), '{}');
const config = {
  src: './src',
  schema: './schema.graphql',
  language: 'typescript',
  artifactDirectory: './src/__generated__',
  eagerEsModules: true,
  persistConfig: { file: './manifest.json', algorithm: 'SHA256' },
};
writeFileSync(path.join(root, 'relay.config.json'), JSON.stringify(config));

await check('relay-compiler', () => {
  const compiler = createRequire(import.meta.url).resolve('relay-compiler/cli.js');
  const options = { cwd: root, encoding: 'utf8', timeout: 60_000 };
  const run = spawnSync(process.execPath, [compiler, 'relay.config.json', '--noWatchman'], options);
  return run.status === 0 ? '' : `${run.stdout}${run.stderr}`;
});
await check('relay-compiler wrote its manifest', () => {
  const texts = Object.values(JSON.parse(readFileSync(path.join(root, 'manifest.json'), 'utf8')));
  const artifacts = readdirSync(path.join(root, 'src', '__generated__'));
  if (!artifacts.includes('CountryNewsPaginationQuery.graphql.ts')) return `artifacts: ${artifacts}`;
  const missing = ['CountryPageQuery', 'CountryNewsPaginationQuery', 'ListingQuery'].filter(
    (name) => !texts.some((text) => text.includes(`query ${name}`)),
  );
  return missing.length ? `without ${missing}` : '';
});
mkdirSync(path.join(WORK, 'manifests'), { recursive: true });
copyFileSync(path.join(root, 'manifest.json'), path.join(WORK, 'manifests', 'relay.json'));
end();
