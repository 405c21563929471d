// Every document of the manifests, once registered, is answered by its id, by GET and POST; unknown ids are refused.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GRAPHQL, URL_OF_ENDPOINT, VARIABLES, WORK, check, end, fetchFn } from './lib.mjs';

const RELAY_VARIABLES = {
  CountryPageQuery: { code: 'MX', locale: 'AR' },
  ListingQuery: { count: 2, locale: 'AR' },
};
const headers = { accept: GRAPHQL, 'content-type': 'application/json' };
const byPost = (body) => fetchFn(URL_OF_ENDPOINT, { method: 'POST', headers, body: JSON.stringify(body) });
const byGet = ({ documentId, variables }) => {
  const params = new URLSearchParams({ documentId, variables: JSON.stringify(variables) });
  return fetchFn(`${URL_OF_ENDPOINT}?${params}`, { headers: { accept: GRAPHQL } });
};
const manifest = (name) => JSON.parse(readFileSync(path.join(WORK, 'manifests', name), 'utf8'));

const country = await (await byPost({ query: '{ country(code: "MX", locale: AR) { id } }' })).json();
RELAY_VARIABLES.CountryNewsPaginationQuery = { id: country.data.country.id, count: 1, cursor: null };

for (const file of ['relay.json', 'persisted-documents.json']) {
  for (const [documentId, text] of Object.entries(manifest(file))) {
    const name = /query (\w+)/.exec(text)[1];
    const variables = { ...VARIABLES, ...RELAY_VARIABLES }[name];
    const expected = await (await byPost({ query: text, variables })).text();
    for (const [way, ask] of [['POST', byPost], ['GET', byGet]]) {
      await check(`documentId of ${file} by ${way}: ${name}`, async () => {
        const response = await ask({ documentId, variables });
        const body = await response.text();
        if (response.status !== 200 || JSON.parse(body).errors) return `${response.status} ${body.slice(0, 300)}`;
        return body === expected ? '' : `other data than its text: ${body.slice(0, 300)}`;
      });
    }
  }
}
await check('an unknown documentId', async () => {
  const response = await byPost({ documentId: `sha256:${'0'.repeat(64)}` });
  const code = (await response.json()).errors[0].extensions.code;
  return response.status === 404 && code === 'PERSISTED_QUERY_NOT_FOUND' ? '' : `${response.status} ${code}`;
});
end();
