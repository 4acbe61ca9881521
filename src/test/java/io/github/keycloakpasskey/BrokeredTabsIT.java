package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.IdentityProvider;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When a user signs in through an identity provider, Keycloak replaces the user of the browser tab but keeps the steps
 * that the tab has completed. In these tests, Grace has an account at the provider. An attacker who can sign in there
 * as Grace, and also has accounts of their own, must still complete the steps that the realm requires of Grace.
 */
@BrowserTest
class BrokeredTabsIT {

    private static final Step PASSWORD = Step.required("auth-username-password-form");
    private static final Step PASSKEY = Step.required("passkey-authenticator");
    private static final Step NAME = Step.required("passkey-username-form");
    private static final Step BOTH = Step.required("passkey-username-password-form");
    private static final Step PASSKEY_IF_ANY = Step.conditional(Step.required("conditional-user-has-passkey"), PASSKEY);

    private TestRealm realm;
    private IdentityProvider provider;
    private Person grace;
    private Person local;

    @BeforeEach
    void anIdentityProvider(TestRealm realm) {
        this.realm = realm;
        provider = IdentityProvider.of(realm);
        realm.signInWith(BOTH);
        grace = link(provider.person());
        local = realm.newPerson();
        realm.newClient().register(local, new SoftwareAuthenticator());
    }

    /** The account that Keycloak creates when a user signs in through the provider for the first time. */
    private Person link(Person there) {
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn();
        Page end = client.submitPassword(client.click(signIn, "#social-" + provider.alias()), there);
        assertThat(end.isBackAtApp()).isTrue();
        return realm.find(there).orElseThrow();
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aPasswordOfAnotherUserDoesNotSkipTheStepsAfterAnIdentityProvider() {
        provider.thenAsk(BOTH);
        realm.signInWith(PASSWORD, PASSKEY);
        WebClient client = realm.newClient();
        Page passkey = client.submitPassword(client.openSignIn(), local);

        stopBeforeWhatFollows(client, passkey);

        assertStartsAnew(client.openInSameTab(passkey, "authenticate"));
        assertThat(realm.passkeys(grace)).isEmpty();
    }

    /** Keycloak tries the next alternative of a flow after an exception of its own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Shows(Threat.SKIPPED_PASSKEY)
    void aPasswordOfAnotherUserDoesNotCountWhereAConditionSkipsThePasskey(boolean alternatives) {
        provider.thenAsk(BOTH);
        if (alternatives) {
            realm.signInWith(Step.alternative("auth-cookie"), Step.alternative(BOTH, PASSKEY_IF_ANY));
        } else {
            realm.signInWith(BOTH, PASSKEY_IF_ANY);
        }
        WebClient client = realm.newClient();
        Page passkey = client.submitPassword(client.openSignIn(), local);
        realm.forgetEvents();

        stopBeforeWhatFollows(client, passkey);

        assertThat(client.openInSameTab(passkey, "authenticate").status()).isEqualTo(400);
        realm.awaitEvent("LOGIN_ERROR", BrokeredTabsIT::tellsOfAChangedUser);
        realm.assertNone("LOGIN");
        assertStartsAnew(client.openInSameTab(passkey, "authenticate"));
    }

    private static boolean tellsOfAChangedUser(JsonNode event) {
        return event.path("error").asText().equals("generic_authentication_error")
                && event.path("details")
                        .path("authentication_error_detail")
                        .asText()
                        .contains("changed on the way");
    }

    /** The address of a page can name the current step. */
    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aStepInTheAddressDoesNotSkipTheStepsAfterAnIdentityProvider() {
        provider.thenAsk(BOTH);
        realm.signInWith(PASSWORD, PASSKEY);
        WebClient client = realm.newClient();
        Page passkey = client.submitPassword(client.openSignIn(), local);
        Page there = signInThrough(client, passkey);
        assertThat(client.submitPassword(there, provider.person()).hasPasswordForm())
                .isTrue();

        assertStartsAnew(client.openStepInSameTab(passkey, "authenticate"));
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aPasswordGivenAfterTheProviderDoesNotCountForAnotherUser() {
        Person malloryThere = provider.newPerson();
        Person mallory = withPasswordAndPasskey(link(malloryThere), new SoftwareAuthenticator());
        provider.thenAsk(BOTH, PASSKEY_IF_ANY);
        realm.forgetEvents();
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn();
        Page password = client.submitPassword(client.click(signIn, "#social-" + provider.alias()), malloryThere);
        Page passkey = client.submit(password, "#kc-form-login", Map.of("password", mallory.password()));
        assertThat(passkey.ceremony()).isEqualTo("authentication");
        client.forget(provider);

        Page stopped = stopBeforeWhatFollows(client, passkey);
        Page next = client.open(stopped.uri());

        assertThat(next.status()).isEqualTo(400);
        realm.awaitEvent("IDENTITY_PROVIDER_POST_LOGIN_ERROR", BrokeredTabsIT::tellsOfAChangedUser);
        realm.assertNone("LOGIN");
    }

    /** Keycloak records that the flow after a provider was completed, but not for which user. */
    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aFlowCompletedAfterTheProviderDoesNotCountForAnotherUser() {
        Person malloryThere = provider.newPerson();
        SoftwareAuthenticator mallorys = new SoftwareAuthenticator();
        withPasswordAndPasskey(link(malloryThere), mallorys);
        provider.thenAsk(PASSKEY);
        realm.signInWith(PASSWORD, PASSKEY);
        realm.forgetEvents();
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn();
        Page passkey = client.submitPassword(client.click(signIn, "#social-" + provider.alias()), malloryThere);
        client.stopBefore("after-post-broker-login");
        Page passed = client.signIn(passkey, mallorys);
        client.stopNowhere();
        client.forget(provider);

        Page there = signInThroughAfter(client, passed);
        signInAndStop(client, there);
        Page password = client.openInSameTab(signIn, "authenticate");
        Page end = client.openWithCode(password, "/broker/after-post-broker-login");

        assertThat(end.status()).isEqualTo(400);
        realm.awaitEvent("IDENTITY_PROVIDER_LOGIN_ERROR", BrokeredTabsIT::tellsOfAChangedUser);
        realm.assertNone("LOGIN");
    }

    /** The attacker starts with Grace, switches to their own account for the password, and returns to Grace. */
    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aPasswordOfAnotherUserDoesNotCountAfterReturningToTheFirstUser() {
        Person malloryThere = provider.newPerson();
        Person mallory = withPasswordAndPasskey(link(malloryThere), new SoftwareAuthenticator());
        provider.thenAsk(BOTH, PASSKEY_IF_ANY);
        realm.forgetEvents();
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn();
        Page graces = client.submitPassword(client.click(signIn, "#social-" + provider.alias()), provider.person());
        client.forget(provider);
        Page password = client.submitPassword(signInThrough(client, graces), malloryThere);
        Page passkey = client.submit(password, "#kc-form-login", Map.of("password", mallory.password()));
        assertThat(passkey.ceremony()).isEqualTo("authentication");
        client.forget(provider);

        Page next = client.submitPassword(signInThrough(client, passkey), provider.person());

        assertThat(next.status()).isEqualTo(400);
        realm.awaitEvent("IDENTITY_PROVIDER_POST_LOGIN_ERROR", BrokeredTabsIT::tellsOfAChangedUser);
        realm.assertNone("LOGIN");
    }

    /** The attacker has no passkey, so the condition skips the passkey step for the attacker. Grace has a passkey. */
    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aStepThatAConditionSkipsForOneUserIsNotSkippedForAnother() {
        Person malloryThere = provider.newPerson();
        Person mallory = withPassword(link(malloryThere));
        Person complete = withPasswordAndPasskey(grace, new SoftwareAuthenticator());
        provider.thenAsk(PASSWORD, PASSKEY_IF_ANY);
        realm.forgetEvents();
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn();
        Page password = client.submitPassword(client.click(signIn, "#social-" + provider.alias()), malloryThere);
        client.stopBefore("after-post-broker-login");
        Page passed = client.submit(password, "#kc-form-login", Map.of("password", mallory.password()));
        client.stopNowhere();
        client.forget(provider);
        Page there = signInThroughAfter(client, passed);
        Page passkey = client.submitPassword(there, provider.person());
        assertThat(passkey.ceremony()).isEqualTo("authentication");

        Page end = client.openWithCode(passkey, "/broker/after-post-broker-login");

        assertThat(end.status()).isEqualTo(400);
        realm.awaitEvent(
                "IDENTITY_PROVIDER_LOGIN_ERROR",
                event -> tellsOfAChangedUser(event)
                        && event.path("userId").asText().equals(complete.id()));
        realm.assertNone("LOGIN");
    }

    /** The provider's user is disabled, and Keycloak counts the failures of the earlier page for that user. */
    @Test
    @Shows(Threat.UNCOUNTED_GUESS)
    void aPasswordIsNotCheckedForAUsernameThatTheProviderReplaced() {
        realm.change(Map.of("failureFactor", 2));
        realm.change(grace, user -> user.put("enabled", false));
        realm.signInWith(NAME, BOTH);
        WebClient client = realm.newClient();
        Page first = client.openSignIn();
        Page both = client.submit(first, "#kc-form-login", Map.of("username", local.username()));
        Page there = signInThrough(client, both);
        client.submitPassword(there, provider.person());
        Page again = client.openInSameTab(first, "authenticate");

        Page end = client.submit(again, "#kc-form-login", Map.of("password", local.password()));

        assertThat(end.isBackAtApp()).isFalse();
        assertThat(end.error()).contains("Invalid username or password");
    }

    /** The guard sees the end of such a login only through the required action. */
    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aStepAfterTheProviderIsRefusedWhereTheRequiredActionIsDisabled() {
        provider.thenAsk(BOTH);
        realm.changeRequiredAction("enabled", false);
        realm.forgetEvents();
        WebClient client = realm.newClient();

        Page end = client.submitPassword(signInThrough(client, client.openSignIn()), provider.person());

        assertThat(end.status()).isEqualTo(400);
        assertThat(end.text()).contains("You can’t sign in this way at the moment");
        realm.awaitRefusal("IDENTITY_PROVIDER_POST_LOGIN_ERROR", "login-not-guarded");
        realm.assertNone("LOGIN");
    }

    private Page stopBeforeWhatFollows(WebClient client, Page page) {
        return signInAndStop(client, signInThrough(client, page));
    }

    /** Signs in at the provider and stops before the realm's own steps. */
    private Page signInAndStop(WebClient client, Page there) {
        client.stopBefore("post-broker-login");
        Page stopped = client.submitPassword(there, provider.person());
        client.stopNowhere();
        assertThat(stopped.uri().getPath()).endsWith("/post-broker-login");
        return stopped;
    }

    private Page signInThrough(WebClient client, Page page) {
        return client.openWithCode(page, "/broker/" + provider.alias() + "/login");
    }

    /** Signs in through the provider again, with the code that the tab received on the way to this address. */
    private Page signInThroughAfter(WebClient client, Page stopped) {
        return client.open(realm.page(
                "/broker/" + provider.alias() + "/login?" + stopped.uri().getRawQuery()));
    }

    private Person withPassword(Person person) {
        Person complete = new Person(person.id(), person.username(), "of " + person.username());
        realm.admin()
                .put(
                        "/users/" + person.id() + "/reset-password",
                        Map.of("type", "password", "value", complete.password(), "temporary", false));
        return complete;
    }

    private Person withPasswordAndPasskey(Person person, SoftwareAuthenticator authenticator) {
        Person complete = withPassword(person);
        realm.newClient().register(complete, authenticator);
        return complete;
    }

    private static void assertStartsAnew(Page page) {
        assertThat(page.isBackAtApp()).isFalse();
        assertThat(page.document().select("#username")).isNotEmpty();
        assertThat(page.document().select("#password")).isNotEmpty();
    }
}
