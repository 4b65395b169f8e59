package io.tidemill.contract.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemill.contract.testing.sample.Part;
import java.util.Optional;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HouseRulesTest {
    private static class ThingManager {}

    private static class InputData {
        private static final class Inner {}
    }

    private static class DataPage {}

    private static class Printing {
        void print() {
            System.out.println("hello");
        }
    }

    private static class Logging {
        void log() {
            Logger.getLogger("x").info("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ThingManager.class, InputData.class, InputData.Inner.class})
    void aNameThatFitsAnyClassIsRefused(Class<?> type) {
        assertBroken(HouseRules.NAMES_SAY_SOMETHING, type);
    }

    @ParameterizedTest
    @ValueSource(classes = {DataPage.class, Part.class, Optional.class})
    void aNameThatSaysSomethingIsTaken(Class<?> type) {
        assertKept(HouseRules.NAMES_SAY_SOMETHING, type);
    }

    @Test
    void printingIsRefused() {
        assertBroken(HouseRules.NO_CONSOLE, Printing.class);
        assertKept(HouseRules.NO_CONSOLE, Part.class);
    }

    @Test
    void javaUtilLoggingIsRefused() {
        assertBroken(HouseRules.NO_JAVA_UTIL_LOGGING, Logging.class);
        assertKept(HouseRules.NO_JAVA_UTIL_LOGGING, Part.class);
    }

    @Test
    void thisModuleKeepsTheRulesItself() {
        String root = "io.tidemill.contract.testing";
        var classes = HouseRules.classesOf(root);
        assertFalse(classes.isEmpty());
        HouseRules.NAMES_SAY_SOMETHING.check(classes);
        HouseRules.NO_MUTABLE_GLOBALS.check(classes);
        HouseRules.noPackageCycles(root).check(classes);
    }

    private static void assertBroken(ArchRule rule, Class<?> type) {
        assertTrue(rule.evaluate(new ClassFileImporter().importClasses(type)).hasViolation());
    }

    private static void assertKept(ArchRule rule, Class<?> type) {
        var result = rule.evaluate(new ClassFileImporter().importClasses(type));
        assertEquals("", String.join("\n", result.getFailureReport().getDetails()));
    }
}
