package io.tidemill.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemill.contract.testing.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Storage knows bytes, not jobs, and no framework. */
class ArchitectureTest {
    private static final String ROOT = "io.tidemill.storage";
    private static final JavaClasses CLASSES = HouseRules.classesOf(ROOT);

    static List<ArchRule> houseRules() {
        return List.of(
                HouseRules.NAMES_SAY_SOMETHING,
                HouseRules.NO_CONSOLE,
                HouseRules.NO_JAVA_UTIL_LOGGING,
                HouseRules.NO_MUTABLE_GLOBALS,
                HouseRules.noPackageCycles(ROOT));
    }

    @ParameterizedTest
    @MethodSource("houseRules")
    void theHouseRulesAreKept(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void storageNeedsTheJdkOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.tidemill.storage..", "java..", "org.jspecify..")
                .because(
                        "it serves both applications, whatever they are built on; hand in what it"
                                + " needs as a plain value or function")
                .check(CLASSES);
    }
}
