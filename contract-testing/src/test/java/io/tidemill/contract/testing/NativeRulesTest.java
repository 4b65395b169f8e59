package io.tidemill.contract.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemill.contract.testing.sample.Part;
import java.io.InputStream;
import java.util.ServiceLoader;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NativeRulesTest {
    private static final String NOWHERE = "nowhere..";

    private static class Scanning {
        ServiceLoader<Runnable> all() {
            return ServiceLoader.load(Runnable.class);
        }
    }

    private static class Naming {
        Class<?> named() throws ClassNotFoundException {
            return Class.forName("a.B");
        }
    }

    private static class Reading {
        @Nullable InputStream file() {
            return Reading.class.getResourceAsStream("/a");
        }
    }

    private static class Keeping {
        static final String HOME = home();

        private static String home() {
            return System.getProperty("user.home");
        }
    }

    private static class Drawing {
        static final UUID DRAWN = UUID.randomUUID();
    }

    private static class Asking {
        String home() {
            return System.getProperty("user.home");
        }
    }

    @Test
    void whatIsFoundOnlyAtRunTimeIsRefused() {
        assertBroken(true, NativeRules.NO_REFLECTION, Scanning.class);
        assertBroken(true, NativeRules.NO_REFLECTION, Naming.class);
        assertBroken(false, NativeRules.NO_REFLECTION, Part.class);
    }

    @Test
    void onlyNamedClassesReadFilesOfTheClassPath() {
        assertBroken(true, NativeRules.resourcesAreReadBy(), Reading.class);
        assertBroken(false, NativeRules.resourcesAreReadBy(Reading.class), Reading.class);
    }

    @Test
    void aClassThatAsksTheMachineWhenInitialisedIsRefused() {
        ArchRule rule = NativeRules.nothingOfTheMachineIsKept(NOWHERE);
        assertBroken(true, rule, Keeping.class);
        assertBroken(true, rule, Drawing.class);
        assertBroken(false, rule, Asking.class);
        assertBroken(
                false,
                NativeRules.nothingOfTheMachineIsKept("io.tidemill.contract.testing.."),
                Keeping.class);
    }

    private static void assertBroken(boolean expected, ArchRule rule, Class<?> type) {
        boolean broken = rule.evaluate(new ClassFileImporter().importClasses(type)).hasViolation();
        assertEquals(expected, broken, type.getSimpleName());
    }
}
