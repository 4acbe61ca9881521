import { CeremonyError, isAutofillSupported, isImmediateSupported, requestPasskey } from "./passkey-ceremony.js";
import { CeremonyPage } from "./passkey-page.js";

const page = new CeremonyPage();

/** What this page has done already, and does once only. */
const done = { askedAtOnce: false, askedThisDevice: false };

/** Found out before the click, as nothing may stand between click and call. */
let immediateSupported = false;

/**
 * Lets the browser offer passkeys in the text field. Whatever goes wrong stays silent: the button is still there, and a
 * page that reported it would be shown again, try again and report again without end.
 */
async function offerAutofill() {
  if (!(await isAutofillSupported()) || page.busy) {
    return;
  }
  try {
    page.post("passkeyResponse", await requestPasskey(page.options, { mediation: "conditional" }));
  } catch (error) {
    if (!(error instanceof CeremonyError)) {
      throw error;
    }
  }
}

/** All passkeys; those of this device first where that is wanted and the browser can. */
async function onButton() {
  if (!immediateSupported || done.askedThisDevice || !page.asksForAny) {
    return requestPasskey(page.options);
  }
  done.askedThisDevice = true;
  try {
    return await requestPasskey(page.options, { uiMode: "immediate" });
  } catch (error) {
    throw error instanceof CeremonyError ? error.fromThisDevice() : error;
  }
}

if (page.mediation === "immediate") {
  isImmediateSupported().then((supported) => (immediateSupported = supported));
}

page.start(onButton, (run) => {
  if (page.mediation === "conditional") {
    offerAutofill();
  } else if (["optional", "required"].includes(page.mediation) && !done.askedAtOnce) {
    done.askedAtOnce = true;
    run(() => requestPasskey(page.options, { mediation: page.mediation }));
  }
});
