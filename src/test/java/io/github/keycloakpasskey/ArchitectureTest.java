package io.github.keycloakpasskey;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.time.Instant;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.sessions.CommonClientSessionModel;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/** The rules for packages, dependencies and visibility. */
@AnalyzeClasses(packages = "io.github.keycloakpasskey", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String STORED_CREDENTIALS = "..keycloak.credential..";

    /**
     * Methods that read or write stored credentials. The other methods only ask whether a credential exists or is
     * valid.
     */
    private static final String STORED_CREDENTIAL_METHOD = "(create|update|remove|get|move)\\w*Stored\\w*";

    @ArchTest
    static final ArchRule webauthnMetadataAndInspectDoNotDependOnKeycloak = noClasses()
            .that()
            .resideInAnyPackage(
                    "..keycloakpasskey.webauthn..", "..keycloakpasskey.metadata..", "..keycloakpasskey.inspect..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.keycloak..", "jakarta..", "..keycloakpasskey.keycloak..");

    @ArchTest
    static final ArchRule webauthnDoesNotDependOnMetadata = noClasses()
            .that()
            .resideInAPackage("..keycloakpasskey.webauthn..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..keycloakpasskey.metadata..", "com.webauthn4j.metadata..");

    @ArchTest
    static final ArchRule onlyWebauthnAndMetadataDependOnWebauthn4j = noClasses()
            .that()
            .resideOutsideOfPackages("..keycloakpasskey.webauthn.attestation..", "..keycloakpasskey.metadata..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.webauthn4j..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.github.keycloakpasskey.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCredentialPackageDependsOnStoredCredentials = noClasses()
            .that()
            .resideOutsideOfPackage(STORED_CREDENTIALS)
            .should(dependOnClassesThat(belongToAnyOf(
                    CredentialModel.class,
                    CredentialEntity.class,
                    FederatedUserCredentialEntity.class,
                    JpaConnectionProvider.class)))
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.persistence..");

    @ArchTest
    static final ArchRule onlyTheCredentialPackageReadsAndWritesStoredCredentials = noClasses()
            .that()
            .resideOutsideOfPackage(STORED_CREDENTIALS)
            .should(callMethodWhere(calls(SubjectCredentialManager.class, STORED_CREDENTIAL_METHOD)));

    /** A switch over an enum calls {@code ordinal()} in the bytecode. */
    @ArchTest
    static final ArchRule onlyRefusalDecidesWhatHappensAfterAFailure = noClasses()
            .that(DescribedPredicate.not(belongToAnyOf(Refusal.class, FailureReason.class, KeycloakReason.class)))
            .should(callMethodWhere(calls(FailureReason.class, "ordinal|values|valueOf")))
            .orShould(callMethodWhere(calls(KeycloakReason.class, "ordinal|values|valueOf")));

    /** Who may call whom, from the top. */
    @ArchTest
    static final ArchRule layersCallOnlyThoseBelow = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("admin")
            .definedBy("..keycloakpasskey.keycloak.admin..")
            .layer("flow")
            .definedBy("..keycloakpasskey.keycloak.flow..")
            .layer("requiredaction")
            .definedBy("..keycloakpasskey.keycloak.requiredaction..")
            .layer("page")
            .definedBy("..keycloakpasskey.keycloak.page..")
            .layer("ceremony")
            .definedBy("..keycloakpasskey.keycloak.ceremony..")
            .layer("login")
            .definedBy("..keycloakpasskey.keycloak.login..")
            .layer("credential")
            .definedBy("..keycloakpasskey.keycloak.credential..")
            .layer("settings")
            .definedBy("..keycloakpasskey.keycloak.settings..")
            .layer("server")
            .definedBy("..keycloakpasskey.keycloak.server..")
            .layer("metadata")
            .definedBy("..keycloakpasskey.metadata..")
            .layer("webauthn")
            .definedBy("..keycloakpasskey.webauthn..")
            .whereLayer("server")
            .mayNotAccessAnyLayer()
            .whereLayer("metadata")
            .mayOnlyBeAccessedByLayers("settings", "requiredaction")
            .whereLayer("webauthn")
            .mayNotAccessAnyLayer()
            .whereLayer("admin")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("flow")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("requiredaction")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("page")
            .mayOnlyBeAccessedByLayers("flow", "requiredaction")
            .whereLayer("ceremony")
            .mayOnlyBeAccessedByLayers("flow", "requiredaction", "page")
            .whereLayer("login")
            .mayOnlyBeAccessedByLayers("flow", "requiredaction", "page", "ceremony")
            .whereLayer("credential")
            .mayOnlyBeAccessedByLayers("admin", "flow", "requiredaction", "page", "ceremony", "login")
            .whereLayer("settings")
            .mayOnlyBeAccessedByLayers("admin", "flow", "requiredaction", "page", "ceremony", "login", "credential");

    @ArchTest
    static final ArchRule everyClassOfTheKeycloakHalfIsInALayer = classes()
            .that()
            .resideInAPackage("..keycloakpasskey.keycloak..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .resideInAnyPackage(
                    "..keycloakpasskey.keycloak.admin..",
                    "..keycloakpasskey.keycloak.flow..",
                    "..keycloakpasskey.keycloak.requiredaction..",
                    "..keycloakpasskey.keycloak.page..",
                    "..keycloakpasskey.keycloak.ceremony..",
                    "..keycloakpasskey.keycloak.login..",
                    "..keycloakpasskey.keycloak.credential..",
                    "..keycloakpasskey.keycloak.settings..",
                    "..keycloakpasskey.keycloak.server..");

    @ArchTest
    static final ArchRule everyStepIsGuarded = classes()
            .that()
            .areAssignableTo(AuthenticatorFactory.class)
            .and()
            .areNotAssignableTo(ConditionalAuthenticatorFactory.class)
            .should()
            .beAssignableTo("io.github.keycloakpasskey.keycloak.flow.PasskeyStepFactory");

    /** The package server sets a note of Keycloak's own where an older version lacks the method that sets it. */
    @ArchTest
    static final ArchRule onlyTheStateOfALoginReadsAndWritesNotes = noClasses()
            .that()
            .resideOutsideOfPackages("..keycloak.login..", "..keycloak.server..")
            .should(callMethodWhere(calls(CommonClientSessionModel.class, "(get|set|remove|clear)\\w*Notes?")));

    @ArchTest
    static final ArchRule theTimeComesFromAClock = noClasses()
            .should()
            .dependOnClassesThat(belongToAnyOf(Time.class))
            .orShould(callMethodWhere(calls(Instant.class, "now")))
            .orShould(callMethodWhere(calls(System.class, "currentTimeMillis")));

    @ArchTest
    static final ArchRule factoriesArePublicAndFinal = classes()
            .that()
            .areAssignableTo(ProviderFactory.class)
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule providersArePackagePrivate =
            classes().that(assignableTo(Provider.class)).should().bePackagePrivate();

    @ArchTest
    static final ArchRule noPackageHasACatchAllName = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..service..", "..services..");

    private static DescribedPredicate<JavaMethodCall> calls(Class<?> owner, String methodPattern) {
        return describe(
                owner.getSimpleName() + "." + methodPattern,
                call -> isOrInherits(call.getTargetOwner(), owner)
                        && call.getTarget().getName().matches(methodPattern));
    }

    private static boolean isOrInherits(JavaClass type, Class<?> ancestor) {
        return type.isAssignableTo(ancestor);
    }
}
