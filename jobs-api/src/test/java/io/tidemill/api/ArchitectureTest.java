package io.tidemill.api;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemill.api.catalogue.PipelineCatalogue;
import io.tidemill.api.schema.JsonSchemas;
import io.tidemill.contract.testing.HouseRules;
import io.tidemill.contract.testing.NativeRules;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom in jobs-api: features → store and dispatch → lifecycle → job-contract. */
class ArchitectureTest {
    private static final String ROOT = "io.tidemill.api";
    private static final String FEATURES =
            "(job|file|upload|catalogue|webhook|stream|admin|scaling)";
    private static final String[] FEATURE_PACKAGES = {
        "..api.job..",
        "..api.file..",
        "..api.upload..",
        "..api.catalogue..",
        "..api.webhook..",
        "..api.stream..",
        "..api.admin..",
        "..api.scaling.."
    };
    private static final DescribedPredicate<JavaClass> DATABASE =
            resideInAnyPackage(
                    "io.vertx.sqlclient..",
                    "io.vertx.pgclient..",
                    "io.vertx.mutiny.sqlclient..",
                    "io.vertx.mutiny.pgclient..",
                    "org.hibernate..",
                    "io.quarkus.hibernate..",
                    "jakarta.persistence..",
                    "java.sql..",
                    "javax.sql..");
    private static final DescribedPredicate<JavaClass> DATABASE_FAILURE =
            type(PgException.class)
                    .or(type(ClosedConnectionException.class))
                    .or(type(SQLException.class));
    private static final JavaClasses CLASSES = HouseRules.classesOf(ROOT);

    static List<ArchRule> houseRules() {
        return HouseRules.all(ROOT);
    }

    @ParameterizedTest
    @MethodSource("houseRules")
    void theHouseRulesAreKept(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void theCodeIsReadyToBeCompiledToANativeExecutable() {
        check(NativeRules.NO_REFLECTION);
        check(NativeRules.resourcesAreReadBy(JsonSchemas.class, PipelineCatalogue.class));
        check(NativeRules.nothingOfTheMachineIsKept("no.package.of.this.service"));
    }

    @Test
    void nothingIsPrinted() {
        HouseRules.NO_CONSOLE.allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void featuresDoNotKnowEachOther() {
        check(
                slices().matching("io.tidemill.api." + FEATURES + "..")
                        .should()
                        .notDependOnEachOther()
                        .because(
                                "a feature must be understood, and removed, alone; move what two of"
                                        + " them share into store, plan or a package of its own"));
    }

    @Test
    void nothingBelowTheFeaturesKnowsThem() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.tidemill.api..")
                        .and()
                        .resideOutsideOfPackages(FEATURE_PACKAGES)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(FEATURE_PACKAGES)
                        .because(
                                "features call down, never the other way; let the feature hand in a"
                                        + " function, or observe an event"));
    }

    @Test
    void theStoreKnowsNeitherDispatchNorTimersNorEvents() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("..api.store..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "..api.dispatch..",
                                "..api.event..",
                                "..api.rescue..",
                                "..api.prune..",
                                "..api.schedule..",
                                "..api.reconcile..",
                                "..api.deadletter..",
                                "..api.overload..",
                                "..api.pace..",
                                "..api.sample..",
                                "..api.change..")
                        .because(
                                "the store answers questions and keeps truths, it starts nothing;"
                                        + " let the caller do what follows after the commit"));
    }

    @Test
    void theLifecycleKnowsNoFramework() {
        assertPure(
                "every state and signal is tried in pure tests",
                "..api.lifecycle..",
                "io.tidemill.contract..");
    }

    @Test
    void estimatesKnowNoFramework() {
        assertPure(
                "what follows from which measurement is tried in pure tests",
                "..api.estimate..",
                "..api.lifecycle..");
    }

    @Test
    void thePolicyKnowsNoFramework() {
        assertPure("who goes first is tried and simulated in pure tests", "..api.policy..");
    }

    @Test
    void theRulesOfDeliveryKnowNoFramework() {
        assertPure(
                "what may be connected to, and how it is signed, is tried in pure tests",
                "..api.delivery..",
                "javax.crypto..");
    }

    private static void assertPure(String because, String... packages) {
        String[] known = Arrays.copyOf(packages, packages.length + 2);
        known[packages.length] = "java..";
        known[packages.length + 1] = "org.jspecify..";
        check(
                classes()
                        .that()
                        .resideInAPackage(packages[0])
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(known)
                        .because(
                                because
                                        + "; keep frameworks and clocks outside and pass in values"));
    }

    /** Others may only recognise its failures, so that an outage is told from a defect. */
    @Test
    void onlyTheStoreTalksToPostgresql() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..api.store..")
                        .should()
                        .dependOnClassesThat(DATABASE.and(not(DATABASE_FAILURE)))
                        .because(
                                "all SQL lies in one place; give the store a method that says what"
                                        + " you want to know or keep"));
    }

    @Test
    void nobodyWaitsForPostgresqlWithoutEnd() {
        check(
                noClasses()
                        .that()
                        .doNotHaveSimpleName("Database")
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("io.vertx.mutiny.sqlclient.Pool")
                        .because(
                                "the pool waits for ever on a frozen server; ask store.Database,"
                                        + " which gives up in time"));
    }

    @Test
    void onlyDispatchSendsTasks() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..api.dispatch..")
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("io.tidemill.contract.RunTasks")
                        .because(
                                "an attempt is counted before its message leaves; queue the task in"
                                        + " the store and nudge the dispatcher"));
    }

    @Test
    void dtosArePlain() {
        check(
                classes()
                        .that()
                        .resideInAPackage("..api.dto..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "..api.dto..",
                                "..api.estimate..",
                                "..api.lifecycle..",
                                "java..",
                                "org.jspecify..",
                                "com.fasterxml.jackson.annotation..",
                                "io.quarkus.runtime.annotations..")
                        .because(
                                "they are the contract in Java and nothing else, states being those"
                                        + " of the lifecycle and the estimates; map them where they are used"));
    }

    @Test
    void httpIsAnsweredByResources() {
        check(
                classes()
                        .that()
                        .areAnnotatedWith("jakarta.ws.rs.Path")
                        .should()
                        .haveSimpleNameEndingWith("Resource")
                        .andShould()
                        .resideInAnyPackage(FEATURE_PACKAGES)
                        .because("that is where a reader looks; move the call into its feature"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
