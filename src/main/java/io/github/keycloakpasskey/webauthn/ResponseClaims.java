package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.attestation.AttestedCredential;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.Optional;
import java.util.UUID;

/**
 * What a response says of itself. <b>Nothing of it is verified</b>, and anyone can send any of it: it may help to trace a
 * refusal, and must decide nothing.
 *
 * @param credentialId the passkey that the response names
 * @param userHandle the owner that the response names
 * @param aaguid the model that the authenticator names; only registrations have one
 * @param origin the origin of the page, as the browser says; empty where the client data cannot be read
 * @param topOrigin the origin that embeds the page
 */
public record ResponseClaims(
        Optional<Bytes> credentialId,
        Optional<Bytes> userHandle,
        Optional<UUID> aaguid,
        Optional<String> origin,
        Optional<String> topOrigin) {

    /** The claims of a sign-in. */
    public static ResponseClaims of(AuthenticationResponse response) {
        Optional<ClientData> clientData = clientData(response.clientDataJson());
        return new ResponseClaims(
                Optional.of(response.credentialId()),
                response.userHandle(),
                Optional.empty(),
                clientData.map(ClientData::origin),
                clientData.flatMap(ClientData::topOrigin));
    }

    /** The claims of a registration. */
    public static ResponseClaims of(RegistrationResponse response) {
        Optional<ClientData> clientData = clientData(response.clientDataJson());
        Optional<AttestedCredential> credential = clientData.flatMap(data -> credential(response, data));
        return new ResponseClaims(
                credential.map(AttestedCredential::id),
                Optional.empty(),
                credential.map(AttestedCredential::aaguid),
                clientData.map(ClientData::origin),
                clientData.flatMap(ClientData::topOrigin));
    }

    private static Optional<ClientData> clientData(Bytes json) {
        try {
            return Optional.of(ClientData.parse(json));
        } catch (CeremonyException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<AttestedCredential> credential(RegistrationResponse response, ClientData clientData) {
        try {
            return Optional.of(Attestation.parse(response.attestationObject(), clientData.hash())
                    .credential());
        } catch (CeremonyException unreadable) {
            return Optional.empty();
        }
    }

    /** The claims about the page alone. */
    public ResponseClaims aboutPage() {
        return new ResponseClaims(Optional.empty(), Optional.empty(), Optional.empty(), origin, topOrigin);
    }
}
