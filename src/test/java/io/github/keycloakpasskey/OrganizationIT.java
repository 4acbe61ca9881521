package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Keycloak's organization login asks for the username first. The passkey is offered on that page and on the next one,
 * and Keycloak's own organization features still work.
 */
@BrowserTest
class OrganizationIT {

    private static final Map<String, String> ANY_ORGANIZATION = Map.of("scope", "openid organization");

    /** Keycloak's page on which a user chooses an organization. */
    private static final String ORGANIZATIONS = "form.form-vertical";

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    /** Unique for each test. The organization's alias and e-mail domain are made from it. */
    private final String acme = "acme-" + UUID.randomUUID().toString().substring(0, 8);

    private TestRealm realm;
    private Person member;
    private Person memberWithoutPasskey;
    private Person stranger;
    private String organization;

    @BeforeEach
    void anOrganizationAndPeople(TestRealm realm) {
        this.realm = realm;
        member = personOf(acme);
        realm.newClient().register(member, authenticator);
        memberWithoutPasskey = personOf(acme);
        stranger = personOf("elsewhere");
        realm.change(Map.of("organizationsEnabled", true));
        organization = realm.newOrganization(acme, domain(acme), member, memberWithoutPasskey);
        signInAsKeycloakDoes(Step.alternative("passkey-organization"));
    }

    @Test
    void aPasskeySignsInWithoutAUsernameAndTheTokenNamesTheOrganization() {
        WebClient client = realm.newClient();
        Page page = client.openSignIn(ANY_ORGANIZATION);

        assertThat(page.document().select("#username").attr("autocomplete")).isEqualTo("username webauthn");
        assertThat(page.document().select("#passkey-form").attr("data-mediation"))
                .isEqualTo("conditional");
        assertThat(page.document().select("#password")).isEmpty();
        JsonNode token = client.idToken(client.signIn(page, authenticator));

        assertThat(token.path("sub").asText()).isEqualTo(member.id());
        assertThat(organizations(token)).containsExactly(acme);
        JsonNode details =
                realm.awaitEvent("LOGIN", OrganizationIT::isWithPasskey).path("details");
        assertThat(details.path("username").asText()).isEqualTo(member.username());
    }

    @Test
    void theOrganizationPageFollowsTheSettingsOfItsStep() {
        signInAsKeycloakDoes(Step.alternative("passkey-organization")
                .with(Map.of(
                        "mediation", "required", "hints", "hybrid##security-key", "button-text", "Use your badge")));

        Page page = realm.newClient().openSignIn();

        assertThat(page.has("#username")).isTrue();
        assertThat(page.option("hints")).extracting(JsonNode::asText).containsExactly("hybrid", "security-key");
        assertThat(page.document().select("#passkey-form").attr("data-mediation"))
                .isEqualTo("required");
        assertThat(page.document().select("#passkey-start").text()).isEqualTo("Use your badge");
    }

    @Test
    void aMembersPasskeyIsOfferedAfterTheAddress() {
        for (String next : List.of("passkey-username-password-form", "passkey-authenticator")) {
            signInAsKeycloakDoes(Step.alternative("passkey-organization"), next);
            WebClient client = realm.newClient();

            Page page = typeAddress(client, client.openSignIn(ANY_ORGANIZATION), address(member, acme));

            assertThat(page.document().select("#username")).isEmpty();
            assertThat(page.options()).contains(authenticator.newest().id());
            JsonNode token = client.idToken(client.signIn(page, authenticator));
            assertThat(token.path("sub").asText()).isEqualTo(member.id());
            assertThat(organizations(token)).containsExactly(acme);
        }
    }

    @Test
    void aMemberWithoutAPasskeySignsInWithThePassword() {
        WebClient client = realm.newClient();
        Page page = typeAddress(client, client.openSignIn(ANY_ORGANIZATION), address(memberWithoutPasskey, acme));

        Page backAtApp = client.submit(page, "#kc-form-login", Map.of("password", memberWithoutPasskey.password()));

        assertThat(organizations(client.idToken(backAtApp))).containsExactly(acme);
    }

    @Test
    void aUserOfAnotherDomainSignsInWithAPasskey() {
        SoftwareAuthenticator strangers = register(stranger);
        WebClient client = realm.newClient();
        Page page = typeAddress(client, client.openSignIn(ANY_ORGANIZATION), address(stranger, "elsewhere"));
        JsonNode token = client.idToken(client.signIn(page, strangers));
        assertThat(token.path("sub").asText()).isEqualTo(stranger.id());
        assertThat(organizations(token)).isEmpty();

        WebClient other = realm.newClient();
        JsonNode withoutName = other.idToken(other.signIn(other.openSignIn(ANY_ORGANIZATION), strangers));
        assertThat(withoutName.path("sub").asText()).isEqualTo(stranger.id());
        assertThat(organizations(withoutName)).isEmpty();
    }

    /** Keycloak itself reveals that the domain belongs to the organization and that the account does not exist. */
    @Test
    void anUnknownAddressOfTheDomainIsAskedForAgainAndAPasskeyIsOffered() {
        SoftwareAuthenticator strangers = register(stranger);
        WebClient client = realm.newClient();

        Page page = typeAddress(client, client.openSignIn(ANY_ORGANIZATION), "nobody@" + domain(acme));

        assertThat(page.error()).contains("Your email domain matches an organization");
        assertThat(page.document().select("#username").val()).isEqualTo("nobody@" + domain(acme));
        assertThat(page.document().select("#passkey-form").attr("data-mediation"))
                .isEqualTo("conditional");
        JsonNode token = client.idToken(client.signIn(page, strangers));
        assertThat(token.path("sub").asText()).isEqualTo(stranger.id());
        assertThat(organizations(token)).isEmpty();
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void addressesOutsideOrganizationsLookTheSameWithAndWithoutAnAccount() {
        register(stranger);
        Person withoutPasskey = personOf("elsewhere");
        for (String next : List.of("passkey-username-password-form", "passkey-authenticator")) {
            signInAsKeycloakDoes(Step.alternative("passkey-organization"), next);
            String unknown = shape("nobody@" + domain("elsewhere"));

            assertThat(shape(address(stranger, "elsewhere"))).isEqualTo(unknown);
            assertThat(shape(address(withoutPasskey, "elsewhere"))).isEqualTo(unknown);
        }
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void aWrongPasswordLooksTheSameForAddressesWithAndWithoutAnAccount() {
        register(stranger);
        Person withoutPasskey = personOf("elsewhere");
        String unknown = shapeAfterWrongPassword("nobody@" + domain("elsewhere"));

        assertThat(shapeAfterWrongPassword(address(stranger, "elsewhere"))).isEqualTo(unknown);
        assertThat(shapeAfterWrongPassword(address(withoutPasskey, "elsewhere")))
                .isEqualTo(unknown);
    }

    @Test
    void aKnownUserWithoutAPasskeyIsNotOfferedOne() {
        WebClient client = realm.newClient();
        Page password = typeAddress(client, client.openSignIn(), address(memberWithoutPasskey, acme));
        assertThat(client.submit(password, "#kc-form-login", Map.of("password", memberWithoutPasskey.password()))
                        .isBackAtApp())
                .isTrue();

        Page page = client.openSignIn(Map.of("prompt", "login"));

        assertThat(page.document().select("#password")).hasSize(1);
        assertThat(page.hasPasskeyForm()).isFalse();
    }

    @Test
    @Shows(Threat.LOCK_OUT)
    void refusedPasskeysKeepTheOrganizationPageAndAreNotCounted() {
        WebClient client = realm.newClient();
        Page first = client.openSignIn(ANY_ORGANIZATION);
        Page page = first;
        for (int i = 0; i < 5; i++) {
            String answer = authenticator
                    .authenticate(page.options(), realm.origin())
                    .signature(RefusedCeremoniesIT::flipLastBit)
                    .json();
            Page next = client.submitPasskey(page, answer);
            RefusedCeremoniesIT.assertShownAgain(page, next);
            assertThat(next.document().select("#username")).hasSize(1);
            page = next;
        }
        Page cancelled = client.submit(page, "#passkey-form", Map.of("passkeyError", "NotAllowedError"));
        RefusedCeremoniesIT.assertShownAgain(page, cancelled);

        realm.awaitRefusal("LOGIN_ERROR", "signature-invalid");
        realm.assertFailuresCounted(member, 0);
        assertThat(organizations(client.idToken(client.signIn(cancelled, authenticator))))
                .containsExactly(acme);
    }

    @Test
    @Shows(Threat.REPLAY)
    void aPostWithoutAChallengeIsRefusedOnThePageOfAnUnknownAddress() {
        WebClient client = realm.newClient();
        Page page = typeAddress(client, client.openSignIn(), "nobody@" + domain(acme));
        String answer =
                authenticator.authenticate(page.options(), realm.origin()).json();
        client.submitPasskey(page, "no answer");

        Page replayed = client.submitPasskey(page, answer);

        RefusedCeremoniesIT.assertShownAgain(page, replayed);
        assertThat(client.signIn(replayed, authenticator).isBackAtApp()).isTrue();
    }

    @Test
    void aMemberOfSeveralOrganizationsChoosesOne() {
        String other = "other-" + acme;
        realm.newOrganization(other, domain(other), member);
        WebClient client = realm.newClient();

        Page choice = client.signIn(client.openSignIn(ANY_ORGANIZATION), authenticator);
        assertThat(choice.document().select("[name='kc.org']")).hasSize(2);
        Page backAtApp = client.submit(choice, ORGANIZATIONS, Map.of("kc.org", other));

        assertThat(organizations(client.idToken(backAtApp))).containsExactly(other);
    }

    @Test
    void aMemberCanSwitchTheOrganizationAndThenUseThePasskey() {
        String other = "other-" + acme;
        realm.newOrganization(other, domain(other), member);
        WebClient client = realm.newClient();
        Page choice = typeAddress(client, client.openSignIn(ANY_ORGANIZATION), member.username());
        Page password = client.submit(choice, ORGANIZATIONS, Map.of("kc.org", acme));
        assertThat(password.document().select("#password")).hasSize(1);

        Page again = client.submit(password, "#kc-switch-organization-form", Map.of("switchOrganization", "true"));
        Page page = client.submit(again, ORGANIZATIONS, Map.of("kc.org", other));

        assertThat(page.options()).contains(authenticator.newest().id());
        assertThat(organizations(client.idToken(client.signIn(page, authenticator))))
                .containsExactly(other);
    }

    @Test
    void anAppCanRequestASpecificOrganization() {
        WebClient client = realm.newClient();
        Map<String, String> thisOrganization = Map.of("scope", "openid organization:" + acme);

        Page page = client.openSignIn(thisOrganization);
        RefusedCeremoniesIT.assertShownAgain(page, client.submitPasskey(page, "no answer"));
        Page again = client.openSignIn(thisOrganization);

        assertThat(organizations(client.idToken(client.signIn(again, authenticator))))
                .containsExactly(acme);
    }

    @Test
    void aPasskeyDoesNotReplaceRequiredMembership() {
        SoftwareAuthenticator strangers = register(stranger);
        signInAsKeycloakDoes(Step.alternative("passkey-organization").with(Map.of("requiresUserMembership", "true")));
        WebClient client = realm.newClient();
        Page page = client.openSignIn();

        Page refused = client.signIn(page, strangers);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("not a member");
        Page reloaded = client.reload(page);
        assertThat(reloaded.isBackAtApp()).isFalse();
        assertThat(client.signIn(reloaded, authenticator).isBackAtApp()).isTrue();
        realm.assertFailuresCounted(stranger, 0);
    }

    /** Keycloak's own step continues with the password, because it already knows a user. */
    @Test
    void aNonMemberRefusedAfterTheUsernameStartsAgain() {
        signInAsKeycloakDoes(Step.alternative("passkey-organization").with(Map.of("requiresUserMembership", "true")));
        WebClient client = realm.newClient();
        Page page = client.openSignIn();

        Page refused = typeAddress(client, page, address(stranger, "elsewhere"));

        assertThat(refused.status()).isEqualTo(403);
        Page reloaded = client.reload(page);
        assertThat(reloaded.document().select("#username")).hasSize(1);
        assertThat(reloaded.document().select("#password")).isEmpty();
    }

    @Test
    void addressesOfTheOrganizationAreStillSentToItsIdentityProvider() {
        realm.newIdentityProvider(Map.of(
                "alias",
                acme,
                "providerId",
                "oidc",
                "config",
                Map.of(
                        "authorizationUrl",
                        realm.page("/.well-known/openid-configuration").toString(),
                        "tokenUrl",
                        realm.page("/protocol/openid-connect/token").toString(),
                        "clientId",
                        "broker",
                        "clientSecret",
                        "secret",
                        "kc.org.domain",
                        domain(acme),
                        "kc.org.broker.redirect.mode.email-matches",
                        "true")));
        realm.admin().post("/organizations/" + organization + "/identity-providers", acme);
        WebClient client = realm.newClient();

        Page atTheProvider = typeAddress(client, client.openSignIn(), "nobody@" + domain(acme));

        assertThat(atTheProvider.uri().getPath()).endsWith("openid-configuration");
        WebClient other = realm.newClient();
        assertThat(other.signIn(other.openSignIn(), authenticator).isBackAtApp())
                .isTrue();
    }

    @Test
    void aLoginHintLeadsToThePasskeyOfThatUser() {
        WebClient client = realm.newClient();

        Page page = client.openSignIn(Map.of("login_hint", address(member, acme), "scope", "openid organization"));

        assertThat(page.document().select("#username")).isEmpty();
        assertThat(page.options()).contains(authenticator.newest().id());
        assertThat(organizations(client.idToken(client.signIn(page, authenticator))))
                .containsExactly(acme);
    }

    @Test
    void promptLoginAsksASignedInMemberForThePasskey() {
        WebClient client = realm.newClient();
        assertThat(client.signIn(client.openSignIn(), authenticator).isBackAtApp())
                .isTrue();

        Page page = client.openSignIn(Map.of("prompt", "login", "scope", "openid organization"));

        assertThat(page.options()).contains(authenticator.newest().id());
        assertThat(organizations(client.idToken(client.signIn(page, authenticator))))
                .containsExactly(acme);
    }

    @Test
    void rememberMeIsKeptWhenAPasskeySignsInOnTheOrganizationPage() {
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        String answer =
                authenticator.authenticate(page.options(), realm.origin()).json();

        Page backAtApp = client.submit(page, "#passkey-form", Map.of("passkeyResponse", answer, "rememberMe", "on"));

        assertThat(backAtApp.isBackAtApp()).isTrue();
        assertThat(realm.awaitEvent("LOGIN", OrganizationIT::isWithPasskey)
                        .path("details")
                        .path("remember_me")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void theStepIsSkippedWhenOrganizationsAreDisabled() {
        realm.change(Map.of("organizationsEnabled", false));
        WebClient client = realm.newClient();

        Page page = client.openSignIn();

        assertThat(page.document().select("#password")).hasSize(1);
        assertThat(client.signIn(page, authenticator).isBackAtApp()).isTrue();
    }

    @Test
    void inABrowserAMemberSignsInByAutofillByButtonAndAfterTheAddress(TestBrowser browser) {
        Person person = personOf(acme);
        realm.admin().post("/organizations/" + organization + "/members", person.id());
        browser.openSignIn(realm, Map.of("kc_action", "passkey-register"));
        browser.page().fill("#username", address(person, acme));
        browser.page().click("#kc-login");
        browser.page().fill("#password", person.password());
        browser.page().click("#kc-login");
        browser.usePasskey();
        browser.awaitBackAtApp(realm);

        // Autofill: the browser offers the passkey in the field, and this authenticator answers immediately.
        browser.forgetSessions();
        browser.authenticator().answering(true);
        browser.openSignIn(realm, Map.of());
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        browser.authenticator().answering(false);

        browser.forgetSessions();
        browser.openSignIn(realm, Map.of());
        assertThat(browser.page().locator("#username")).hasAttribute("autocomplete", "username webauthn");
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());

        browser.forgetSessions();
        browser.openSignIn(realm, Map.of());
        browser.page().fill("#username", address(person, acme));
        browser.page().click("#kc-login");
        assertThat(browser.page().locator("#password")).isVisible();
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        assertThat(browser.authenticator().asserted()).hasSize(3);
    }

    /** The browser flow of a new realm, with steps of this extension in two places. */
    private void signInAsKeycloakDoes(Step organizationStep) {
        signInAsKeycloakDoes(organizationStep, "passkey-username-password-form");
    }

    private void signInAsKeycloakDoes(Step organizationStep, String next) {
        realm.signInWith(
                Step.alternative("auth-cookie"),
                Step.alternative(Step.conditional(Step.required("conditional-user-configured"), organizationStep)),
                Step.alternative(Step.required(next)));
    }

    private Person personOf(String company) {
        Person person = realm.newPerson();
        realm.change(person, user -> user.put("email", address(person, company)));
        return person;
    }

    private SoftwareAuthenticator register(Person person) {
        SoftwareAuthenticator made = new SoftwareAuthenticator();
        WebClient client = realm.newClient();
        Page password =
                typeAddress(client, client.openSignIn(Map.of("kc_action", "passkey-register")), person.username());
        Page page = client.submit(password, "#kc-form-login", Map.of("password", person.password()));
        String answer = made.register(page.options(), realm.origin()).json();
        assertThat(client.submitPasskey(page, answer).isBackAtApp()).isTrue();
        return made;
    }

    private static Page typeAddress(WebClient client, Page page, String address) {
        return client.submit(page, "#kc-form-login", Map.of("username", address));
    }

    private String shape(String address) {
        WebClient client = realm.newClient();
        return typeAddress(client, client.openSignIn(), address).shape(address);
    }

    private String shapeAfterWrongPassword(String address) {
        WebClient client = realm.newClient();
        Page password = typeAddress(client, client.openSignIn(), address);
        Page next = client.submit(password, "#kc-form-login", Map.of("password", "a guess"));
        assertThat(next.error()).isNotBlank();
        return next.shape(address);
    }

    private static String domain(String company) {
        return company + ".example";
    }

    private static String address(Person person, String company) {
        return person.username() + "@" + domain(company);
    }

    private static List<String> organizations(JsonNode token) {
        return StreamSupport.stream(token.path("organization").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static boolean isWithPasskey(JsonNode event) {
        return event.path("details").path("credential_type").asText().equals("passkey");
    }
}
