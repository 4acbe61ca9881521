// OpenID Connect as this app uses it: authorization code flow with PKCE, state and nonce,
// and an ID token that is believed only after its signature has been verified here.

import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';

/** What stands between leaving for Keycloak and coming back: what was asked for, of whom, PKCE verifier, state and nonce. */
const PENDING = 'demo-app.pending';
/** The session of this tab: the ID token, and when it was received. */
const SESSION = 'demo-app.session';

/** Something went wrong that a person can be told in these very words. */
export class SignInProblem extends Error {}

function take(key) {
  const value = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  return value === null ? null : JSON.parse(value);
}

/** Reads where Keycloak is from this app's server and what it can do from Keycloak itself. */
export async function discover() {
  const { issuer, clientId } = await fetch('/config.json').then((response) => response.json());
  try {
    return await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
      // The demo runs on this machine only, where browsers regard http as secure as well.
      execute: issuer.startsWith('http://localhost') ? [client.allowInsecureRequests] : [],
    });
  } catch (cause) {
    throw new SignInProblem(`No Keycloak realm answers at ${issuer}. Is Keycloak running?`, { cause });
  }
}

function appAddress() {
  return `${location.origin}/`;
}

/**
 * Leaves for Keycloak's sign-in page.
 *
 * @param asked more parameters of the request: `{ prompt: 'login', max_age: '0' }` for a sign-in that is new, or
 *     `{ kc_action: … }` for a required action that Keycloak runs once the person is signed in (application-initiated
 *     action, AIA)
 * @param sub the id of the person who has to come back; anybody may where it is left out
 */
export async function leaveToSignIn(config, asked = {}, sub = null) {
  const pending = {
    asked,
    sub,
    codeVerifier: client.randomPKCECodeVerifier(),
    state: client.randomState(),
    nonce: client.randomNonce(),
  };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: appAddress(),
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(pending.codeVerifier),
    code_challenge_method: 'S256',
    state: pending.state,
    nonce: pending.nonce,
    ...asked,
  });
  location.assign(address);
}

/** Whether this address is Keycloak's answer to {@link leaveToSignIn}. */
export function isAnswer(address) {
  return address.searchParams.has('code') || address.searchParams.has('error');
}

/** Exchanges the code in Keycloak's answer for tokens, remembers the ID token, and gives what was asked for. */
export async function acceptAnswer(config, address) {
  const pending = take(PENDING);
  if (pending === null) {
    throw new SignInProblem('This sign-in was begun in another tab, or has already been used.');
  }
  const tokens = await exchange(config, address, pending);
  if (pending.sub && tokens.claims().sub !== pending.sub) {
    throw new SignInProblem('Somebody else has signed in.');
  }
  sessionStorage.setItem(SESSION, JSON.stringify({ idToken: tokens.id_token, receivedAt: Date.now() }));
  return pending.asked;
}

async function exchange(config, address, pending) {
  try {
    return await client.authorizationCodeGrant(config, address, {
      pkceCodeVerifier: pending.codeVerifier,
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      // The answer may be that of an older sign-in: the age was asked for in an address that anybody can change.
      ...(pending.asked.max_age && { maxAge: Number(pending.asked.max_age) }),
    });
  } catch (cause) {
    if (cause instanceof client.AuthorizationResponseError || cause instanceof client.ResponseBodyError) {
      throw new SignInProblem(`Keycloak refused the sign-in: ${cause.error_description ?? cause.error}.`, { cause });
    }
    if (cause instanceof client.ClientError) {
      throw new SignInProblem("Keycloak's answer does not belong to this sign-in or is not complete.", { cause });
    }
    throw new SignInProblem('Keycloak stopped answering in the middle of the sign-in.', { cause });
  }
}

/**
 * The session of this tab, its ID token verified against the realm's keys; null if nobody is signed in.
 *
 * An ID token tells who signed in, at the moment it arrives; it lives some minutes only and the
 * session here goes on. So a page that is loaded again judges its times by that moment.
 */
export async function session(config) {
  const stored = JSON.parse(sessionStorage.getItem(SESSION));
  if (stored === null) {
    return null;
  }
  const { issuer, jwks_uri: keys } = config.serverMetadata();
  try {
    const { payload, protectedHeader } = await jwtVerify(stored.idToken, createRemoteJWKSet(new URL(keys)), {
      issuer,
      audience: config.clientMetadata().client_id,
      currentDate: new Date(stored.receivedAt),
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    return { idToken: stored.idToken, claims: payload, header: protectedHeader };
  } catch (cause) {
    throw new SignInProblem(`The ID token cannot be trusted: ${cause.message}.`, { cause });
  }
}

/** Ends the session here and leaves for Keycloak, which ends its own and sends the person back. */
export function leaveToSignOut(config, idToken) {
  forget();
  location.assign(
    client.buildEndSessionUrl(config, {
      id_token_hint: idToken,
      post_logout_redirect_uri: appAddress(),
      state: 'signed-out',
    }),
  );
}

/** Forgets session and sign-in of this tab, whatever state they are in. */
export function forget() {
  sessionStorage.removeItem(PENDING);
  sessionStorage.removeItem(SESSION);
}
