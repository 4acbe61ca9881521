package io.github.keycloakpasskey.bench;

/**
 * Users of a realm who are there to be many: copies of one who was registered, with the same roles and credentials. Made
 * and taken away by the database itself, and never asked for.
 */
final class Population {

    private final Statements statements;
    private final String realm;
    private final String original;
    private int size;

    /** @param original the name of the user who is copied */
    Population(Statements statements, String realm, String original) {
        this.statements = statements;
        this.realm = realm;
        this.original = original;
    }

    /** Makes more users. */
    void growTo(int wanted) {
        statements.execute("""
                with original as (
                  select u.* from user_entity u join realm r on r.id = u.realm_id
                  where r.name = '%s' and u.username = '%s'
                ), added as (
                  insert into user_entity
                  select copy.* from original, generate_series(%d, %d) n,
                    jsonb_populate_record(null::user_entity, to_jsonb(original) || jsonb_build_object(
                      'id', gen_random_uuid(),
                      'username', 'crowd-' || n,
                      'email', 'crowd-' || n || '@example.org',
                      'email_constraint', 'crowd-' || n || '@example.org')) copy
                  returning id
                ), roles as (
                  insert into user_role_mapping (role_id, user_id)
                  select m.role_id, added.id from added, user_role_mapping m join original on m.user_id = original.id
                )
                insert into credential
                select copy.* from added, credential one join original on one.user_id = original.id,
                  jsonb_populate_record(null::credential, to_jsonb(one) || jsonb_build_object(
                    'id', gen_random_uuid(), 'user_id', added.id)) copy
                """.formatted(realm, original, size + 1, wanted));
        size = wanted;
        tidyUp("vacuum analyze");
    }

    /** Takes all of them away but the first ones. */
    void shrinkTo(int wanted) {
        statements.execute("""
                create temporary table leaving as
                select u.id from user_entity u join realm r on r.id = u.realm_id, generate_series(%d, %d) n
                where r.name = '%s' and u.username = 'crowd-' || n;
                -- They have rows in these tables alone: the others need not be searched for each of them.
                set session_replication_role = replica;
                delete from credential using leaving where user_id = leaving.id;
                delete from user_role_mapping using leaving where user_id = leaving.id;
                delete from user_entity u using leaving where u.id = leaving.id;
                """.formatted(wanted + 1, size, realm));
        size = wanted;
        // Also what they have left in the indexes.
        tidyUp("vacuum full analyze");
    }

    /** What the database would else do by itself while others are measured. */
    private void tidyUp(String how) {
        statements.execute(how + " user_entity, user_role_mapping, credential");
        statements.execute("checkpoint");
    }
}
