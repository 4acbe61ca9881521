package io.github.keycloakpasskey.fuzz;

import io.github.keycloakpasskey.keycloak.credential.PasskeyRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The document of a stored passkey, which an import or an administrator may have written. */
final class StoredRecord implements FuzzTarget {

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>(HostileJson.seeds());
        seeds.put(GENUINE + "record", """
                {"version":1,"credentialId":"AQID","publicKey":"BAUG","signCount":7,"transports":["usb","nfc"],
                "aaguid":"fbfc3007-154e-4ecc-8c0b-6e020557d7bd","attestationFormat":"packed","rpId":"example.org",
                "userHandle":"Bwg","discoverable":true,"userVerified":true,"backupEligible":true,"backedUp":false,
                "lastUsed":1790000000000,"lastVerified":1790000000000}""".getBytes(StandardCharsets.UTF_8));
        seeds.put(GENUINE + "of-a-later-version", """
                {"version":9,"credentialId":"AQID","publicKey":"BAUG","invented":{"later":[1,null,1.5]}}""".getBytes(StandardCharsets.UTF_8));
        return seeds;
    }

    /** A record is accepted where it can be read; then it can be written and read again. */
    @Override
    public boolean judge(byte[] input) {
        PasskeyRecord record;
        try {
            record = PasskeyRecord.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException saidToBeNone) {
            return false;
        }
        PasskeyRecord again = PasskeyRecord.parse(record.toJson());
        boolean same = again.toJson().equals(record.toJson())
                && again.credential().equals(record.credential())
                && again.userHandle().equals(record.userHandle())
                && again.lastUsed().equals(record.lastUsed())
                && again.lastVerified().equals(record.lastVerified());
        if (!same) {
            throw new AssertionError("written " + record.toJson() + ", read again " + again.toJson());
        }
        return true;
    }
}
