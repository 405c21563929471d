// Apollo Client, urql and graphql-request ask the same documents, by POST and GET, with and without automatic persisted
// queries, and get the same data.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql as apolloGql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, cacheExchange, fetchExchange, gql as urqlGql } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { buildSchema, isAbstractType } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import { SCHEMA, URL_OF_ENDPOINT, VARIABLES, check, documents, end, fetchFn } from './lib.mjs';

// Apollo's cache must be told which types an interface or union stands for.
const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));
const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** fetch that writes down the method and status of each trip. */
const spy = (trips) => async (target, init) => {
  const response = await fetchFn(target, init);
  trips.push(`${init?.method ?? 'GET'} ${response.status}`);
  return response;
};

async function apollo(text, variables, { get, apq }, trips) {
  const http = new HttpLink({ uri: URL_OF_ENDPOINT, fetch: spy(trips), useGETForQueries: get });
  const hashed = new PersistedQueryLink({ sha256, useGETForHashedQueries: get });
  const client = new ApolloClient({
    link: apq ? ApolloLink.from([hashed, http]) : http,
    cache: new InMemoryCache({ possibleTypes }),
  });
  const { data, error } = await client.query({ query: apolloGql(text), variables, errorPolicy: 'all' });
  if (error) throw error;
  return data;
}

async function urql(text, variables, { get, apq }, trips) {
  const preferGetForPersistedQueries = get ? 'within-url-limit' : false;
  const client = new Client({
    url: URL_OF_ENDPOINT,
    preferGetMethod: get ? 'within-url-limit' : false,
    exchanges: [cacheExchange, ...(apq ? [persistedExchange({ preferGetForPersistedQueries })] : []), fetchExchange],
    fetch: spy(trips),
  });
  const { data, error } = await client.query(urqlGql(text), variables).toPromise();
  if (error) throw error;
  return data;
}

async function graphqlRequest(text, variables, { get }, trips) {
  const client = new GraphQLClient(URL_OF_ENDPOINT, { method: get ? 'GET' : 'POST', fetch: spy(trips) });
  return client.request({ document: text, variables });
}

/** The answer without the __typename that clients add for their caches. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__typename')
      .map(([key, inner]) => [key, plain(inner)]),
  );
}

const expected = {};
for (const [name, text] of Object.entries(documents)) {
  const response = await fetchFn(URL_OF_ENDPOINT, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, variables: VARIABLES[name] }),
  });
  expected[name] = plain((await response.json()).data);
}

const ways = { 'by POST': {}, 'by GET': { get: true } };
const hashedWays = { 'by POST with hashes': { apq: true }, 'by GET with hashes': { get: true, apq: true } };
for (const [client, ask, allWays] of [
  ['Apollo Client', apollo, { ...ways, ...hashedWays }],
  ['urql', urql, { ...ways, ...hashedWays }],
  ['graphql-request', graphqlRequest, ways],
]) {
  for (const [way, options] of Object.entries(allWays)) {
    for (const [name, text] of Object.entries(documents)) {
      // Of its own for each way, so that a hash is unknown the first time and known the second time.
      const own = text.replace(`query ${name}`, `query ${name}${(client + way).replace(/\W/g, '')}`);
      await check(`${client} ${way}: ${name}`, async () => {
        const trips = [];
        const data = await ask(own, VARIABLES[name], options, trips);
        if (!isDeepStrictEqual(plain(data), expected[name])) return `other data: ${JSON.stringify(data).slice(0, 300)}`;
        if (!options.apq) return trips.length === 1 ? '' : `trips: ${trips}`;
        const again = [];
        await ask(own, VARIABLES[name], options, again);
        if (trips.length !== 2 || again.length !== 1) return `trips: ${trips}; then ${again}`;
        return options.get && !again[0].startsWith('GET') ? `not by GET: ${again}` : '';
      });
    }
  }
}
end();
