import { CeremonyError, isSupported } from "./passkey-ceremony.js";

/** The one form of a page that runs a ceremony, and what a person sees of it. */
export class CeremonyPage {
  #form = /** @type {HTMLFormElement} */ (document.getElementById("passkey-form"));
  #button = /** @type {HTMLButtonElement} */ (document.getElementById("passkey-start"));
  #message = /** @type {HTMLElement} */ (document.getElementById("passkey-message"));
  #messageText = /** @type {HTMLElement} */ (document.getElementById("passkey-message-text"));
  #status = /** @type {HTMLElement} */ (document.getElementById("passkey-status"));

  /** When the challenge of this page came, in milliseconds since 1970. */
  #issued = Date.now();

  /** @type {number | undefined} */
  #renewal;

  /** Whether the page is being left with an answer. A second post would stop the first. */
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
    return Number(this.#form.dataset.challengeLifespan) || Infinity;
  }

  /** Half of the time has to be left, so that nobody starts a ceremony that cannot end in time. */
  get #stale() {
    return Date.now() > this.#issued + this.#lifespan / 2;
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
      await this.#renewIfStale();
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
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) {
        this.#posted = false;
        ready();
      }
    });
    ready().then(() => this.#takeFocus());
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
    clearTimeout(this.#renewal);
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
    this.#renewal = setTimeout(whenSeen, this.#lifespan / 2 + 1);
  }

  /** Fetches this very page for a new challenge; what the person typed stays. */
  async #renewIfStale() {
    if (!this.#stale) {
      return;
    }
    this.#setBusy(true); // The old challenge serves no more once the new one is made.
    try {
      const response = await fetch(window.location.href, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      const options = fresh.getElementById("passkey-form")?.dataset.options;
      if (options) {
        for (const form of document.querySelectorAll("form[id]")) {
          const action = fresh.getElementById(form.id)?.getAttribute("action");
          form.setAttribute("action", action ?? form.getAttribute("action") ?? "");
        }
        this.#form.dataset.options = options;
        this.#issued = Date.now();
      }
    } catch {
      // Without a network there is nothing newer: the server says so when this page is posted.
    }
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
    clearTimeout(this.#renewal);
    const focused = document.activeElement;
    this.#setBusy(true);
    this.#message.hidden = true;
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
        ready();
      }
    }
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

  /** @param {"cancelled" | "elsewhere" | "unsupported"} message */
  #show(message) {
    const texts = {
      cancelled: this.#form.dataset.messageCancelled,
      elsewhere: this.#form.dataset.messageElsewhere,
      unsupported: this.#form.dataset.messageUnsupported,
    };
    this.#messageText.textContent = texts[message] ?? "";
    this.#message.hidden = false;
  }
}
