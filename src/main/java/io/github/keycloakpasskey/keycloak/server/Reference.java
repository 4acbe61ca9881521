package io.github.keycloakpasskey.keycloak.server;

import java.lang.invoke.MethodType;

/** What a class file needs of another class: the class itself, or one of its members. */
sealed interface Reference {

    /** The other class, by its binary name. */
    String owner();

    record ToClass(String owner) implements Reference {

        @Override
        public String toString() {
            return "class " + owner;
        }
    }

    record ToField(String owner, String name, String descriptor) implements Reference {

        @Override
        public String toString() {
            return "field " + owner + "." + name;
        }
    }

    /**
     * A method or a constructor.
     *
     * @param ofInterface whether the class file calls it as an interface's method, which the JVM tells apart
     */
    record ToMethod(String owner, String name, String descriptor, boolean ofInterface) implements Reference {

        static String descriptor(Class<?> returned, Class<?>... parameters) {
            return MethodType.methodType(returned, parameters).toMethodDescriptorString();
        }

        @Override
        public String toString() {
            return "method " + owner + "." + name + descriptor;
        }
    }
}
