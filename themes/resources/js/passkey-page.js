import { CeremonyError, isSupported } from "./passkey-ceremony.js";

/** The one form of a page that runs a ceremony, and what a person sees of it. */
export class CeremonyPage {
  #form = /** @type {HTMLFormElement} */ (document.getElementById("passkey-form"));
  #button = /** @type {HTMLButtonElement} */ (document.getElementById("passkey-start"));
  #message = /** @type {HTMLElement} */ (document.getElementById("passkey-message"));
  #messageText = /** @type {HTMLElement} */ (document.getElementById("passkey-message-text"));

  /** What the server asks of the authenticator, in the standard's JSON. */
  get options() {
    return this.#form.dataset.options ?? "";
  }

  get offersAutofill() {
    return this.#form.dataset.mediation === "conditional";
  }

  get busy() {
    return this.#button.disabled;
  }

  /**
   * Switches the page on.
   *
   * @param {() => Promise<string>} ceremony what the button runs; its answer goes to the server
   * @param {() => void} [onReady] called whenever the page waits for the person: now, after a cancel, and when the
   *   browser shows the page again from its cache
   */
  start(ceremony, onReady = () => {}) {
    if (!isSupported()) {
      this.#show("unsupported");
      return;
    }
    const ready = () => {
      this.#setBusy(false);
      onReady();
    };
    this.#form.addEventListener("submit", (event) => {
      if (event.submitter !== this.#button) {
        return; // such as "Cancel", which the browser posts by itself
      }
      event.preventDefault();
      this.#run(ceremony, ready);
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) {
        ready();
      }
    });
    ready();
  }

  /**
   * Sends the outcome and leaves the page.
   *
   * @param {"passkeyResponse" | "passkeyError"} name
   * @param {string} value
   */
  post(name, value) {
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
    this.#setBusy(true);
    this.#message.hidden = true;
    try {
      this.post("passkeyResponse", await ceremony());
    } catch (error) {
      if (!(error instanceof CeremonyError)) {
        throw error;
      }
      if (error.outcome === "failed") {
        this.post("passkeyError", error.browserError);
      } else {
        ready();
        this.#show("cancelled");
        this.#button.focus();
      }
    }
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.#button.disabled = busy;
    this.#button.setAttribute("aria-busy", String(busy));
  }

  /** @param {"cancelled" | "unsupported"} message */
  #show(message) {
    const texts = {
      cancelled: this.#form.dataset.messageCancelled,
      unsupported: this.#form.dataset.messageUnsupported,
    };
    this.#messageText.textContent = texts[message] ?? "";
    this.#message.hidden = false;
  }
}
