/**
 * The two ceremonies as the browser runs them: the JSON of WebAuthn Level 3 in, the JSON of WebAuthn Level 3 out.
 */

/** A ceremony that brought no credential. */
export class CeremonyError extends Error {
  /**
   * @param {"cancelled" | "elsewhere" | "superseded" | "failed"} outcome cancelled by the person or by time, perhaps to
   *   be found elsewhere than on this device, superseded by another ceremony of this page, or failed for a reason that
   *   the server should know
   * @param {unknown} cause what the browser threw
   */
  constructor(outcome, cause) {
    super(`The ceremony was ${outcome}`);
    this.outcome = outcome;
    /** The name of the browser's error, such as `InvalidStateError`: all that the server is told. */
    this.browserError = cause instanceof Error || cause instanceof DOMException ? cause.name : "UnknownError";
  }

  /** The same where only passkeys of this device were asked for: no browser tells that there is none from a cancel. */
  fromThisDevice() {
    return this.outcome === "cancelled" ? new CeremonyError("elsewhere", this) : this;
  }
}

/** @type {AbortController | undefined} of the ceremony that runs now; browsers refuse a second one beside it */
let running;

/** Whether this browser, at this address, has passkeys at all. */
export function isSupported() {
  return window.isSecureContext && "PublicKeyCredential" in window && "credentials" in navigator;
}

/** Whether the browser can offer passkeys in the user name field. */
export async function isAutofillSupported() {
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
}

/** Whether the browser can ask for the passkeys of this device alone, and say at once that there is none. */
export async function isImmediateSupported() {
  return (await PublicKeyCredential.getClientCapabilities?.())?.immediateGet === true;
}

/**
 * @param {string} options a PublicKeyCredentialRequestOptionsJSON, as text
 * @param {{mediation?: CredentialMediationRequirement, uiMode?: "immediate"}} [manner] `conditional` waits for autofill;
 *   otherwise the browser asks at once, with the passkeys of this device alone where that is `immediate`
 * @returns {Promise<string>} an AuthenticationResponseJSON, as text
 * @throws {CeremonyError}
 */
export function requestPasskey(options, manner) {
  return run(async (signal) =>
    navigator.credentials.get({ publicKey: parseRequestOptions(JSON.parse(options)), ...manner, signal }),
  );
}

/**
 * @param {string} options a PublicKeyCredentialCreationOptionsJSON, as text
 * @returns {Promise<string>} a RegistrationResponseJSON, as text
 * @throws {CeremonyError}
 */
export function createPasskey(options) {
  return run(async (signal) =>
    navigator.credentials.create({ publicKey: parseCreationOptions(JSON.parse(options)), signal }),
  );
}

/** @param {(signal: AbortSignal) => Promise<Credential | null>} ceremony */
async function run(ceremony) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    return toText(await ceremony(signal));
  } catch (error) {
    throw new CeremonyError(outcomeOf(error, signal), error);
  }
}

/**
 * @param {unknown} error
 * @param {AbortSignal} signal
 */
function outcomeOf(error, signal) {
  if (signal.aborted) {
    return "superseded";
  }
  const cancelled = error instanceof DOMException && ["NotAllowedError", "AbortError"].includes(error.name);
  return cancelled ? "cancelled" : "failed";
}

/** @param {any} json */
function parseRequestOptions(json) {
  return (
    PublicKeyCredential.parseRequestOptionsFromJSON?.(json) ?? {
      ...json,
      challenge: fromBase64url(json.challenge),
      allowCredentials: json.allowCredentials?.map(parseDescriptor),
    }
  );
}

/** @param {any} json */
function parseCreationOptions(json) {
  return (
    PublicKeyCredential.parseCreationOptionsFromJSON?.(json) ?? {
      ...json,
      challenge: fromBase64url(json.challenge),
      user: { ...json.user, id: fromBase64url(json.user.id) },
      excludeCredentials: json.excludeCredentials?.map(parseDescriptor),
    }
  );
}

/** @param {any} json */
function parseDescriptor(json) {
  return { ...json, id: fromBase64url(json.id) };
}

/** @param {any} credential */
function toText(credential) {
  try {
    return JSON.stringify(credential.toJSON());
  } catch {
    // Older browsers have no toJSON, and the stand-ins of some password managers throw from it.
    return JSON.stringify(describe(credential), (_, value) =>
      value instanceof ArrayBuffer ? toBase64url(value) : (value ?? undefined),
    );
  }
}

/** @param {any} credential */
function describe(credential) {
  const { response } = credential;
  return {
    id: credential.id,
    rawId: credential.rawId,
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: response.clientDataJSON,
      authenticatorData: response.authenticatorData ?? response.getAuthenticatorData?.(),
      attestationObject: response.attestationObject,
      transports: response.getTransports?.(),
      signature: response.signature,
      userHandle: response.userHandle,
    },
  };
}

/** @param {string} text */
function fromBase64url(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
function toBase64url(buffer) {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
