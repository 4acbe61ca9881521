import { CeremonyError, isAutofillSupported, requestPasskey } from "./passkey-ceremony.js";
import { CeremonyPage } from "./passkey-page.js";

const page = new CeremonyPage();

/**
 * Lets the browser offer passkeys in the user name field. Whatever goes wrong stays silent: the button is still there,
 * and a page that reported it would be shown again, try again and report again without end.
 */
async function offerAutofill() {
  if (!page.offersAutofill || !(await isAutofillSupported()) || page.busy) {
    return;
  }
  try {
    page.post("passkeyResponse", await requestPasskey(page.options, "conditional"));
  } catch (error) {
    if (!(error instanceof CeremonyError)) {
      throw error;
    }
  }
}

page.start(() => requestPasskey(page.options), offerAutofill);
