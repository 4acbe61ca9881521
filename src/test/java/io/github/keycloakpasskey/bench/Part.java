package io.github.keycloakpasskey.bench;

/** One part of {@code bin/bench}. */
interface Part {

    Results measure(Scale scale) throws Exception;
}
