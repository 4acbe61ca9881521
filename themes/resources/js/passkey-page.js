import { CeremonyError, endCeremony, isSupported } from "./passkey-ceremony.js";

/** The longest delay of a timer, in milliseconds. Browsers run a timer with a longer one at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** How long a page waits for a new challenge, in milliseconds. */
const LONGEST_RENEWAL = 5000;

/** Where Keycloak's pages, and ours, have the message for the user. */
const MESSAGES = ".kc-feedback-text, #kc-error-message .instruction";

/** The one form of a page that runs a ceremony, and what a person sees of it. */
export class CeremonyPage {
  #form = /** @type {HTMLFormElement} */ (document.getElementById("passkey-form"));
  #button = /** @type {HTMLButtonElement} */ (document.getElementById("passkey-start"));
  #message = /** @type {HTMLElement} */ (document.getElementById("passkey-message"));
  #messageText = /** @type {HTMLElement} */ (document.getElementById("passkey-message-text"));
  #status = /** @type {HTMLElement} */ (document.getElementById("passkey-status"));

  /** When the challenge of this page came, in milliseconds since 1970. */
  #issued = Date.now();

  /** Whether the challenge has been posted, or a newer one may have taken its place. */
  #spent = false;

  /**
   * The timer of the next renewal.
   *
   * @type {number | undefined}
   */
  #timer;

  /**
   * The renewal that runs.
   *
   * @type {Promise<void> | undefined}
   */
  #renewal;

  /**
   * Where the button leads, once this page can run no ceremony any more.
   *
   * @type {string | undefined}
   */
  #next;

  /** Whether the page is being left with a post. A second post would stop the first. */
  #posted = false;

  /** What the server asks of the authenticator, in the standard's JSON; it waits no longer than the server does. */
  get options() {
    const options = this.#form.dataset.options ?? "";
    return this.#lifespan === Infinity
      ? options
      : JSON.stringify({ ...JSON.parse(options), timeout: Math.max(this.#issued + this.#lifespan - Date.now(), 0) });
  }

  /** How long the server takes an answer to this page's challenge, in milliseconds. */
  get #lifespan() {
    const lifespan = Number(this.#form.dataset.challengeLifespan);
    return lifespan > 0 ? lifespan : Infinity;
  }

  /** Half of the time has to be left, so that nobody starts a ceremony that cannot end in time. */
  get #stale() {
    return this.#spent || Date.now() > this.#issued + this.#lifespan / 2;
  }

  /** How the page asks, as the server has it: `conditional`, `optional`, `required`, `immediate` or `none`. */
  get mediation() {
    return /** @type {CredentialMediationRequirement | "immediate" | "none"} */ (this.#form.dataset.mediation);
  }

  /** Whether any passkey will do, and not only those of somebody who is known. */
  get asksForAny() {
    return !JSON.parse(this.options).allowCredentials?.length;
  }

  get busy() {
    return this.#button.getAttribute("aria-disabled") === "true";
  }

  /**
   * Switches the page on.
   *
   * @param {() => Promise<string>} ceremony what the button runs; its answer goes to the server
   * @param {(run: (ceremony: () => Promise<string>) => void) => void} [onReady] called whenever the page waits for the
   *   person: now, after a cancel, and when the browser shows the page again from its cache; may run a ceremony as the
   *   button does
   */
  start(ceremony, onReady = () => {}) {
    const supported = isSupported();
    const ready = async () => {
      if (this.#stale) {
        await this.#renew();
      }
      if (this.busy || this.#posted || this.#next) {
        return; // The person has gone on meanwhile, or the login has.
      }
      this.#setBusy(false);
      onReady((atOnce) => this.#run(atOnce, ready));
      this.#renewLater(ready);
    };
    this.#form.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter !== this.#button) {
        return; // such as "Cancel", which the browser posts by itself
      }
      event.preventDefault(); // Also where no button is named: the form without an answer says nothing to the server.
      if (supported && !this.busy) {
        this.#run(ceremony, ready);
      }
    });
    if (!supported) {
      this.#withdraw();
      return;
    }
    window.addEventListener("submit", (event) => {
      if (!event.defaultPrevented) {
        this.#leave();
      }
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) {
        this.#comeBack();
        ready();
      }
    });
    ready().then(() => this.#takeFocus());
  }

  /** Another button, or another form, posts the page. An answer of the device that comes later must not stop that post. */
  #leave() {
    this.#posted = true;
    this.#setBusy(true);
    this.#status.textContent = "";
    endCeremony();
  }

  /** The browser shows the page from its cache. Its challenge may have been posted, and the login may have moved on. */
  #comeBack() {
    this.#posted = false;
    this.#next = undefined;
    this.#spent = true;
    this.#setBusy(false);
  }

  /** After a refusal the page gives the focus to the button, which a browser does not do for one that is off. */
  #takeFocus() {
    if (this.#button.autofocus && document.activeElement === document.body) {
      this.#button.focus();
    }
  }

  /**
   * Keeps a page that somebody looks at ready for them, however long they take.
   *
   * @param {() => void} ready
   */
  #renewLater(ready) {
    clearTimeout(this.#timer);
    if (this.#lifespan === Infinity) {
      return;
    }
    const whenSeen = () => {
      if (document.visibilityState === "visible" && !this.busy) {
        ready();
      } else {
        document.addEventListener("visibilitychange", whenSeen, { once: true });
      }
    };
    this.#timer = setTimeout(whenSeen, Math.min(this.#lifespan / 2 + 1, LONGEST_DELAY));
  }

  /** Gets a new challenge, at most once at a time. */
  #renew() {
    this.#renewal ??= this.#fetchAgain().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  /**
   * Fetches this very page. After a failure the old challenge stays: it is renewed when the button is pressed, and the
   * server has the last word.
   */
  async #fetchAgain() {
    this.#spent = true; // The old challenge serves no more once the server has made the new one.
    endCeremony();
    const controller = new AbortController();
    const limit = setTimeout(() => controller.abort(), LONGEST_RENEWAL);
    try {
      const headers = { Accept: "text/html" };
      const response = await fetch(this.#address, { headers, signal: controller.signal });
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      if (response.status < 500 && !this.#posted) {
        this.#take(fresh, response);
      }
    } catch {
      // Without a network, or without an answer in time, there is nothing newer.
    } finally {
      clearTimeout(limit);
    }
  }

  /**
   * The address of this page in its tab of the login, as Keycloak's own reload has it. The address in the browser may be
   * the app's request, which opens another tab each time.
   */
  get #address() {
    const address = new URL(this.#form.getAttribute("action") ?? "", document.baseURI);
    address.searchParams.delete("session_code");
    return address.href;
  }

  /**
   * Takes the new challenge; what the person typed stays. A page of another ceremony says that the login has moved on.
   *
   * @param {Document} fresh
   * @param {Response} response
   */
  #take(fresh, response) {
    const { ceremony, options } = fresh.getElementById("passkey-form")?.dataset ?? {};
    if (!options || ceremony !== this.#form.dataset.ceremony) {
      this.#moveOn(fresh, response);
      return;
    }
    for (const form of document.querySelectorAll("form[id]")) {
      const action = fresh.getElementById(form.id)?.getAttribute("action");
      form.setAttribute("action", action ?? form.getAttribute("action") ?? "");
    }
    this.#form.dataset.options = options;
    this.#issued = Date.now();
    this.#spent = false;
  }

  /**
   * Leads to the page that the login has moved on to. Keycloak shows a message only once, so this page shows it, and the
   * button leads on.
   *
   * @param {Document} fresh
   * @param {Response} response
   */
  #moveOn(fresh, response) {
    const message = fresh.querySelector(MESSAGES);
    if (message?.textContent?.trim()) {
      this.#messageText.lang = message.closest("[lang]")?.getAttribute("lang") ?? "";
      this.#messageText.dir = "auto";
      this.#messageText.textContent = message.textContent.trim();
      this.#message.hidden = false;
      this.#waitToLeaveFor(response.url);
    } else if (response.ok) {
      this.#next = response.url;
      window.location.assign(response.url);
    }
  }

  /**
   * The button leads to another page now.
   *
   * @param {string} address
   */
  #waitToLeaveFor(address) {
    this.#next = address;
    this.#status.textContent = "";
    this.#setBusy(false);
  }

  /**
   * Sends the outcome and leaves the page.
   *
   * @param {"passkeyResponse" | "passkeyError"} name
   * @param {string} value
   */
  post(name, value) {
    if (this.#posted) {
      return;
    }
    this.#posted = true;
    this.#setBusy(true);
    this.#status.textContent = "";
    for (const input of this.#form.querySelectorAll("input")) {
      if (input.dataset.copies) {
        const original = document.getElementById(input.dataset.copies);
        input.disabled = !(original instanceof HTMLInputElement && original.checked);
      } else if (["passkeyResponse", "passkeyError"].includes(input.name)) {
        input.value = input.name === name ? value : "";
      }
    }
    this.#form.submit();
  }

  /**
   * @param {() => Promise<string>} ceremony
   * @param {() => void} ready
   */
  async #run(ceremony, ready) {
    if (this.#next) {
      window.location.assign(this.#next);
      return;
    }
    clearTimeout(this.#timer);
    const focused = document.activeElement;
    this.#setBusy(true);
    this.#message.hidden = true;
    if (this.#stale && !(await this.#renewFirst(focused))) {
      return;
    }
    this.#status.textContent = this.#form.dataset.messageWaiting ?? "";
    try {
      this.post("passkeyResponse", await ceremony());
    } catch (error) {
      if (!(error instanceof CeremonyError)) {
        throw error;
      }
      if (error.outcome === "failed") {
        this.post("passkeyError", error.browserError);
      } else if (error.outcome !== "superseded" && !this.#posted) {
        this.#status.textContent = "";
        this.#show(error.outcome);
        this.#restoreFocus(focused);
        this.#setBusy(false);
        ready();
      }
    }
  }

  /**
   * Gets the new challenge that a pressed button needs. Where the server gives none, the next press loads the page again.
   *
   * @param {Element | null} focused what had the focus before
   * @returns {Promise<boolean>} whether the ceremony can begin
   */
  async #renewFirst(focused) {
    this.#status.textContent = this.#form.dataset.messageRenewing ?? "";
    await this.#renew();
    if (this.#stale && !this.#posted && !this.#next) {
      this.#show("expired");
      this.#waitToLeaveFor(this.#address);
    }
    this.#restoreFocus(focused);
    return !this.#stale;
  }

  /**
   * Gives the focus back if the browser's dialog, or a password manager's, took it along.
   *
   * @param {Element | null} focused what had it before
   */
  #restoreFocus(focused) {
    if (document.activeElement === document.body) {
      const control = focused instanceof HTMLElement && focused !== document.body ? focused : this.#button;
      control.focus();
    }
  }

  /**
   * A busy button is not `disabled`, as it would lose the focus.
   *
   * @param {boolean} busy
   */
  #setBusy(busy) {
    this.#button.disabled = false;
    this.#button.setAttribute("aria-disabled", String(busy));
  }

  /** Takes back the offer in a browser that has no passkeys. Beside another form nothing needs to be said. */
  #withdraw() {
    const beside = this.#form.closest(".passkey-beside");
    if (beside instanceof HTMLElement) {
      beside.hidden = true;
    } else {
      this.#button.hidden = true;
      this.#show("unsupported");
    }
  }

  /** @param {"cancelled" | "elsewhere" | "expired" | "unsupported"} message */
  #show(message) {
    const texts = {
      cancelled: this.#form.dataset.messageCancelled,
      elsewhere: this.#form.dataset.messageElsewhere,
      expired: this.#form.dataset.messageExpired,
      unsupported: this.#form.dataset.messageUnsupported,
    };
    this.#messageText.textContent = texts[message] ?? "";
    this.#message.hidden = false;
  }
}
