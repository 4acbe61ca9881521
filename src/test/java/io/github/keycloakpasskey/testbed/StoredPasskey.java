package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A passkey as the server stored it.
 *
 * @param rowId the id of the credential's row
 * @param label the person's name for it
 * @param data the JSON document of the passkey
 * @param representation all that the admin API says
 */
public record StoredPasskey(String rowId, String label, JsonNode data, JsonNode representation) {}
