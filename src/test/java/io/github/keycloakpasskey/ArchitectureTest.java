package io.github.keycloakpasskey;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.webauthn.FailureReason;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/** The rules by which the code is laid out. */
@AnalyzeClasses(packages = "io.github.keycloakpasskey", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String STORED_CREDENTIALS = "..keycloak.credential..";

    /** Methods that read or write stored credentials; the others only ask whether there is one or whether it fits. */
    private static final String STORED_CREDENTIAL_METHOD = "(create|update|remove|get|move)\\w*Stored\\w*";

    @ArchTest
    static final ArchRule whatWebAuthnDemandsKnowsNothingOfKeycloak = noClasses()
            .that()
            .resideInAnyPackage(
                    "..keycloakpasskey.webauthn..", "..keycloakpasskey.metadata..", "..keycloakpasskey.inspect..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.keycloak..", "jakarta..", "..keycloakpasskey.keycloak..");

    @ArchTest
    static final ArchRule whatWebAuthnDemandsKnowsNothingOfMetadata = noClasses()
            .that()
            .resideInAPackage("..keycloakpasskey.webauthn..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..keycloakpasskey.metadata..", "com.webauthn4j.metadata..");

    @ArchTest
    static final ArchRule webauthn4jIsBehindOneSeam = noClasses()
            .that()
            .resideOutsideOfPackages("..keycloakpasskey.webauthn.attestation..", "..keycloakpasskey.metadata..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.webauthn4j..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.github.keycloakpasskey.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCredentialPackageKnowsStoredCredentials = noClasses()
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
    static final ArchRule onePlaceDecidesWhatBecomesOfAFailure = noClasses()
            .that(DescribedPredicate.not(belongToAnyOf(Refusal.class, FailureReason.class)))
            .should(callMethodWhere(calls(FailureReason.class, "ordinal|values|valueOf")));

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
    static final ArchRule noPackageIsADrawerForAnything = noClasses()
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
