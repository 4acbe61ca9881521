/**
 * The two ceremonies as the browser runs them: the JSON of WebAuthn Level 3 in, the JSON of WebAuthn Level 3 out.
 *
 * Password managers and older browsers hand out credentials and errors of many shapes. So this script relies on no
 * prototype and on no `toJSON`, and reads each member by itself.
 */

/** How long a ceremony waits for another one to end, in milliseconds. */
const LONGEST_WAIT = 300;

/** A ceremony that brought no credential. */
export class CeremonyError extends Error {
  /**
   * @param {"cancelled" | "elsewhere" | "superseded" | "failed"} outcome cancelled by the user or by time, perhaps to
   *   be found elsewhere than on this device, superseded by another ceremony of this page, or failed for a reason that
   *   the server should know
   * @param {unknown} cause what the browser threw
   */
  constructor(outcome, cause) {
    super(`The ceremony was ${outcome}`);
    this.outcome = outcome;
    /** The name of the browser's error, such as `InvalidStateError`: all that the server is told. */
    this.browserError = textOf(() => /** @type {any} */ (cause).name) || "UnknownError";
  }

  /** The same where only passkeys of this device were asked for: no browser tells that there is none from a cancel. */
  fromThisDevice() {
    return this.outcome === "cancelled" ? new CeremonyError("elsewhere", this) : this;
  }
}

/**
 * The ceremony that runs now. Browsers refuse a second one beside it.
 *
 * @type {{ controller: AbortController, ended: Promise<void> } | undefined}
 */
let running;

/** Ends the ceremony that runs. A browser or password manager may ignore that, so a late answer is dropped. */
export function endCeremony() {
  running?.controller.abort();
}

/** Whether this browser, at this address, has passkeys at all. */
export function isSupported() {
  return window.isSecureContext && Boolean(window.PublicKeyCredential && navigator.credentials);
}

/** Whether the browser can offer passkeys in the user name field. */
export async function isAutofillSupported() {
  try {
    return (await PublicKeyCredential.isConditionalMediationAvailable()) === true;
  } catch {
    return false;
  }
}

/** Whether the browser can ask for the passkeys of this device alone, and say at once that there is none. */
export async function isImmediateSupported() {
  try {
    return (await PublicKeyCredential.getClientCapabilities()).immediateGet === true;
  } catch {
    return false;
  }
}

/**
 * Calls the browser before it returns, unless another ceremony still runs: Safari wants no wait between click and
 * call.
 *
 * @param {string} options a PublicKeyCredentialRequestOptionsJSON, as text
 * @param {{mediation?: CredentialMediationRequirement, uiMode?: "immediate"}} [manner] `conditional` waits for
 *   autofill; otherwise the browser asks at once, with the passkeys of this device alone where that is `immediate`
 * @returns {Promise<string>} an AuthenticationResponseJSON, as text
 * @throws {CeremonyError}
 */
export function requestPasskey(options, manner) {
  return run((signal) => {
    const json = JSON.parse(options);
    const publicKey = {
      ...json,
      challenge: fromBase64url(json.challenge),
      allowCredentials: json.allowCredentials?.map(parseDescriptor),
    };
    return navigator.credentials.get({ publicKey, ...manner, signal });
  }, describeAssertion);
}

/**
 * Calls the browser before it returns, as {@link requestPasskey} does.
 *
 * @param {string} options a PublicKeyCredentialCreationOptionsJSON, as text
 * @returns {Promise<string>} a RegistrationResponseJSON, as text
 * @throws {CeremonyError}
 */
export function createPasskey(options) {
  return run((signal) => {
    const json = JSON.parse(options);
    const publicKey = {
      ...json,
      challenge: fromBase64url(json.challenge),
      user: { ...json.user, id: fromBase64url(json.user.id) },
      excludeCredentials: json.excludeCredentials?.map(parseDescriptor),
    };
    return navigator.credentials.create({ publicKey, signal });
  }, describeAttestation);
}

/**
 * Runs one ceremony, and ends the one that runs already.
 *
 * @param {(signal: AbortSignal) => Promise<any>} call
 * @param {(response: any) => object} describe
 */
async function run(call, describe) {
  const earlier = running;
  const controller = new AbortController();
  const { signal } = controller;
  let end = () => {};
  const current = { controller, ended: new Promise((/** @type {any} */ resolve) => (end = resolve)) };
  running = current;
  earlier?.controller.abort();
  try {
    if (earlier) {
      await Promise.race([earlier.ended, longestWait()]);
    }
    const credential = await callWhenFree(call, signal);
    if (signal.aborted) {
      throw new DOMException("The ceremony was ended", "AbortError");
    }
    return toText(credential, describe);
  } catch (error) {
    throw new CeremonyError(outcomeOf(error, signal), error);
  } finally {
    end();
    if (running === current) {
      running = undefined;
    }
  }
}

/**
 * Calls the browser; once more, a little later, where it says that it still has another request.
 *
 * @param {(signal: AbortSignal) => Promise<any>} call
 * @param {AbortSignal} signal
 */
async function callWhenFree(call, signal) {
  const callUnlessSuperseded = () => (signal.aborted ? Promise.reject() : call(signal));
  try {
    return await callUnlessSuperseded();
  } catch (error) {
    if (!isPending(error)) {
      throw error;
    }
    await longestWait();
    return callUnlessSuperseded();
  }
}

function longestWait() {
  return new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
}

/**
 * Whether the browser refused a call because of another one. Chromium throws an OperationError then.
 *
 * @param {any} error
 */
function isPending(error) {
  return textOf(() => error.name) === "OperationError" || /\bpending\b/i.test(textOf(() => error.message) ?? "");
}

/**
 * @param {any} error
 * @param {AbortSignal} signal
 */
function outcomeOf(error, signal) {
  if (signal.aborted) {
    return "superseded";
  }
  return ["NotAllowedError", "AbortError", "TimeoutError"].includes(textOf(() => error.name) ?? "")
    ? "cancelled"
    : "failed";
}

/** @param {any} json */
function parseDescriptor(json) {
  return { ...json, id: fromBase64url(json.id) };
}

/**
 * @param {any} credential
 * @param {(response: any) => object} describe
 */
function toText(credential, describe) {
  if (!credential) {
    throw new DOMException("The browser has no credential", "NotAllowedError");
  }
  const rawId = binary(() => credential.rawId) || textOf(() => credential.id);
  const rk = attempt(() => credential.getClientExtensionResults().credProps.rk);
  return JSON.stringify({
    id: rawId,
    rawId,
    type: textOf(() => credential.type) ?? "public-key",
    authenticatorAttachment: textOf(() => credential.authenticatorAttachment),
    clientExtensionResults: typeof rk === "boolean" ? { credProps: { rk } } : {},
    response: describe(attempt(() => credential.response)),
  });
}

/** @param {any} response an AuthenticatorAssertionResponse */
function describeAssertion(response) {
  return {
    clientDataJSON: binary(() => response.clientDataJSON),
    authenticatorData: binary(() => response.authenticatorData),
    signature: binary(() => response.signature),
    userHandle: binary(() => response.userHandle),
  };
}

/** @param {any} response an AuthenticatorAttestationResponse */
function describeAttestation(response) {
  return {
    clientDataJSON: binary(() => response.clientDataJSON),
    attestationObject: binary(() => response.attestationObject),
    authenticatorData: binary(() => response.getAuthenticatorData()),
    publicKey: binary(() => response.getPublicKey()),
    publicKeyAlgorithm: attempt(() => Number(response.getPublicKeyAlgorithm())),
    transports: attempt(() => response.getTransports().filter(isText)) ?? [],
  };
}

/**
 * What a getter gives; nothing where it gives null or throws.
 *
 * @template T
 * @param {() => T} getter
 */
function attempt(getter) {
  try {
    return getter() ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
function isText(value) {
  return typeof value === "string";
}

/** @param {() => unknown} getter */
function textOf(getter) {
  const value = attempt(getter);
  return isText(value) ? value : undefined;
}

/**
 * The bytes that a getter gives, in base64url. They may be of another window, where `instanceof` would not know them. A
 * text stays as it is, and the server reads it.
 *
 * @param {() => any} getter
 */
function binary(getter) {
  return attempt(() => {
    const value = getter();
    return isText(value) ? value : toBase64url(ArrayBuffer.isView(value) ? value : new DataView(value));
  });
}

/** @param {string} text */
function fromBase64url(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

/** @param {ArrayBufferView} view */
function toBase64url({ buffer, byteOffset, byteLength }) {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
