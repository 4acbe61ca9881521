package io.github.keycloakpasskey.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.keycloak.credential.AccountState;
import io.github.keycloakpasskey.keycloak.credential.NotStored;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.login.StandingProofTest.Account.Change;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.testbed.LinkToken;
import io.github.keycloakpasskey.testbed.Stub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionToken;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;

class StandingProofTest {

    private static final String ALICE = "alice";
    private static final String IMPERSONATED = "impersonated";
    private static final String PASSWORD_STEP = "auth-username-password-form";
    private static final Instant SIGN_IN = Instant.ofEpochSecond(1764590400);
    private static final Duration LOGIN_LIFESPAN = Duration.ofMinutes(30);

    private final Map<String, String> notes = new HashMap<>();
    private final List<ExecutedStep> steps = new ArrayList<>();
    private final Account account = new Account();
    private Instant now = SIGN_IN;

    @Test
    void aProofStandsAsLongAsNothingChanges() {
        signInByPassword();
        now = SIGN_IN.plus(LOGIN_LIFESPAN);

        assertThat(proof().loss()).isEmpty();
        assertThat(refusal()).isEmpty();
    }

    @Test
    void aLoginThatKeptNoProofCreatesNoPasskey() {
        assertThat(proof().loss()).contains(ProofLoss.NONE_GIVEN);
        assertThat(refusal()).contains(NotStored.PROOF_LOST);
    }

    @Test
    void aProofOfAnotherUserDoesNotCount() {
        signInByPassword();
        account.id = "mallory";

        assertThat(proof().loss()).contains(ProofLoss.NONE_GIVEN);
    }

    @ParameterizedTest
    @EnumSource
    void afterASignInByPasswordThisEndsTheProof(Change change) {
        signInByPassword();

        account.apply(change);

        assertThat(proof().loss()).isEqualTo(change.loss);
        assertThat(refusal().isPresent()).isEqualTo(change.loss.isPresent());
    }

    @Test
    void aProofIsTooOldAfterTheLifespanOfALoginHoweverOftenThePageIsReloaded() {
        signInByPassword();
        now = SIGN_IN.plus(LOGIN_LIFESPAN).minusSeconds(1);
        proof().keep();
        now = SIGN_IN.plus(LOGIN_LIFESPAN).plusSeconds(1);
        proof().keep();

        assertThat(proof().loss()).contains(ProofLoss.TOO_OLD);
        assertThat(refusal()).contains(NotStored.PROOF_LOST);
    }

    @Test
    void aDisabledAccountGetsNoPasskey() {
        signInByPassword();
        account.enabled = false;

        assertThat(refusal()).contains(NotStored.USER_GONE);
    }

    @Test
    void aDisabledActionStoresNoPasskey() {
        signInByPassword();
        account.actionEnabled = false;

        assertThat(refusal()).contains(NotStored.ACTION_DISABLED);
    }

    @Test
    void aSignOutEverywhereInTheSecondOfTheSignInIsOlder() {
        signInByPassword();
        account.notBefore = (int) SIGN_IN.getEpochSecond();

        assertThat(proof().loss()).isEmpty();
    }

    @Test
    void theRealmsSignOutEverywhereEndsTheProofToo() {
        signInByPassword();
        account.realmNotBefore = (int) SIGN_IN.getEpochSecond() + 1;

        assertThat(proof().loss()).contains(ProofLoss.SIGNED_OUT);
    }

    @Test
    void thePasskeyOfTheSignInIsItsProofAndNoOther() {
        account.put("used", PasskeyIds.CREDENTIAL_TYPE, 1);
        account.put("other", PasskeyIds.CREDENTIAL_TYPE, 1);
        signInByPasskey("used");

        account.credentials.remove("other");
        assertThat(proof().loss()).isEmpty();

        account.credentials.remove("used");
        assertThat(proof().loss()).contains(ProofLoss.CREDENTIAL_CHANGED);
        assertThat(proof().lossAtEnd()).contains(ProofLoss.CREDENTIAL_CHANGED);
    }

    @Test
    void aPasskeyThatWasDeletedBeforeTheLastStepIsFoundMissing() {
        signInByPasskey("deleted");

        assertThat(proof().lossAtEnd()).contains(ProofLoss.CREDENTIAL_CHANGED);
    }

    @Test
    void aSignOutEverywhereBetweenThePasskeyAndTheLastStepCounts() {
        account.put("used", PasskeyIds.CREDENTIAL_TYPE, 1);
        now = SIGN_IN.plusSeconds(60);
        account.notBefore = (int) SIGN_IN.getEpochSecond() + 30;
        signInByPasskey("used");

        assertThat(proof().lossAtEnd()).contains(ProofLoss.SIGNED_OUT);
    }

    @Test
    void theEndOfALoginWithoutPasskeysIsKeycloaksAlone() {
        signInByPassword();
        account.apply(Change.PASSWORD_REPLACED);

        assertThat(proof().lossAtEnd()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LinkKind.class)
    void anEmailedLinkCountsAsLongAsTheAddressIsTheUsers(LinkKind kind) {
        notes.put(Constants.KEY, LinkToken.of(kind.action, ALICE));
        proof().keep();
        assertThat(proof().loss()).isEmpty();

        account.email = "Ada@Example.com";
        assertThat(proof().loss()).isEmpty();

        account.email = "mallory@example.com";
        assertThat(proof().loss()).contains(ProofLoss.EMAIL_CHANGED);
    }

    @Test
    void aLinkIsAsOldAsItsEmail() {
        notes.put(Constants.KEY, LinkToken.of(ResetCredentialsActionToken.TOKEN_TYPE, ALICE));
        now = SIGN_IN.plusSeconds(600);
        account.notBefore = (int) SIGN_IN.getEpochSecond() + 300;
        proof().keep();

        assertThat(proof().loss()).contains(ProofLoss.SIGNED_OUT);
    }

    @Test
    void anIdentityProviderCountsAsLongAsItIsLinked() {
        notes.put(Details.IDENTITY_PROVIDER, "provider");
        account.linked = true;
        proof().keep();
        assertThat(proof().loss()).isEmpty();

        account.linked = false;
        assertThat(proof().loss()).contains(ProofLoss.PROVIDER_UNLINKED);
    }

    @Test
    void aSessionThatHasEndedIsNoProof() {
        LoginState.of(notes, steps)
                .keep(ProofSnapshot.of(ALICE, SIGN_IN.getEpochSecond()).withSession("ended"));

        assertThat(proof().loss()).contains(ProofLoss.SESSION_ENDED);
    }

    @Test
    void aSessionOfAnAdministratorWhoImpersonatesTheUserIsNoProof() {
        LoginState.of(notes, steps)
                .keep(ProofSnapshot.of(ALICE, SIGN_IN.getEpochSecond()).withSession(IMPERSONATED));

        assertThat(proof().loss()).contains(ProofLoss.IMPERSONATED);
        assertThat(refusal()).contains(NotStored.PROOF_LOST);
    }

    @Test
    void aPasskeyThatTheLoginHasCreatedReplacesItsProof() {
        signInByPassword();
        account.put("new", PasskeyIds.CREDENTIAL_TYPE, 5);
        account.notBefore = (int) SIGN_IN.getEpochSecond() + 60;
        now = SIGN_IN.plusSeconds(60);

        proof().renew(new Passkey(
                account.user(), PasskeyType.PASSKEY, "new", null, Optional.of(Instant.ofEpochMilli(5)), null));
        account.apply(Change.PASSWORD_REPLACED);
        assertThat(proof().lossAtEnd()).isEmpty();

        account.credentials.remove("new");
        assertThat(proof().lossAtEnd()).contains(ProofLoss.CREDENTIAL_CHANGED);
    }

    @Test
    void aPasswordThatTheLoginItselfReplacedCounts() {
        signInByPassword();
        account.apply(Change.PASSWORD_REPLACED);

        proof().acceptReplaced("password");

        assertThat(proof().loss()).isEmpty();
    }

    @Test
    void aPasswordThatAnotherLoginReplacedDoesNotCountAfterAChangeOfAnotherType() {
        signInByPassword();
        account.apply(Change.PASSWORD_REPLACED);
        account.put("code", "otp", 7);

        proof().acceptReplaced("otp");

        assertThat(proof().loss()).contains(ProofLoss.CREDENTIAL_CHANGED);
    }

    @Test
    void aCredentialThatTheLoginItselfRemovedIsNotMissed() {
        account.put("used", PasskeyIds.CREDENTIAL_TYPE, 1);
        signInByPasskey("used");
        account.credentials.remove("used");

        proof().acceptRemoved("used");

        assertThat(proof().lossAtEnd()).isEmpty();
    }

    @Test
    void anAddressThatTheLoginItselfChangedCounts() {
        notes.put(Constants.KEY, LinkToken.of(ExecuteActionsActionToken.TOKEN_TYPE, ALICE));
        proof().keep();
        account.email = "new@example.com";

        proof().acceptEmail();

        assertThat(proof().loss()).isEmpty();
    }

    /** The links that lead to required actions. */
    enum LinkKind {
        RECOVERY(ResetCredentialsActionToken.TOKEN_TYPE),
        ADMINISTRATORS(ExecuteActionsActionToken.TOKEN_TYPE);

        private final String action;

        LinkKind(String action) {
            this.action = action;
        }
    }

    private void signInByPassword() {
        steps.add(new ExecutedStep(PASSWORD_STEP, "browser", true));
        proof().keep();
    }

    private void signInByPasskey(String id) {
        LoginState.of(notes, steps)
                .complete(new CompletedPasskey(ALICE, id, SIGN_IN.getEpochSecond(), "step", true, Map.of()));
        proof().keep();
    }

    private StandingProof proof() {
        return new StandingProof(
                account.session(), LoginState.of(notes, steps), account.user(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Optional<NotStored> refusal() {
        KeycloakSession session = account.session();
        return proof().condition().refusal(session, AccountState.of(session, account.user()));
    }

    /** An account of a test, which others can change. */
    static final class Account {

        private String id = ALICE;
        private boolean enabled = true;
        private String email = "ada@example.com";
        private int notBefore;
        private int realmNotBefore;
        private boolean linked;
        private boolean actionEnabled = true;
        private final Map<String, CredentialModel> credentials = new LinkedHashMap<>();

        Account() {
            put("password", "password", 1);
            put("code", "otp", 1);
        }

        /** What can happen to an account while a page is open. */
        enum Change {
            ACCOUNT_DISABLED(ProofLoss.ACCOUNT_DISABLED),
            SIGNED_OUT_EVERYWHERE(ProofLoss.SIGNED_OUT),
            PASSWORD_REPLACED(ProofLoss.CREDENTIAL_CHANGED),
            PASSWORD_DELETED(ProofLoss.CREDENTIAL_CHANGED),
            OTHER_CREDENTIAL_DELETED(null),
            OTHER_CREDENTIAL_ADDED(null),
            EMAIL_CHANGED(null);

            private final Optional<ProofLoss> loss;

            Change(ProofLoss loss) {
                this.loss = Optional.ofNullable(loss);
            }
        }

        void apply(Change change) {
            switch (change) {
                case ACCOUNT_DISABLED -> enabled = false;
                case SIGNED_OUT_EVERYWHERE -> notBefore = (int) SIGN_IN.getEpochSecond() + 1;
                case PASSWORD_REPLACED -> put("password", "password", 2);
                case PASSWORD_DELETED -> credentials.remove("password");
                case OTHER_CREDENTIAL_DELETED -> credentials.remove("code");
                case OTHER_CREDENTIAL_ADDED -> put("new", PasskeyIds.CREDENTIAL_TYPE, 2);
                case EMAIL_CHANGED -> email = "new@example.com";
            }
        }

        void put(String credential, String type, long created) {
            CredentialModel model = new CredentialModel();
            model.setId(credential);
            model.setType(type);
            model.setCreatedDate(created);
            credentials.put(credential, model);
        }

        UserModel user() {
            SubjectCredentialManager manager = Stub.of(
                    SubjectCredentialManager.class,
                    Map.of("getStoredCredentialsStream", arguments -> credentials.values().stream()));
            Map<String, Stub.Answer> answers = new HashMap<>();
            answers.put("getId", arguments -> id);
            answers.put("isEnabled", arguments -> enabled);
            answers.put("getEmail", arguments -> email);
            answers.put("credentialManager", arguments -> manager);
            return Stub.of(UserModel.class, answers);
        }

        KeycloakSession session() {
            Stub.Answer lifespan = arguments -> (int) LOGIN_LIFESPAN.toSeconds();
            RequiredActionProviderModel action = new RequiredActionProviderModel();
            action.setEnabled(actionEnabled);
            RealmModel realm = Stub.of(
                    RealmModel.class,
                    Map.of(
                            "getAccessCodeLifespanLogin", lifespan,
                            "getAccessCodeLifespanUserAction", lifespan,
                            "getAccessCodeLifespan", lifespan,
                            "getNotBefore", arguments -> realmNotBefore,
                            "getRequiredActionProviderByAlias", arguments -> action));
            UserProvider users = Stub.of(
                    UserProvider.class,
                    Map.of(
                            "getNotBeforeOfUser", arguments -> notBefore,
                            "getFederatedIdentity",
                                    arguments -> linked ? new FederatedIdentityModel("provider", "1", "ada") : null));
            AuthenticatorFactory passwordStep =
                    Stub.of(AuthenticatorFactory.class, Map.of("getReferenceCategory", arguments -> "password"));
            KeycloakSessionFactory factories = Stub.of(
                    KeycloakSessionFactory.class,
                    Map.of(
                            "getProviderFactory",
                            arguments -> Stream.of(arguments).anyMatch(PASSWORD_STEP::equals) ? passwordStep : null));
            UserSessionModel impersonated =
                    Stub.of(UserSessionModel.class, Map.of("getNote", arguments -> "administrator"));
            UserSessionProvider sessions = Stub.of(
                    UserSessionProvider.class,
                    Map.of("getUserSession", arguments -> arguments[1].equals(IMPERSONATED) ? impersonated : null));
            KeycloakContext context = Stub.of(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
            return Stub.of(
                    KeycloakSession.class,
                    Map.of(
                            "getContext", arguments -> context,
                            "users", arguments -> users,
                            "sessions", arguments -> sessions,
                            "setAttribute", arguments -> null,
                            "getAttribute", arguments -> null,
                            "getKeycloakSessionFactory", arguments -> factories));
        }
    }
}
