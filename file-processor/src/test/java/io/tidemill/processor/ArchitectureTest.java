package io.tidemill.processor;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.tidemill.contract.testing.HouseRules;
import io.tidemill.contract.testing.NativeRules;
import io.tidemill.processor.operation.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom in file-processor. */
class ArchitectureTest {
    private static final String ROOT = "io.tidemill.processor";
    private static final String BUILTIN = "..operation.builtin..";
    private static final JavaClasses CLASSES = HouseRules.classesOf(ROOT);

    static List<ArchRule> houseRules() {
        return HouseRules.all(ROOT);
    }

    @ParameterizedTest
    @MethodSource("houseRules")
    void theHouseRulesAreKept(ArchRule rule) {
        check(rule);
    }

    @Test
    void theCodeIsReadyToBeCompiledToANativeExecutable() {
        check(NativeRules.NO_REFLECTION);
        check(NativeRules.resourcesAreReadBy());
        // This one shall know, while it is compiled, that it is.
        JavaClasses others = CLASSES.that(not(type(FileProcessor.class)));
        NativeRules.nothingOfTheMachineIsKept("..processor.tool..").check(others);
    }

    @Test
    void onlyEngineHostsUseTheStandardStreams() {
        JavaClasses others = CLASSES.that(not(resideInAPackage("..processor.engine..")));
        HouseRules.NO_CONSOLE.allowEmptyShould(true).check(others);
    }

    @Test
    void nobodyKnowsASingleBuiltin() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(BUILTIN)
                        .should()
                        .dependOnClassesThat(resideInAPackage(BUILTIN).and(operation()))
                        .because(
                                "an operation is added by one file, one descriptor and one line in"
                                        + " BuiltinOperations; ask that list, or go through the"
                                        + " interface Operation"));
    }

    @Test
    void builtinsDoNotKnowEachOther() {
        check(
                slices().assignedFrom(new EachBuiltin())
                        .should()
                        .notDependOnEachOther()
                        .because(
                                "each must be understood, and removed, alone; move what two of them"
                                        + " share into operation, engine or image"));
    }

    @Test
    void onlyToolStartsProcesses() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..processor.tool..")
                        .should()
                        .dependOnClassesThat()
                        .areAssignableTo(ProcessBuilder.class)
                        .orShould()
                        .callMethod(Runtime.class, "exec", String[].class)
                        .orShould()
                        .callMethod(Runtime.class, "exec", String.class)
                        .because(
                                "limits, clean environment and the killing of the whole process tree"
                                        + " are done there once; start your child through tool"));
    }

    @Test
    void theProcessorHasNoDatabase() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.sql..",
                                "javax.sql..",
                                "jakarta.persistence..",
                                "org.hibernate..",
                                "io.vertx.sqlclient..",
                                "io.vertx.mutiny.sqlclient..")
                        .because(
                                "PostgreSQL decides and processors only work; say it in a TaskEvent,"
                                        + " or have it sent along in RunTasks"));
    }

    private static DescribedPredicate<JavaClass> operation() {
        return JavaClass.Predicates.assignableTo(Operation.class);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    /** One slice for each built-in operation, classes nested in it included. */
    private static final class EachBuiltin implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            boolean builtin = resideInAPackage(BUILTIN).test(type);
            JavaClass outer = type.getEnclosingClass().orElse(type);
            return builtin && operation().test(outer)
                    ? SliceIdentifier.of(outer.getSimpleName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "each built-in operation";
        }
    }
}
