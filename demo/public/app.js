// The page: shows exactly one of its sections and says what happened.

import * as oidc from './oidc.js';

const CREATE_PASSKEY = { kc_action: 'passkey-register' };
// The first has Keycloak ask, the second has the answer's age looked at. Alone it would not ask in the same second.
const SIGN_IN_ANEW = { prompt: 'login', max_age: '0' };

const ACTION_OUTCOMES = {
  success: 'Your passkey is ready. Use it the next time you sign in.',
  cancelled: 'You stopped before a passkey was made. You can create one at any time.',
  error: 'The passkey could not be made. Please try again.',
};

const TIMES = new Set(['exp', 'iat', 'auth_time', 'nbf', 'updated_at']);

/** What the claims mean, in the order in which they are shown: the person, the sign-in, the token. */
const MEANINGS = {
  sub: "The person's id: never changes, never given to another",
  preferred_username: 'User name',
  name: 'Full name',
  given_name: 'Given name',
  family_name: 'Family name',
  email: 'E-mail address',
  email_verified: 'Whether that address is known to be theirs',
  auth_time: 'When the person signed in',
  acr: 'How strong the sign-in was',
  amr: 'How the person signed in',
  sid: 'Session at Keycloak',
  iss: 'Who made the token',
  aud: 'The app that the token is for',
  azp: 'The app that asked for the token',
  iat: 'When the token was made',
  exp: 'The token is not to be accepted after',
  nonce: 'Ties the token to this sign-in',
  at_hash: 'Ties the access token to this token',
  jti: "The token's own id",
  typ: 'Kind of token',
};

const element = (id) => document.getElementById(id);

function show(id) {
  for (const section of document.querySelectorAll('main > section')) {
    section.hidden = section.id !== id;
  }
}

function say(text) {
  element('notice').textContent = text ?? '';
}

function showError(error) {
  console.error(error);
  element('error').textContent =
    error instanceof oidc.SignInProblem ? error.message : 'Something went wrong that this app does not know.';
  show('failed');
}

/** Runs what a button does; while it runs, the button cannot be pressed again. */
function onClick(id, action) {
  const button = element(id);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await action();
    } catch (error) {
      showError(error);
    } finally {
      button.disabled = false;
    }
  });
}

function valueOf(claim, value) {
  if (!TIMES.has(claim)) {
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  const moment = new Date(value * 1000);
  const time = document.createElement('time');
  time.dateTime = moment.toISOString();
  time.title = String(value);
  time.textContent = moment.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  return time;
}

/** The names of the claims: known ones in the order above, then all others. */
function inOrder(claims) {
  const known = Object.keys(MEANINGS).filter((claim) => claim in claims);
  return [...new Set([...known, ...Object.keys(claims)])];
}

function claimRow(claim, value) {
  const row = document.createElement('tr');
  const name = document.createElement('th');
  name.scope = 'row';
  const code = document.createElement('code');
  code.textContent = claim;
  const meaning = document.createElement('small');
  meaning.textContent = MEANINGS[claim] ?? '';
  name.append(code, meaning);
  const cell = document.createElement('td');
  cell.dataset.claim = claim;
  cell.append(valueOf(claim, value));
  row.append(name, cell);
  return row;
}

function accountConsole(config) {
  const { issuer } = config.serverMetadata();
  const address = new URL(`${issuer}/account/account-security/signing-in`);
  // Makes the account console show a link back to this app.
  address.searchParams.set('referrer', config.clientMetadata().client_id);
  address.searchParams.set('referrer_uri', `${location.origin}/`);
  return address.href;
}

function showSignedIn(config, { idToken, claims, header }) {
  element('greeting').textContent = `Hello, ${claims.name ?? claims.preferred_username ?? claims.sub}`;
  element('verified').textContent =
    `ID token verified: issued by ${claims.iss}, signed with ${header.alg}, key ${header.kid}`;
  element('claims')
    .querySelector('tbody')
    .replaceChildren(...inOrder(claims).map((claim) => claimRow(claim, claims[claim])));
  element('manage-passkeys').href = accountConsole(config);
  onClick('create-passkey', () => oidc.leaveToSignIn(config, CREATE_PASSKEY));
  onClick('sign-in-anew', () => oidc.leaveToSignIn(config, SIGN_IN_ANEW, claims.sub));
  onClick('sign-out', () => oidc.leaveToSignOut(config, idToken));
  show('signed-in');
}

function showSignedOut(config) {
  onClick('sign-in', () => oidc.leaveToSignIn(config));
  show('signed-out');
}

async function start() {
  const address = new URL(location.href);
  // The address bar shows no code and no state, and loading the page again does not use them twice.
  history.replaceState(null, '', '/');

  const config = await oidc.discover();
  const asked = oidc.isAnswer(address) ? await oidc.acceptAnswer(config, address) : {};
  const session = await oidc.session(config);
  if (session === null) {
    showSignedOut(config);
    say(address.searchParams.get('state') === 'signed-out' ? 'You are signed out.' : null);
  } else {
    showSignedIn(config, session);
    say(asked.max_age ? 'You have shown again that it is you.' : ACTION_OUTCOMES[address.searchParams.get('kc_action_status')]);
  }
}

onClick('start-again', () => {
  oidc.forget();
  location.assign('/');
});
start().catch(showError);
