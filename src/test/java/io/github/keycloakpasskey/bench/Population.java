package io.github.keycloakpasskey.bench;

/** Users of a realm who are there to be many: copies of one that was registered, with a passkey each. */
final class Population {

    private final Statements statements;
    private final String realm;
    private int size;

    Population(Statements statements, String realm) {
        this.statements = statements;
        this.realm = realm;
    }

    /** Makes more users in the database itself. */
    void growTo(int wanted) {
        statements.execute("""
                with template as (
                  select u.* from user_entity u join realm r on r.id = u.realm_id join credential c on c.user_id = u.id
                  where r.name = '%s' and c.type = 'passkey' limit 1
                ), added as (
                  insert into user_entity
                  select copy.* from template, generate_series(%d, %d) n,
                    jsonb_populate_record(null::user_entity, to_jsonb(template) || jsonb_build_object(
                      'id', gen_random_uuid(),
                      'username', 'crowd-' || n,
                      'email', 'crowd-' || n || '@example.org',
                      'email_constraint', 'crowd-' || n || '@example.org')) copy
                  returning id
                )
                insert into credential
                select copy.* from added,
                  (select c.* from credential c, template where c.user_id = template.id and c.type = 'passkey' limit 1) one,
                  jsonb_populate_record(null::credential, to_jsonb(one) || jsonb_build_object(
                    'id', gen_random_uuid(), 'user_id', added.id)) copy
                """.formatted(realm, size + 1, wanted));
        // What the database would else do by itself while others are measured.
        statements.execute("vacuum analyze user_entity, credential");
        statements.execute("checkpoint");
        size = wanted;
    }
}
