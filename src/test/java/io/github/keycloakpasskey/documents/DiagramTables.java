package io.github.keycloakpasskey.documents;

import jakarta.persistence.Column;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.jpa.entities.ComponentEntity;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/** The tables of Keycloak in which passkeys and their users are kept, as its entities have them. */
final class DiagramTables {

    private static final List<Class<?>> ENTITIES = List.of(
            RealmEntity.class,
            UserEntity.class,
            CredentialEntity.class,
            FederatedUserCredentialEntity.class,
            ComponentEntity.class);

    private final Map<String, Set<String>> columns = new HashMap<>();

    DiagramTables() {
        for (Class<?> entity : ENTITIES) {
            columns.put(
                    entity.getAnnotation(Table.class).name(),
                    Stream.<AnnotatedElement>concat(
                                    Arrays.stream(entity.getDeclaredFields()),
                                    Arrays.stream(entity.getDeclaredMethods()))
                            .flatMap(DiagramTables::column)
                            .collect(Collectors.toSet()));
        }
    }

    private static Stream<String> column(AnnotatedElement member) {
        return Stream.concat(
                Arrays.stream(member.getAnnotationsByType(Column.class)).map(Column::name),
                Arrays.stream(member.getAnnotationsByType(JoinColumn.class)).map(JoinColumn::name));
    }

    /** The columns of each table. */
    Map<String, Set<String>> columns() {
        return columns;
    }
}
