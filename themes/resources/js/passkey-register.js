import { createPasskey } from "./passkey-ceremony.js";
import { CeremonyPage } from "./passkey-page.js";

const page = new CeremonyPage();

page.start(() => createPasskey(page.options));
