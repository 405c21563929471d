// The public audits of GraphQL over HTTP (npm graphql-http): every one of them passes.
import { serverAudits } from 'graphql-http';
import { URL_OF_ENDPOINT, end, fetchFn, tell } from './lib.mjs';

const audits = serverAudits({ url: URL_OF_ENDPOINT, fetchFn });
let passed = 0;
for (const audit of audits) {
  let wrong = '';
  try {
    const result = await audit.fn();
    if (result.status !== 'ok') wrong = `${result.reason} [status ${result.response?.status}]`;
  } catch (error) {
    wrong = `no answer: ${error.cause?.code ?? error.message}`;
  }
  if (wrong) tell(`${audit.id} ${audit.name}`, wrong);
  else passed += 1;
}
tell(`graphql-http audits ${passed}/${audits.length}`, audits.length < 61 ? 'the suite has lost audits' : '');
end();
