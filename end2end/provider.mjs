// A provider of identities on this machine: node provider.mjs REDIRECT_URI
//
// Prints its issuer. Whoever types a name is who he says, with the address that the list below gives.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { Provider } from 'oidc-provider';

/** Address, and whether it is verified, by the name at the provider. */
const PEOPLE = {
  an: ['An@DakLak.example', true],
  binh: ['binh@eakar.example', true],
  chi: ['chi@eakar.example', true],
  la: ['la@elsewhere.example', true],
  moi: ['an@daklak.example', false],
};

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'hailong',
      client_secret: 'only for tests: of no use elsewhere',
      redirect_uris: [process.argv[2]],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  cookies: { keys: ['only for tests'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, accountId) => {
    const [email, email_verified] = PEOPLE[accountId] ?? [];
    return email && { accountId, claims: () => ({ sub: accountId, email, email_verified }) };
  },
  // Nobody is asked for consent.
  async loadExistingGrant({ oidc }) {
    const { clientId } = oidc.client;
    const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid email');
    await grant.save();
    return grant;
  },
});

const PAGE = `<!doctype html><html lang="vi"><link rel="icon" href="data:,"><title>Provider</title>
<form method="post"><label>Name <input name="login"></label>
<button>Continue</button> <button name="cancel" value="1">Cancel</button></form>`;

const answer = provider.callback();
server.on('request', async (request, response) => {
  if (!request.url.startsWith('/interaction/')) return answer(request, response);
  if (request.method === 'GET') {
    return response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE);
  }
  let body = '';
  for await (const part of request) body += part;
  const form = new URLSearchParams(body);
  const result = form.has('cancel')
    ? { error: 'access_denied', error_description: '<b>cancelled</b>' }
    : { login: { accountId: form.get('login') } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
});

console.log(issuer);
