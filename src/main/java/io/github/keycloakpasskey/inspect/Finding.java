package io.github.keycloakpasskey.inspect;

/**
 * What became of one recorded ceremony.
 *
 * @param verdict {@code valid}, or {@code invalid} and the reason
 * @param explanation the reason in a sentence; empty where there is none
 */
record Finding(String verdict, String explanation) {

    static final Finding VALID = new Finding("valid", "");
}
