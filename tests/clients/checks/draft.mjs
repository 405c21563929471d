// What the draft of GraphQL over HTTP asks beyond the audits. Where the two disagree, the audits win: such a probe says
// which status the audits want in place of the draft's, and that one must come.
import { GRAPHQL, JSON_TYPE, URL_OF_ENDPOINT, check, end, fetchFn } from './lib.mjs';

const QUERY = '{ __typename }';
const call = (init, params) => fetchFn(URL_OF_ENDPOINT + (params ? `?${new URLSearchParams(params)}` : ''), init);
const post = (body, { accept = GRAPHQL, type = JSON_TYPE } = {}) =>
  call({
    method: 'POST',
    headers: { accept, 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (params) => call({ headers: { accept: GRAPHQL } }, params);

const status = (wanted) => (r) => (r.status === wanted ? '' : `status ${r.status}, not ${wanted}`);
const type = (wanted) => (r) => {
  const got = r.headers.get('content-type') ?? '';
  return got.startsWith(wanted) ? '' : `content type ${got}`;
};
const header = (name, pattern) => (r) =>
  pattern.test(r.headers.get(name) ?? '') ? '' : `${name}: ${r.headers.get(name)}`;
const data = (key, value) => async (r) => {
  const body = await r.json();
  return body.data?.[key] === value ? '' : JSON.stringify(body).slice(0, 200);
};
const without = (name) => (r) => (r.headers.has(name) ? `${name}: ${r.headers.get(name)}` : '');

const probes = [
  ['graphql-response+json when asked for', () => post({ query: QUERY }), type(GRAPHQL), header('content-type', /charset=utf-8/i)],
  ['q-values: json;q=0.5, graphql-response', () => post({ query: QUERY }, { accept: `${JSON_TYPE};q=0.5, ${GRAPHQL}` }), type(GRAPHQL)],
  ['q-values the other way', () => post({ query: QUERY }, { accept: `${GRAPHQL};q=0.5, ${JSON_TYPE}` }), type(JSON_TYPE)],
  ['406 for nothing acceptable', () => post({ query: QUERY }, { accept: 'image/png' }), status(406)],
  ['415 for XML', () => post(`<q>${QUERY}</q>`, { type: 'text/xml' }), status(415)],
  ['415 for a form', () => post('query=%7B__typename%7D', { type: 'application/x-www-form-urlencoded' }), status(415)],
  ['415 for multipart', () => post('--x--', { type: 'multipart/form-data; boundary=x' }), status(415)],
  ['405 with Allow for PUT', () => call({ method: 'PUT', headers: { 'content-type': JSON_TYPE, accept: GRAPHQL }, body: '{}' }), status(405), header('allow', /GET.*POST/)],
  ['405 with Allow for a mutation by GET', () => get({ query: 'mutation { __typename }' }), status(405), header('allow', /^POST$/)],
  ['400 for a body that is no JSON', () => post('NONSENSE'), status(400)],
  ['400 for an array', () => post([{ query: QUERY }]), status(400)],
  ['400 for a document that does not parse', () => post({ query: '{' }), status(400)],
  ['misspelt parameter: 400 (draft: 422)', () => post({ qeury: QUERY }), status(400)],
  ['variables as a list: 400 (draft: 422)', () => post({ query: QUERY, variables: [7] }), status(400)],
  ['invalid document: 400 (draft: 422)', () => post({ query: '{ nope_not_here }' }), status(400)],
  ['missing variable: 400 (draft: 422)', () => post({ query: 'query q($v: Boolean!) { __typename @include(if: $v) }' }), status(400)],
  ['invalid document, application/json only: 200 (draft: 4xx)', () => post({ query: '{ nope_not_here }' }, { accept: JSON_TYPE }), status(200)],
  ['422 for an operation name that is not there', () => post({ query: 'query a { __typename }', operationName: 'b' }), status(422)],
  ['unknown members are ignored', () => post({ query: QUERY, somethingElse: 1 }), data('__typename', 'Query')],
  ['null counts as absent', () => post({ query: QUERY, variables: null, operationName: null, extensions: null }), data('__typename', 'Query')],
  ['GET: empty counts as absent', () => get({ query: QUERY, operationName: '', variables: '', extensions: '' }), data('__typename', 'Query')],
  ['GET: an operation called null', () => get({ query: 'query a { a: __typename } query null { n: __typename }', operationName: 'null' }), data('n', 'Query')],
  ['no cookie, and nothing varies by one', () => post({ query: QUERY }), without('set-cookie'), header('vary', /^Accept$/)],
];
for (const [what, send, ...judges] of probes) {
  await check(what, async () => {
    const response = await send();
    for (const judge of judges) {
      const wrong = await judge(response);
      if (wrong) return wrong;
    }
    return '';
  });
}
end();
