/*
 * Stands in for navigator.credentials. A test says in window.plan what the calls of the button give, in turn (the last
 * entry repeats); calls for autofill wait until they are aborted. Each entry: {after, gives} or {after, throws}.
 */
{
  const stub = Object.assign(
    {
      calls: [],
      plan: [{ after: 1, throws: "NotAllowedError" }],
      /** Milliseconds until an aborted call rejects; null: never. */
      abortTakes: 1,
      /** What a call gets while another has not settled: "nothing special" or the name of an error. */
      beside: "nothing special",
      /** What a call for autofill gives once it is aborted, where it ignores the signal. */
      autofillGivesAfterAll: null,
    },
    window.plan,
  );
  window.stub = stub;
  let unsettled = 0;
  let asked = 0;

  const call = (ceremony) => (options) => {
    stub.calls.push({
      at: performance.now(),
      mediation: options.mediation ?? "",
      uiMode: options.uiMode ?? "",
      challenge: base64url(options.publicKey.challenge),
    });
    if (unsettled && stub.beside !== "nothing special") {
      return Promise.reject(stub.errors[stub.beside]());
    }
    unsettled++;
    const promise = new Promise((resolve, reject) => {
      const autofill = options.mediation === "conditional";
      options.signal?.addEventListener("abort", () => {
        if (autofill && stub.autofillGivesAfterAll) {
          setTimeout(() => resolve(stub.shapes[stub.autofillGivesAfterAll](ceremony)), 1);
        } else if (stub.abortTakes !== null) {
          setTimeout(() => reject(new DOMException("Aborted", "AbortError")), stub.abortTakes);
        }
      });
      if (!autofill) {
        const step = stub.plan[Math.min(asked++, stub.plan.length - 1)];
        const settle = step.throws
          ? () => reject(stub.errors[step.throws]())
          : () => resolve(stub.shapes[step.gives](ceremony));
        setTimeout(settle, step.after);
      }
    });
    promise.finally(() => unsettled--).catch(() => {});
    return promise;
  };
  if (!window.plan?.noWebAuthn) {
    Object.defineProperty(navigator, "credentials", {
      configurable: true,
      value: { get: call("authentication"), create: call("registration") },
    });
  }

  /** Another window, whose objects are of other classes. */
  const foreign = () => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    return frame.contentWindow;
  };

  // Bytes with +, / and padding in standard base64. The last one tells the members apart.
  const members = {
    rawId: 1,
    clientDataJSON: 2,
    authenticatorData: 3,
    signature: 4,
    userHandle: 5,
    attestationObject: 6,
    publicKey: 7,
  };
  const bytesOf = (name) => Uint8Array.of(0xfb, 0xff, 0xfe, members[name]);
  const standardBase64 = (view) => btoa(String.fromCharCode(...new Uint8Array(view.buffer ?? view)));
  const base64url = (view) => standardBase64(view).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  /** A credential with all members as getters' values; `wrap` says how its bytes are wrapped. */
  const credential = (ceremony, wrap) => {
    const responseMembers =
      ceremony === "authentication"
        ? ["clientDataJSON", "authenticatorData", "signature", "userHandle"]
        : ["clientDataJSON", "attestationObject"];
    const response = Object.fromEntries(responseMembers.map((name) => [name, wrap(bytesOf(name))]));
    if (ceremony === "registration") {
      Object.assign(response, {
        getTransports: () => ["internal", "hybrid"],
        getAuthenticatorData: () => wrap(bytesOf("authenticatorData")),
        getPublicKey: () => wrap(bytesOf("publicKey")),
        getPublicKeyAlgorithm: () => -7,
      });
    }
    return {
      id: base64url(bytesOf("rawId")),
      rawId: wrap(bytesOf("rawId")),
      type: "public-key",
      authenticatorAttachment: "platform",
      getClientExtensionResults: () => ({ credProps: { rk: true } }),
      response,
    };
  };
  const buffer = (bytes) => bytes.buffer;
  const textual = (value, encode) =>
    JSON.parse(JSON.stringify(value, (_, inner) => (inner instanceof ArrayBuffer ? encode(inner) : inner)));

  stub.shapes = {
    /** As browsers make them. */
    browser: (ceremony) => {
      const made = credential(ceremony, buffer);
      return { ...made, toJSON: () => textual(made, base64url) };
    },
    /** No toJSON, as in browsers before 2023. */
    olderBrowser: (ceremony) => credential(ceremony, buffer),
    /** Older WebKit: toJSON gives standard base64. */
    olderWebKit: (ceremony) => {
      const made = credential(ceremony, buffer);
      return { ...made, toJSON: () => textual(made, standardBase64) };
    },
    /** Bitwarden until 2025: Uint8Array, and a toJSON of the prototype that throws. */
    uint8Arrays: (ceremony) => {
      const made = credential(ceremony, (bytes) => bytes);
      const response = ceremony === "authentication" ? AuthenticatorAssertionResponse : AuthenticatorAttestationResponse;
      const own = (object, type) => Object.create(type.prototype, Object.getOwnPropertyDescriptors(object));
      return own({ ...made, response: own(made.response, response) }, PublicKeyCredential);
    },
    /** Parts of larger buffers, as DataView. */
    dataViews: (ceremony) =>
      credential(ceremony, (bytes) => new DataView(Uint8Array.of(9, 9, ...bytes, 9).buffer, 2, bytes.length)),
    /** All of another window. */
    otherWindow: (ceremony) => {
      const other = foreign();
      const made = credential(ceremony, (bytes) => other.Uint8Array.from(bytes).buffer);
      made.response = other.Object.assign(new other.Object(), made.response);
      return other.Object.assign(new other.Object(), made);
    },
    /** Plain objects without a prototype. */
    bare: (ceremony) => {
      const made = credential(ceremony, buffer);
      made.response = Object.assign(Object.create(null), made.response);
      return Object.assign(Object.create(null), made);
    },
    /** Binary members that are texts already. */
    texts: (ceremony) => credential(ceremony, standardBase64),
    toJsonOfNothing: (ceremony) => ({ ...credential(ceremony, buffer), toJSON: () => undefined }),
    toJsonOfOtherBytes: (ceremony) => ({ ...credential(ceremony, buffer), toJSON: () => ({ id: "AA", response: {} }) }),
    /** Only what the ceremony cannot do without. */
    withoutOptionalMembers: (ceremony) => {
      const { rawId, response } = credential(ceremony, buffer);
      for (const name of Object.keys(response)) {
        if (name.startsWith("get")) {
          delete response[name];
        }
      }
      return { rawId, response };
    },
    /** Getters that throw wherever a ceremony can do without. */
    throwingOptionalMembers: (ceremony) => {
      const made = credential(ceremony, buffer);
      const breaks = (object, name) =>
        Object.defineProperty(object, name, {
          get: () => {
            throw new TypeError("Illegal invocation");
          },
        });
      ["type", "authenticatorAttachment", "getClientExtensionResults", "toJSON"].forEach((name) => breaks(made, name));
      Object.keys(made.response)
        .filter((name) => name.startsWith("get"))
        .forEach((name) => breaks(made.response, name));
      return made;
    },
    nothing: () => null,
    undefined: () => undefined,
    text: () => "a credential",
    emptyObject: () => ({}),
  };

  const named = (name, message = "") => () => new DOMException(message, name);
  stub.errors = {
    ...Object.fromEntries(
      ["NotAllowedError", "AbortError", "TimeoutError", "InvalidStateError", "SecurityError", "NotSupportedError"].map(
        (name) => [name, named(name)],
      ),
    ),
    pendingInChromium: named("OperationError", "A request is already pending."),
    pendingElsewhere: named("NotAllowedError", "Another request is pending"),
    ofOtherWindow: () => new (foreign().DOMException)("", "NotAllowedError"),
    plainObject: () => ({ name: "NotAllowedError" }),
    ordinaryError: () => Object.assign(new Error("closed"), { name: "NotAllowedError" }),
    text: () => "closed",
    undefined: () => undefined,
    throwingName: () => ({
      get name() {
        throw new TypeError("Illegal invocation");
      },
    }),
  };

  /** What a member can be instead of what it should be. */
  const faults = {
    NULL: () => null,
    NUMBER: () => 7,
    OBJECT: () => ({}),
    CYCLE: () => {
      const cycle = {};
      cycle.cycle = cycle;
      return cycle;
    },
    BIG_INTEGER: () => 7n,
    OTHER_TEXT: () => "** no base64 **",
    BASE64URL: (bytes) => base64url(bytes),
    BASE64: (bytes) => standardBase64(bytes),
    ARRAY_BUFFER: (bytes) => foreign().Uint8Array.from(bytes).buffer,
    UINT8_ARRAY: (bytes) => foreign().Uint8Array.from(bytes),
    DATA_VIEW: (bytes) => new (foreign().DataView)(bytes.buffer),
    BUFFER: (bytes) => {
      class Buffer extends foreign().Uint8Array {
        toString() {
          throw new TypeError("not a text");
        }
      }
      return Buffer.from([9, ...bytes]).subarray(1);
    },
  };

  /** A credential in which one member has a fault. A name that ends in () is a method, whose result has it. */
  stub.faulty = (ceremony, path, fault) => {
    const made = credential(ceremony, buffer);
    const inResponse = path.startsWith("response.");
    const object = inResponse ? made.response : made;
    const member = (inResponse ? path.slice("response.".length) : path).replace("()", "");
    const breaking = () => {
      throw new TypeError("Illegal invocation");
    };
    if (fault === "MISSING") {
      delete object[member];
    } else if (fault === "THROWS") {
      Object.defineProperty(object, member, path.endsWith("()") ? { value: breaking } : { get: breaking });
    } else {
      const value = faults[fault](bytesOf(member === "id" ? "rawId" : member));
      object[member] = path.endsWith("()") ? () => value : value;
    }
    return made;
  };
}
