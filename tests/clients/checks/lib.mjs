// What the checks share: where the endpoint is, and how a result is told.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const HERE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const SCHEMA = path.resolve(HERE, '../../api/schema.graphql');
export const WORK = process.env.DIWAN_CLIENTS_WORK;
export const URL_OF_ENDPOINT = process.env.DIWAN_URL;
export const GRAPHQL = 'application/graphql-response+json';
export const JSON_TYPE = 'application/json';

const TIMEOUT_MS = 20_000;
let failed = 0;

/** fetch that fails instead of waiting for ever, and follows nothing. */
export const fetchFn = (target, init = {}) =>
  fetch(target, { redirect: 'manual', ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });

/** Tells one result; `wrong` is empty where all is well. */
export function tell(what, wrong = '') {
  if (wrong) failed += 1;
  console.log(`${wrong ? 'FAIL' : 'pass'}  ${what}${wrong ? `: ${wrong}` : ''}`);
}

/** Runs one check and tells how it went. */
export async function check(what, run) {
  try {
    tell(what, (await run()) ?? '');
  } catch (error) {
    tell(what, String(error.stack ?? error).slice(0, 1_000));
  }
}

export function end() {
  process.exitCode = failed ? 1 : 0;
}

export const documents = Object.fromEntries(
  readdirSync(path.join(HERE, 'documents'))
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => [path.basename(name, '.graphql'), readFileSync(path.join(HERE, 'documents', name), 'utf8')]),
);

export const VARIABLES = {
  CountryPage: { code: 'MX', locale: 'AR' },
  NewsListing: { first: 3, locale: 'AR' },
  Layout: { locale: 'ES' },
  Resolve: { path: '/ar/amerique/mexique/' },
};
